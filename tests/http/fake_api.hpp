// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ports/api.hpp"

namespace kentongan::http {

/// The port in memory: remembers what was handed in and answers what a test has set. Thread-safe.
class FakeApi : public ports::Api {
 public:
  using SubmitDone = std::function<void(ports::IntakeAnswer)>;
  struct Submitted {
    ports::BodyKind kind;
    std::string body;
    TraceContext trace;
  };

  void submit(ports::Caller caller, ports::BodyKind kind, std::string body, TraceContext trace,
              SubmitDone done) override {
    std::unique_lock lock(mutex_);
    callers_.push_back(std::move(caller));
    submitted_.push_back({kind, std::move(body), std::move(trace)});
    if (hold_) {
      held_.push_back(std::move(done));
      return;
    }
    const auto answer = intake_;
    lock.unlock();
    done(answer);
  }
  void act(ports::Caller caller, std::string alert, std::string body, TraceContext /*trace*/,
           std::function<void(std::optional<ports::IntakeAnswer>)> done) override {
    const std::lock_guard lock(mutex_);
    callers_.push_back(std::move(caller));
    acted_.emplace_back(alert, std::move(body));
    done(stored_.contains(alert) ? std::optional(intake_) : std::nullopt);
  }
  void risk(std::function<void(Result<std::vector<ports::PlaceRisk>>)> done) override {
    const std::lock_guard lock(mutex_);
    done(places_);
  }
  void place(std::string code, std::function<void(Result<std::optional<ports::PlaceRisk>>)> done) override {
    const std::lock_guard lock(mutex_);
    for (const auto& place : places_) {
      if (place.code == code) return done(std::optional(place));
    }
    done(std::optional<ports::PlaceRisk>());
  }
  Result<ports::AlertPage> alerts(std::string_view state, std::string_view next) override {
    const std::lock_guard lock(mutex_);
    asked_ = std::string(state) + "|" + std::string(next);
    if (broken_) return fail(Error::Kind::failed, "the database is locked");
    ports::AlertPage page;
    for (const auto& [id, alert] : stored_) page.alerts.push_back(alert);
    page.next = next_;
    return page;
  }
  Result<std::optional<ports::StoredAlert>> alert(std::string_view id) override {
    const std::lock_guard lock(mutex_);
    const auto found = stored_.find(std::string(id));
    if (found == stored_.end()) return std::nullopt;
    return found->second;
  }
  void read_alert(ports::Caller caller, std::string id,
                  std::function<void(Result<std::optional<ports::StoredAlert>>)> done) override {
    {
      const std::lock_guard lock(mutex_);
      callers_.push_back(std::move(caller));
    }
    done(alert(id));
  }
  ports::RulesView rules() const override {
    const std::lock_guard lock(mutex_);
    return rules_;
  }
  void check_rules(std::string file, std::string text, std::function<void(ports::RulesCheck)> done) override {
    const std::lock_guard lock(mutex_);
    checked_.emplace_back(std::move(file), std::move(text));
    done(check_);
  }
  ports::Readiness readiness() const override {
    const std::lock_guard lock(mutex_);
    return readiness_;
  }
  std::string metrics() const override {
    const std::lock_guard lock(mutex_);
    return metrics_;
  }

  /// Sets several things at once: `api.set([](FakeApi& a) { a.broken_ = true; })`.
  template <class Change>
  void set(Change change) {
    const std::lock_guard lock(mutex_);
    change(*this);
  }
  [[nodiscard]] std::vector<Submitted> submitted() const {
    const std::lock_guard lock(mutex_);
    return submitted_;
  }
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> acted() const {
    const std::lock_guard lock(mutex_);
    return acted_;
  }
  /// Of what was handed in, acted on or read singly, in this order.
  [[nodiscard]] std::vector<ports::Caller> callers() const {
    const std::lock_guard lock(mutex_);
    return callers_;
  }
  [[nodiscard]] std::string asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  /// The answers that are due, where `hold_` was set.
  [[nodiscard]] std::vector<SubmitDone> take_held() {
    const std::lock_guard lock(mutex_);
    return std::exchange(held_, {});
  }

  ports::IntakeAnswer intake_{.accepted = 1, .rejected = {}, .message = {}};
  bool hold_ = false;
  bool broken_ = false;
  std::map<std::string, ports::StoredAlert> stored_;
  std::optional<std::string> next_;
  std::vector<ports::PlaceRisk> places_;
  ports::Readiness readiness_{true, ""};
  ports::RulesView rules_;
  ports::RulesCheck check_;
  std::vector<std::pair<std::string, std::string>> checked_;
  std::string metrics_ = "# HELP up Up.\n# TYPE up gauge\nup 1\n";

 private:
  mutable std::mutex mutex_;
  std::vector<Submitted> submitted_;
  std::vector<std::pair<std::string, std::string>> acted_;
  std::vector<SubmitDone> held_;
  std::vector<ports::Caller> callers_;
  std::string asked_;
};

}  // namespace kentongan::http
