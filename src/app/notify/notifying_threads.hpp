// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
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
    presses_came_.notify_all();
    threads_.clear();  // joins
    for (const Presses& waiting : presses_) waiting.told(false);
  }

  [[nodiscard]] Result<void> start();
  [[nodiscard]] bool press(std::vector<notify::ButtonPress> presses, std::function<void(bool)> told);

 private:
  struct Presses {
    std::vector<notify::ButtonPress> presses;
    std::function<void(bool)> told;
  };
  [[nodiscard]] Result<void> prepare();
  [[nodiscard]] PlanningPlan planning_plan() const;
  [[nodiscard]] notify::CourierPlan courier_plan(const std::string& channel);
  void run(void (Threads::*loop)()) {
    threads_.emplace_back([this, loop] { (this->*loop)(); });
  }
  void plan_loop();
  void carry_loop(ports::Channel& channel);
  void answer_loop();
  void press_loop();
  /// What is said to who pressed; none: it could not be done just now.
  [[nodiscard]] std::optional<std::string> answer_to(std::string_view channel, const notify::ButtonPress& press) const;
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
  std::optional<notify::WhatsappSettings> whatsapp_;
  std::mutex presses_mutex_;
  std::condition_variable presses_came_;
  std::deque<Presses> presses_;
  TimePoint counted_{}, forgotten_{};
  std::vector<std::jthread> threads_;  ///< end first
};

}  // namespace kentongan::app
