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

Result<std::unique_ptr<PartitionReader>> PartitionReader::open(const Settings& settings, const std::string& topic,
                                                               std::int32_t partition) {
  std::unique_ptr<PartitionReader> reader(new PartitionReader(settings, topic));
  auto client = make_reader(settings, "kentongan-read", true);
  if (!client) return tl::unexpected(client.error());
  reader->client_ = *std::move(client);
  // Of a read_committed client: the last stable offset.
  const auto marks = watermarks(reader->client_.get(), settings, topic, partition, kAskMs);
  if (!marks) return tl::unexpected(marks.error());
  reader->position_ = marks->low;
  reader->end_ = marks->high;
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = marks->low;
  const auto code = rd_kafka_assign(reader->client_.get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings, "reading " + topic, code));
  return reader;
}

Result<const rd_kafka_message_t*> PartitionReader::next() {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (position_ < end_) {
    message_.reset(rd_kafka_consumer_poll(client_.get(), 100));
    if (!message_) {
      if (std::chrono::steady_clock::now() < until) continue;
      return tl::unexpected(to_error(settings_, "reading " + topic_, RD_KAFKA_RESP_ERR__TIMED_OUT));
    }
    if (message_->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      position_ = message_->offset;
    } else if (message_->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      position_ = message_->offset + 1;
      if (message_->offset < end_) return message_.get();
    } else if (message_->err != RD_KAFKA_RESP_ERR__TRANSPORT && message_->err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      return tl::unexpected(to_error(settings_, "reading " + topic_, message_->err));
    }
  }
  return nullptr;
}

Result<void> read_topic(const Settings& settings, const std::string& topic,
                        const std::function<bool(const rd_kafka_message_t&)>& visit) {
  auto client = make_reader(settings, "kentongan-read", true);
  if (!client) return tl::unexpected(client.error());
  const auto partitions = partitions_of(client->get(), settings, topic, kAskMs);
  if (!partitions) return tl::unexpected(partitions.error());
  for (std::int32_t i = 0; i < *partitions; ++i) {
    auto reader = PartitionReader::open(settings, topic, i);
    if (!reader) return tl::unexpected(reader.error());
    for (auto record = (*reader)->next();; record = (*reader)->next()) {
      if (!record) return tl::unexpected(record.error());
      if (*record == nullptr) break;
      if (!visit(**record)) return {};
    }
  }
  return {};
}

}  // namespace kentongan::kafka
