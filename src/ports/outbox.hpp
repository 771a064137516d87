// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/error.hpp"
#include "domain/time.hpp"
#include "ports/notifier.hpp"

namespace kentongan::ports {

/// A channel of a person, in the order in which the person wants to be tried.
struct Way {
  std::string channel;
  std::string to;
};

struct PlannedNotice {
  Notice notice;
  TimePoint due;          ///< told from then on
  std::vector<Way> ways;  ///< the first is tried first, the next when it failed
};

/// An alert as an outside list of active alerts (Alertmanager) is to have it.
struct MirroredAlert {
  std::string alert;
  std::string level;
  std::string labels;       ///< JSON object
  std::string annotations;  ///< JSON object
  TimePoint starts;
  std::optional<TimePoint> ends = {};  ///< none: it is active
};

/// What reading a piece of the alert log comes to. All or nothing.
struct PlanCommit {
  std::vector<PlannedNotice> notices;
  std::vector<std::pair<std::string, std::int64_t>> positions;  ///< of the log, by partition: all before is planned
  std::optional<std::string> planner;                           ///< what it remembers
  std::vector<MirroredAlert> mirrored;
  std::vector<std::string> handled;  ///< ids of notices whose unreachable person was seen to
};

enum class DeliveryState : std::uint8_t {
  spare,  ///< not needed so far: an earlier way of the person is tried
  waiting,
  delivered,
  failed,  ///< given up: a dead letter
};
inline constexpr std::array<std::string_view, 4> kDeliveryStates{"spare", "waiting", "delivered", "failed"};
[[nodiscard]] constexpr std::string_view name_of(DeliveryState state) {
  return kDeliveryStates[static_cast<std::size_t>(state)];
}

struct Delivery {
  std::string key;  ///< identity, handed to the receiver
  std::string notice;
  std::string person;
  std::string channel;
  std::string to;
  int rank = 0;
  DeliveryState state = DeliveryState::waiting;
  int attempts = 0;
  TimePoint first;  ///< since when it is tried
  TimePoint due;    ///< when it is tried next
  std::string error;
  std::string receipt;
  bool last = false;         ///< there is no way behind this one
  bool unreachable = false;  ///< it was told already that the person is not reached
};

/// What became of one try.
struct Settlement {
  std::string key;
  DeliveryState state = DeliveryState::waiting;
  bool tried = true;  ///< an attempt was made
  TimePoint now;
  TimePoint due;  ///< of one that waits
  std::string error;
  std::string receipt;
  bool next_way = false;     ///< the person's next way begins
  bool unreachable = false;  ///< all ways were tried and none led to the person
};

/// What is to be told, durable. Thread-safe. Every call is one transaction.
class Outbox {
 public:
  virtual ~Outbox() = default;

  [[nodiscard]] virtual Result<std::map<std::string, std::int64_t>> positions() = 0;
  [[nodiscard]] virtual Result<std::string> memory(std::string_view name) = 0;  ///< empty: nothing is remembered
  [[nodiscard]] virtual Result<void> remember(std::string_view name, std::string_view value) = 0;
  /// Notices that are known already (by id) are left as they are.
  [[nodiscard]] virtual Result<void> commit(const PlanCommit& plan, TimePoint now) = 0;

  /// Deliveries of a channel that are due, urgent ones first, of each address the first; at most `limit`.
  [[nodiscard]] virtual Result<std::vector<Delivery>> due(std::string_view channel, TimePoint now,
                                                          std::size_t limit) = 0;
  /// When the next one of the channel is due; none: nothing waits.
  [[nodiscard]] virtual Result<std::optional<TimePoint>> next_due(std::string_view channel) = 0;
  [[nodiscard]] virtual Result<void> settle(const Settlement& settlement) = 0;

  [[nodiscard]] virtual Result<std::optional<Notice>> notice(std::string_view id) = 0;
  /// The deliveries of a notice, by rank.
  [[nodiscard]] virtual Result<std::vector<Delivery>> ways_of(std::string_view notice) = 0;
  /// Notices whose person was not reached, and that nobody has seen to; at most `limit`.
  [[nodiscard]] virtual Result<std::vector<Notice>> unreachable(std::size_t limit) = 0;

  /// How many wait, by channel.
  [[nodiscard]] virtual Result<std::map<std::string, std::uint64_t>> waiting() = 0;
  /// Newest first. `state` none: all. The visit returns whether to go on.
  [[nodiscard]] virtual Result<void> list(std::optional<DeliveryState> state,
                                          const std::function<bool(const Delivery&)>& visit) = 0;
  /// Puts failed deliveries back among the waiting: this one, or, where `key` is empty, all. How many they were.
  [[nodiscard]] virtual Result<std::uint64_t> retry(std::string_view key, TimePoint now) = 0;
  /// Forgets what was settled before this time.
  [[nodiscard]] virtual Result<std::uint64_t> forget(TimePoint before) = 0;

  /// Active alerts, and those that ended at `ended_since` or later.
  [[nodiscard]] virtual Result<std::vector<MirroredAlert>> mirrored(TimePoint ended_since) = 0;
};

}  // namespace kentongan::ports
