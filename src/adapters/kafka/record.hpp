// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/kafka/binding.hpp"
#include "adapters/kafka/client.hpp"

/// Records as librdkafka gives them. For the sources of this folder.
namespace kentongan::kafka {

[[nodiscard]] Headers read_headers(const rd_kafka_message_t& message);

/// Views of a message; empty where there are no bytes.
[[nodiscard]] std::string_view key_of(const rd_kafka_message_t& message);
[[nodiscard]] std::string_view value_of(const rd_kafka_message_t& message);

/// The committed records of one partition, up to what was committed when it was opened.
class PartitionReader {
 public:
  /// The settings outlive it.
  [[nodiscard]] static Result<std::unique_ptr<PartitionReader>> open(const Settings& settings, const std::string& topic,
                                                                     std::int32_t partition);
  /// Null: there are no more. Valid until the next call.
  [[nodiscard]] Result<const rd_kafka_message_t*> next();

 private:
  PartitionReader(const Settings& settings, std::string topic) : settings_(settings), topic_(std::move(topic)) {}

  const Settings& settings_;
  std::string topic_;
  Client client_;
  Message message_;
  std::int64_t position_ = 0;
  std::int64_t end_ = 0;
};

/// Visits every committed record of a topic, partition by partition, until it returns false. Ends at what was
/// committed when it came to a partition.
[[nodiscard]] Result<void> read_topic(const Settings& settings, const std::string& topic,
                                      const std::function<bool(const rd_kafka_message_t&)>& visit);

}  // namespace kentongan::kafka
