// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/kafka/client.hpp"
#include "adapters/kafka/input_merge.hpp"

namespace kentongan::kafka {

/// A partition of an input topic.
struct InputPlace {
  std::size_t topic = 0;  ///< index among the distinct input topics
  std::int32_t partition = 0;
  friend auto operator<=>(const InputPlace&, const InputPlace&) = default;
};
/// Of each place the offset to be read next.
using Positions = std::map<InputPlace, std::int64_t>;

/// The member of the consumer group that one worker is. What the group gives it is only read after start(), and
/// what it takes away is let go at once. Used by one thread, except interrupt().
class InputConsumer {
 public:
  /// Joins the group; the first partitions come with poll().
  [[nodiscard]] static Result<std::unique_ptr<InputConsumer>> open(const Settings& settings, std::string instance,
                                                                   std::string client_name);
  ~InputConsumer();
  InputConsumer(const InputConsumer&) = delete;

  /// The group gave or took partitions since start(): nothing that was read since then may be committed.
  [[nodiscard]] bool moved() const noexcept { return moved_; }
  [[nodiscard]] bool joined() const noexcept { return joined_; }
  /// What the group gives it now.
  [[nodiscard]] const std::vector<InputPlace>& assigned() const noexcept { return assigned_; }

  /// What the group committed for all of assigned(), once no transaction is open over it; a place without is left out.
  [[nodiscard]] Result<Positions> committed(int timeout_ms);
  /// Reads all of assigned() from here on.
  [[nodiscard]] Result<void> start(const Positions& positions);
  /// Adds what came to `merge`, at most about `max` records; waits up to `wait` for the first.
  [[nodiscard]] Result<void> poll(InputMerge& merge, std::size_t max, std::chrono::milliseconds wait);

  /// Of the generation in which the group gave it assigned(), to be sent with the offsets: whoever was cut off since
  /// then is refused. (Asked later, a member that was cut off gets one without a name, which brokers let through.)
  [[nodiscard]] const rd_kafka_consumer_group_metadata_t& group() const { return *group_; }
  [[nodiscard]] PartitionList to_list(const Positions& positions) const;
  /// Records between `positions` and the ends of the partitions, as far as they are known.
  [[nodiscard]] std::uint64_t behind(const Positions& positions) const;

  [[nodiscard]] rd_kafka_t* client() const noexcept { return client_.get(); }

  /// Leaves the group, so that others need not wait for the session to end. A static member stays in it.
  void leave(std::chrono::milliseconds limit);
  void interrupt();  ///< a poll that waits returns; thread-safe

 private:
  InputConsumer(const Settings& settings, bool is_static);
  [[nodiscard]] Result<void> subscribe();
  void on_rebalance(rd_kafka_resp_err_t code, const rd_kafka_topic_partition_list_t* partitions);
  [[nodiscard]] Result<void> accept(Message message, InputMerge& merge);
  [[nodiscard]] Result<void> accept_error(const rd_kafka_message_t& message);
  [[nodiscard]] bool is_member() const;
  [[nodiscard]] std::size_t index_of(std::string_view topic) const;
  [[nodiscard]] std::size_t topic_of(const rd_kafka_message_t& message);

  const Settings& settings_;
  const std::vector<std::string> topics_;
  const bool is_static_;
  std::vector<InputPlace> assigned_;
  bool moved_ = false;
  bool joined_ = false;
  struct Seen {
    std::int64_t next = 0;  ///< behind the last record that came
    std::int64_t end = -1;  ///< where nothing more was, last time
  };
  std::map<InputPlace, Seen> seen_;
  // Records come in runs of one topic:
  const rd_kafka_topic_t* last_topic_ = nullptr;
  std::size_t last_index_ = 0;
  Owned<rd_kafka_consumer_group_metadata_t> group_;
  Client client_;
  Owned<rd_kafka_queue_t> queue_;  ///< ends before the client
  std::vector<rd_kafka_message_t*> batch_;
};

}  // namespace kentongan::kafka
