// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/dump.hpp"

#include <charconv>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/kafka/record.hpp"

namespace kentongan::kafka {
namespace {

constexpr int kAskMs = 5000;

struct Output {
  std::uint64_t sequence = 0;
  std::string event;
};

/// The outputs of one partition of one topic, in their order, up to its end.
class Stream {
 public:
  static Result<std::unique_ptr<Stream>> open(const Settings& settings, const std::string& topic,
                                              std::int32_t partition) {
    return PartitionReader::open(settings, topic, partition).map([](std::unique_ptr<PartitionReader> reader) {
      return std::unique_ptr<Stream>(new Stream(std::move(reader)));
    });
  }

  /// None: there are no more.
  Result<const Output*> front() {
    while (!next_) {
      const auto message = reader_->next();
      if (!message) return tl::unexpected(message.error());
      if (*message == nullptr) return nullptr;
      if ((*message)->payload != nullptr) next_ = read(**message);
    }
    return &*next_;
  }
  Output pop() { return *std::exchange(next_, std::nullopt); }

 private:
  explicit Stream(std::unique_ptr<PartitionReader> reader) : reader_(std::move(reader)) {}

  static Output read(const rd_kafka_message_t& message) {
    const Headers headers = read_headers(message);
    Output output;
    const std::string_view sequence = find_header(headers, kSequenceHeader).value_or("");
    const std::string_view number = sequence.substr(sequence.find(':') + 1);
    std::from_chars(number.data(), number.data() + number.size(), output.sequence);
    output.event = from_binary(value_of(message), headers);
    return output;
  }

  std::unique_ptr<PartitionReader> reader_;
  std::optional<Output> next_;
};

/// False: `visit` wants no more.
Result<bool> dump_partition(const Settings& settings, std::span<const ports::OutputTopic> topics,
                            std::int32_t partition, const std::function<bool(std::string_view)>& visit) {
  std::vector<std::unique_ptr<Stream>> streams;
  for (const ports::OutputTopic topic : topics) {
    auto stream = Stream::open(settings, settings.topics.output(topic), partition);
    if (!stream) return tl::unexpected(stream.error());
    streams.push_back(*std::move(stream));
  }
  for (;;) {
    Stream* first = nullptr;
    std::uint64_t least = 0;
    for (const auto& stream : streams) {
      const auto front = stream->front();
      if (!front) return tl::unexpected(front.error());
      if (*front != nullptr && (first == nullptr || (*front)->sequence < least)) {
        first = stream.get();
        least = (*front)->sequence;
      }
    }
    if (first == nullptr) return true;
    if (!visit(first->pop().event)) return false;
  }
}

}  // namespace

Result<void> dump_outputs(const Settings& settings, std::span<const ports::OutputTopic> topics,
                          const std::function<bool(std::string_view event)>& visit) {
  if (topics.empty()) return {};
  auto client = make_reader(settings, "kentongan-dump", true);
  if (!client) return tl::unexpected(client.error());
  const auto partitions = partitions_of(client->get(), settings, settings.topics.output(topics.front()), kAskMs);
  if (!partitions) return tl::unexpected(partitions.error());
  for (std::int32_t i = 0; i < *partitions; ++i) {
    const auto more = dump_partition(settings, topics, i, visit);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
  }
  return {};
}

}  // namespace kentongan::kafka
