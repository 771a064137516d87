// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace kentongan::http {

/// A number of units (bytes, requests) that all connections share. Thread-safe.
class Budget {
 public:
  explicit Budget(std::size_t total) : left_(total) {}

  [[nodiscard]] bool take(std::size_t units) {
    auto left = left_.load(std::memory_order_relaxed);
    while (left >= units) {
      if (left_.compare_exchange_weak(left, left - units, std::memory_order_relaxed)) return true;
    }
    return false;
  }
  void give_back(std::size_t units) { left_.fetch_add(units, std::memory_order_relaxed); }
  [[nodiscard]] std::size_t left() const { return left_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> left_;
};

/// What one holder has taken of a budget; given back at its end. Keeps the budget alive.
class Reservation {
 public:
  explicit Reservation(std::shared_ptr<Budget> budget) : budget_(std::move(budget)) {}
  Reservation(Reservation&& other) noexcept : budget_(std::move(other.budget_)), held_(std::exchange(other.held_, 0)) {}
  Reservation& operator=(Reservation&&) = delete;
  ~Reservation() {
    if (held_ > 0) budget_->give_back(held_);
  }

  /// Raises what is held to `units`; false: the budget has not so much left, nothing changed.
  [[nodiscard]] bool grow_to(std::size_t units) {
    if (units <= held_) return true;
    if (!budget_->take(units - held_)) return false;
    held_ = units;
    return true;
  }

 private:
  std::shared_ptr<Budget> budget_;
  std::size_t held_ = 0;
};

}  // namespace kentongan::http
