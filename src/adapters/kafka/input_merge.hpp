// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/trace.hpp"
#include "ports/bytes.hpp"

namespace kentongan::kafka {

/// One record of an input topic, as it came.
struct InputMessage {
  std::size_t topic = 0;  ///< index among the input topics
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int64_t timestamp = 0;  ///< of the record, ms since 1970; 0: none
  std::optional<std::string> key;
  bool rekeyed = false;  ///< marked as put back once
  ports::Bytes value;    ///< a structured event
  std::shared_ptr<const TraceContext> trace;
};

/// The order of inputs across topics. Topics are partitioned alike, so the records of a city lie in the partition
/// of the same number in each of them; among these the one with the earliest timestamp goes first, as long as it is
/// known what the other topics have. Within a topic nothing changes places. Not thread-safe; no I/O.
class InputMerge {
 public:
  using Clock = std::chrono::steady_clock;

  /// `hold_back`: how long a partition waits for a topic of which it is not known whether it has more.
  /// `most`: so many waiting records end the waiting.
  InputMerge(std::size_t topics, std::chrono::milliseconds hold_back, std::size_t most)
      : topics_(topics), hold_back_(hold_back), most_(most) {}

  void clear();
  void add(InputMessage message);
  /// All records of the topic's partition that exist were added.
  void reached_end(std::size_t topic, std::int32_t partition);
  /// The next records in order, at most `max`.
  void take(std::vector<InputMessage>& out, std::size_t max, Clock::time_point now);
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_; }

 private:
  struct Lane {
    std::deque<InputMessage> records;
    bool at_end = false;
  };
  struct Partition {
    std::vector<Lane> lanes;  ///< by topic
    std::optional<Clock::time_point> held_since;
  };
  [[nodiscard]] Partition& partition(std::int32_t number);
  [[nodiscard]] Lane* next_lane(Partition& partition, Clock::time_point now) const;

  std::size_t topics_;
  std::chrono::milliseconds hold_back_;
  std::size_t most_;
  std::map<std::int32_t, Partition> partitions_;
  std::size_t waiting_ = 0;
};

}  // namespace kentongan::kafka
