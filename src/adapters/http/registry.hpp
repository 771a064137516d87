// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "adapters/http/observer.hpp"

namespace kentongan::http {

/// The open connections: how many there may be, and how to ask them to end. Thread-safe.
class Registry {
 public:
  using Ask = std::function<void()>;

  Registry(std::size_t max, Observer* observer) : max_(max), observer_(observer) {}

  /// `ask_to_end` is called by ask_all(), under the registry's lock. nullopt: full.
  [[nodiscard]] std::optional<std::size_t> enter(Ask ask_to_end) {
    const std::lock_guard lock(mutex_);
    if (sessions_.size() >= max_) return std::nullopt;
    sessions_.emplace(++last_id_, std::move(ask_to_end));
    tell();
    return last_id_;
  }
  void leave(std::size_t id) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(id);
    tell();
    if (sessions_.empty()) empty_.notify_all();
  }
  void ask_all() {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, ask] : sessions_) ask();
  }
  void wait_until_empty(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    empty_.wait_for(lock, at_most, [this] { return sessions_.empty(); });
  }

 private:
  void tell() const {
    if (observer_ != nullptr) observer_->connections(sessions_.size());
  }

  const std::size_t max_;
  Observer* const observer_;
  std::mutex mutex_;
  std::condition_variable empty_;
  std::map<std::size_t, Ask> sessions_;
  std::size_t last_id_ = 0;
};

}  // namespace kentongan::http
