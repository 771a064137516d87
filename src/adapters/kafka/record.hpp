// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/kafka/binding.hpp"
#include "adapters/kafka/client.hpp"

/// Records as librdkafka gives them. For the sources of this folder.
namespace kentongan::kafka {

[[nodiscard]] Headers read_headers(const rd_kafka_message_t& message);

/// Views of a message; empty where there are no bytes.
[[nodiscard]] std::string_view key_of(const rd_kafka_message_t& message);
[[nodiscard]] std::string_view value_of(const rd_kafka_message_t& message);

/// Visits every committed record of a topic, partition by partition, until it returns false. Ends at what was
/// committed when it came to a partition.
[[nodiscard]] Result<void> read_topic(const Settings& settings, const std::string& topic,
                                      const std::function<bool(const rd_kafka_message_t&)>& visit);

}  // namespace kentongan::kafka
