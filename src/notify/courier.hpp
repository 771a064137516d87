// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "notify/breaker.hpp"
#include "notify/pacing.hpp"
#include "notify/rate_limit.hpp"
#include "ports/notifier.hpp"
#include "ports/outbox.hpp"

namespace kentongan::notify {

/// What became of a try, for the metrics.
enum class Told : unsigned char { delivered, retried, failed };

struct CourierPlan {
  Pacing pacing = {};
  ChannelRates rates = {};
  Breaker::Limits breaker = {};
  /// What fails together: of webhooks each host, of others the channel.
  std::function<std::string(const std::string& to)> circuit = [](const std::string&) { return std::string(); };
  std::size_t parallel = 8;  ///< deliveries under way at once, no two to one address
  std::function<void(Told, std::chrono::nanoseconds took)> tell = [](Told, std::chrono::nanoseconds) {};
};

/// Carries what waits in the outbox for one channel. What is sent and not noted, because the program ends in between,
/// is sent again with the same key. Used by one thread; time is given.
class Courier {
 public:
  /// Channel and outbox outlive it.
  Courier(ports::Channel& channel, ports::Outbox& outbox, CourierPlan plan);
  /// Tries what is due; returns when to come again. An error: the outbox does not work.
  [[nodiscard]] Result<TimePoint> step(TimePoint now);
  /// Whether a circuit is open: some or all people are not reached by this channel.
  [[nodiscard]] bool open() const;

 private:
  struct Try {
    ports::Delivery delivery;
    ports::Notice notice;
    ports::SendOutcome outcome = {};
    std::chrono::nanoseconds took{};
  };
  [[nodiscard]] Result<std::vector<Try>> choose(std::vector<ports::Delivery> due, TimePoint now, TimePoint& again);
  void send(std::vector<Try>& tries);
  [[nodiscard]] Result<void> note(const Try& one, TimePoint now);
  [[nodiscard]] Result<void> pass_over(const ports::Delivery& delivery, const Breaker& breaker, TimePoint now);
  Breaker& breaker_of(const std::string& to);

  ports::Channel& channel_;
  ports::Outbox& outbox_;
  const CourierPlan plan_;
  std::map<std::string, Breaker> breakers_;  ///< by circuit
  RateLimit rates_;
};

}  // namespace kentongan::notify
