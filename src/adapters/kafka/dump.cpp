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
constexpr auto kPatience = std::chrono::seconds(30);

struct Output {
  std::uint64_t sequence = 0;
  std::string event;
};

/// The outputs of one partition of one topic, in their order, up to its end.
class Stream {
 public:
  static Result<std::unique_ptr<Stream>> open(const Settings& settings, const std::string& topic,
                                              std::int32_t partition) {
    std::unique_ptr<Stream> stream(new Stream(settings));
    auto reader = make_reader(settings, "kentongan-dump", true);
    if (!reader) return tl::unexpected(reader.error());
    stream->reader_ = *std::move(reader);
    // Of a read_committed client: the last stable offset.
    const auto marks = watermarks(stream->reader_.get(), settings, topic, partition, kAskMs);
    if (!marks) return tl::unexpected(marks.error());
    stream->end_ = marks->high;
    stream->done_ = marks->low >= marks->high;
    const PartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = marks->low;
    const auto code = rd_kafka_assign(stream->reader_.get(), list.get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings, "reading " + topic, code));
    return stream;
  }

  /// None: there are no more.
  Result<const Output*> front() {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!next_ && !done_) {
      const Message message(rd_kafka_consumer_poll(reader_.get(), 100));
      if (!message && std::chrono::steady_clock::now() > until) {
        return tl::unexpected(to_error(settings_, "reading outputs", RD_KAFKA_RESP_ERR__TIMED_OUT));
      }
      if (message) take(*message);
    }
    return next_ ? &*next_ : nullptr;
  }
  Output pop() { return *std::exchange(next_, std::nullopt); }

 private:
  explicit Stream(const Settings& settings) : settings_(settings) {}

  void take(const rd_kafka_message_t& message) {
    if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      done_ = message.offset >= end_;
    } else if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      done_ = message.offset + 1 >= end_;
      if (message.payload != nullptr && message.offset < end_) next_ = read(message);
    }
  }

  static Output read(const rd_kafka_message_t& message) {
    const Headers headers = read_headers(message);
    Output output;
    const std::string_view sequence = find_header(headers, kSequenceHeader).value_or("");
    const std::string_view number = sequence.substr(sequence.find(':') + 1);
    std::from_chars(number.data(), number.data() + number.size(), output.sequence);
    output.event = from_binary(value_of(message), headers);
    return output;
  }

  const Settings& settings_;
  Client reader_;
  std::int64_t end_ = 0;
  bool done_ = false;
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
