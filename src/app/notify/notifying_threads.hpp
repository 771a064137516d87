// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/notify/channels.hpp"
#include "adapters/outbox/sqlite_outbox.hpp"
#include "app/notify/bell.hpp"
#include "app/notify/channels_of.hpp"
#include "app/notify/notifying.hpp"
#include "notify/courier.hpp"

/// Parts of Notifying: notifying.cpp starts and plans, notifying_loops.cpp sends and takes answers.
namespace kentongan::app {

[[nodiscard]] TimePoint notify_now();

class Notifying::Threads {
 public:
  Threads(const Config& config, const NotifyParts& parts)
      : config_(config), parts_(parts), client_(client_of(config.notify, &stop_)) {}
  ~Threads() {
    stop_ = true;
    bell_.ring();
    threads_.clear();  // joins
  }

  [[nodiscard]] Result<void> start();

 private:
  [[nodiscard]] Result<void> prepare();
  [[nodiscard]] PlanningPlan planning_plan() const;
  [[nodiscard]] notify::CourierPlan courier_plan(const std::string& channel);
  void run(void (Threads::*loop)()) {
    threads_.emplace_back([this, loop] { (this->*loop)(); });
  }
  void plan_loop();
  void carry_loop(ports::Channel& channel);
  void answer_loop();
  void mirror_loop(const std::string& url);
  void heart_loop();
  void count_waiting();
  void forget_old(TimePoint now);
  void complain(std::string& told, std::string_view what, const std::string& why) const;
  [[nodiscard]] bool sleep(std::chrono::milliseconds time, unsigned& heard) {
    bell_.wait(time, heard);
    return !stop_;
  }

  const Config& config_;
  NotifyParts parts_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> planning_well_{true};
  Bell bell_;
  web::Client client_;
  std::unique_ptr<outbox::SqliteOutbox> outbox_;
  std::unique_ptr<ports::AlertLog> log_;
  std::vector<std::unique_ptr<ports::Channel>> channels_;
  std::optional<notify::TelegramSettings> telegram_;
  TimePoint counted_{}, forgotten_{};
  std::vector<std::jthread> threads_;  ///< end first
};

}  // namespace kentongan::app
