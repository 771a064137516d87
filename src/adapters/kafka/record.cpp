// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/record.hpp"

#include <chrono>

namespace kentongan::kafka {
namespace {

constexpr int kAskMs = 5000;
constexpr auto kPatience = std::chrono::seconds(30);

std::string_view bytes_of(const void* data, std::size_t size) {
  return data == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(data), size);
}

/// False: `visit` wants no more.
Result<bool> read_partition(const Settings& settings, const std::string& topic, std::int32_t partition,
                            const std::function<bool(const rd_kafka_message_t&)>& visit) {
  auto reader = make_reader(settings, "kentongan-read", true);
  if (!reader) return tl::unexpected(reader.error());
  // Of a read_committed client: the last stable offset.
  const auto marks = watermarks(reader->get(), settings, topic, partition, kAskMs);
  if (!marks) return tl::unexpected(marks.error());
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = marks->low;
  const auto code = rd_kafka_assign(reader->get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings, "reading " + topic, code));
  auto until = std::chrono::steady_clock::now() + kPatience;
  for (std::int64_t position = marks->low; position < marks->high;) {
    const Message message(rd_kafka_consumer_poll(reader->get(), 100));
    if (!message) {
      if (std::chrono::steady_clock::now() < until) continue;
      return tl::unexpected(to_error(settings, "reading " + topic, RD_KAFKA_RESP_ERR__TIMED_OUT));
    }
    until = std::chrono::steady_clock::now() + kPatience;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      position = message->offset;
    } else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (message->offset < marks->high && !visit(*message)) return false;
      position = message->offset + 1;
    } else if (message->err != RD_KAFKA_RESP_ERR__TRANSPORT && message->err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      return tl::unexpected(to_error(settings, "reading " + topic, message->err));
    }
  }
  return true;
}

}  // namespace

Headers read_headers(const rd_kafka_message_t& message) {
  Headers headers;
  rd_kafka_headers_t* all = nullptr;
  if (rd_kafka_message_headers(&message, &all) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(all, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
    headers.emplace_back(name, bytes_of(value, size));
  }
  return headers;
}

std::string_view key_of(const rd_kafka_message_t& message) { return bytes_of(message.key, message.key_len); }
std::string_view value_of(const rd_kafka_message_t& message) { return bytes_of(message.payload, message.len); }

Result<void> read_topic(const Settings& settings, const std::string& topic,
                        const std::function<bool(const rd_kafka_message_t&)>& visit) {
  auto client = make_reader(settings, "kentongan-read", true);
  if (!client) return tl::unexpected(client.error());
  const auto partitions = partitions_of(client->get(), settings, topic, kAskMs);
  if (!partitions) return tl::unexpected(partitions.error());
  for (std::int32_t i = 0; i < *partitions; ++i) {
    const auto more = read_partition(settings, topic, i, visit);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
  }
  return {};
}

}  // namespace kentongan::kafka
