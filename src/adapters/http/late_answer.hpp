// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kentongan::http {

/// Lets foreign threads reach the server's executors only while these exist. Thread-safe.
class Gate {
 public:
  /// Runs `call` unless the gate is closed; close() waits for it.
  template <class Call>
  void pass(Call&& call) {
    const std::lock_guard lock(mutex_);
    if (open_) std::forward<Call>(call)();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }

 private:
  std::mutex mutex_;
  bool open_ = true;
};

/// A value that a foreign thread hands over once, to a coroutine on `Executor` that waits for it at most until a
/// deadline. Shared by both; the giving side may outlive the server, so it owns nothing of it, not even an executor.
template <class Value, class Executor>
class LateAnswer : public std::enable_shared_from_this<LateAnswer<Value, Executor>> {
 public:
  LateAnswer(std::shared_ptr<Gate> gate, std::weak_ptr<Executor> executor)
      : gate_(std::move(gate)), executor_(std::move(executor)) {}

  /// From any thread; a second value is dropped.
  void give(Value value) {
    gate_->pass([this, &value] {
      const auto executor = executor_.lock();
      if (!executor) return;
      boost::asio::post(*executor, [self = this->shared_from_this(), value = std::move(value)]() mutable {
        if (!self->value_) self->value_ = std::move(value);
        if (self->timer_ != nullptr) self->timer_->cancel();
      });
    });
  }

  /// On the executor. nullopt: the deadline came first.
  boost::asio::awaitable<std::optional<Value>> wait(std::chrono::steady_clock::time_point deadline) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    timer.expires_at(deadline);
    timer_ = &timer;
    if (!value_) co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    timer_ = nullptr;
    co_return std::exchange(value_, std::nullopt);
  }

 private:
  std::shared_ptr<Gate> gate_;
  std::weak_ptr<Executor> executor_;
  std::optional<Value> value_;
  boost::asio::steady_timer* timer_ = nullptr;
};

}  // namespace kentongan::http
