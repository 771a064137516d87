// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/input_consumer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "adapters/kafka/record.hpp"
#include "codec/trace.hpp"

namespace kentongan::kafka {
namespace {

/// At most so many messages are taken from the queue in one call.
constexpr std::size_t kBatch = 2048;

std::vector<Property> consumer_properties(const Settings& settings, const std::string& instance) {
  const auto unless_set = [&](std::string_view name, std::string fallback) {
    const auto found = settings.properties.find(std::string(name));
    return Property{name, found == settings.properties.end() ? std::move(fallback) : found->second};
  };
  std::vector<Property> properties{
      {"group.id", settings.group},
      // Cooperative assignment loses or repeats partitions with transactions in several versions of librdkafka.
      {"partition.assignment.strategy", "range"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"isolation.level", "read_committed"},
      {"auto.offset.reset", "error"},
      {"enable.partition.eof", "true"},
      {"check.crcs", "true"},
      unless_set("fetch.wait.max.ms", "20"),
      unless_set("session.timeout.ms", "10000"),
      unless_set("heartbeat.interval.ms", "2000"),
      // A full queue stops the fetcher for a second: room for more than it brings in one.
      unless_set("queued.min.messages", "400000"),
      unless_set("queued.max.messages.kbytes", "65536"),
  };
  if (!instance.empty()) properties.emplace_back("group.instance.id", instance);
  return properties;
}

void give_back(void* message) { rd_kafka_message_destroy(static_cast<rd_kafka_message_t*>(message)); }

/// Errors that librdkafka gets over by itself.
bool passes(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
      return true;
    default:
      return false;
  }
}

}  // namespace

InputConsumer::InputConsumer(const Settings& settings, bool is_static)
    : settings_(settings), topics_(settings.topics.distinct_inputs()), is_static_(is_static), batch_(kBatch) {}

InputConsumer::~InputConsumer() = default;

Result<std::unique_ptr<InputConsumer>> InputConsumer::open(const Settings& settings, std::string instance,
                                                           std::string client_name) {
  std::unique_ptr<InputConsumer> consumer(new InputConsumer(settings, !instance.empty()));
  ClientPlan plan;
  plan.name = std::move(client_name);
  plan.properties = consumer_properties(settings, instance);
  plan.rebalance = [raw = consumer.get()](rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions) {
    raw->on_rebalance(code, partitions);
  };
  auto client = make_client(settings, std::move(plan));
  if (!client) return tl::unexpected(client.error());
  consumer->client_ = *std::move(client);
  consumer->queue_.reset(rd_kafka_queue_get_consumer(consumer->client_.get()));
  if (auto subscribed = consumer->subscribe(); !subscribed) return tl::unexpected(subscribed.error());
  return consumer;
}

Result<void> InputConsumer::subscribe() {
  const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(topics_.size())));
  for (const std::string& topic : topics_) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  const auto code = rd_kafka_subscribe(client_.get(), list.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
  return tl::unexpected(to_error(settings_, "subscribing to the inputs", code));
}

/// What is given is assigned in start(), when the state has been restored; what is taken goes at once.
void InputConsumer::on_rebalance(rd_kafka_resp_err_t code, const rd_kafka_topic_partition_list_t* partitions) {
  assigned_.clear();
  last_topic_ = nullptr;
  moved_ = true;
  if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    group_.reset(rd_kafka_consumer_group_metadata(client_.get()));
    joined_ = group_ != nullptr && is_member();
    for (int i = 0; i < partitions->cnt; ++i) {
      const rd_kafka_topic_partition_t& one = partitions->elems[i];
      assigned_.push_back({index_of(one.topic), one.partition});
    }
    std::sort(assigned_.begin(), assigned_.end());
  } else {
    joined_ = false;
    rd_kafka_assign(client_.get(), nullptr);
  }
}

bool InputConsumer::is_member() const {
  char* const id = rd_kafka_memberid(client_.get());
  const bool member = id != nullptr && *id != '\0';
  if (id != nullptr) rd_kafka_mem_free(client_.get(), id);
  return member;
}

std::size_t InputConsumer::index_of(std::string_view topic) const {
  return static_cast<std::size_t>(std::find(topics_.begin(), topics_.end(), topic) - topics_.begin());
}

PartitionList InputConsumer::to_list(const Positions& positions) const {
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(positions.size())));
  for (const auto& [place, offset] : positions) {
    rd_kafka_topic_partition_list_add(list.get(), topics_[place.topic].c_str(), place.partition)->offset = offset;
  }
  return list;
}

Result<Positions> InputConsumer::committed(int timeout_ms) {
  Positions wanted;
  for (const InputPlace& place : assigned_) wanted[place] = RD_KAFKA_OFFSET_INVALID;
  const PartitionList list = to_list(wanted);
  if (list->cnt == 0) return wanted;
  const auto code = rd_kafka_committed(client_.get(), list.get(), timeout_ms);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return tl::unexpected(to_error(settings_, "reading the group's offsets", code));
  Positions positions;
  for (int i = 0; i < list->cnt; ++i) {
    const rd_kafka_topic_partition_t& one = list->elems[i];
    if (one.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return tl::unexpected(to_error(settings_, fmt::format("offset of {}-{}", one.topic, one.partition), one.err));
    }
    if (one.offset >= 0) positions[{index_of(one.topic), one.partition}] = one.offset;
  }
  return positions;
}

Result<void> InputConsumer::start(const Positions& positions) {
  const PartitionList list = to_list(positions);
  const auto code = rd_kafka_assign(client_.get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings_, "taking over partitions", code));
  moved_ = false;
  last_topic_ = nullptr;
  seen_.clear();
  return {};
}

Result<void> InputConsumer::poll(InputMerge& merge, std::size_t max, std::chrono::milliseconds wait) {
  Message first(rd_kafka_consumer_poll(client_.get(), static_cast<int>(wait.count())));
  if (!first || moved_) return {};
  if (auto taken = accept(std::move(first), merge); !taken) return taken;
  // The rest of what has come, without waiting. No assignment begins between two messages of a batch: it does in
  // start().
  for (std::size_t taken = 0; taken < max;) {
    const auto count = rd_kafka_consume_batch_queue(queue_.get(), 0, batch_.data(), std::min(max - taken, kBatch));
    if (count <= 0) break;
    Result<void> done;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      Message message(batch_[i]);
      if (done && !moved_) done = accept(std::move(message), merge);
    }
    if (!done || moved_) return done;
    taken += static_cast<std::size_t>(count);
  }
  return {};
}

std::size_t InputConsumer::topic_of(const rd_kafka_message_t& message) {
  if (message.rkt != last_topic_) {
    last_topic_ = message.rkt;
    last_index_ = index_of(rd_kafka_topic_name(message.rkt));
  }
  return last_index_;
}

Result<void> InputConsumer::accept(Message message, InputMerge& merge) {
  if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    const InputPlace place{topic_of(*message), message->partition};
    seen_[place].end = message->offset;
    merge.reached_end(place.topic, place.partition);
    return {};
  }
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return accept_error(*message);
  InputMessage input;
  input.topic = topic_of(*message);
  input.partition = message->partition;
  input.offset = message->offset;
  seen_[{input.topic, input.partition}].next = input.offset + 1;
  rd_kafka_timestamp_type_t kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  input.timestamp = std::max<std::int64_t>(rd_kafka_message_timestamp(message.get(), &kind), 0);
  if (message->key != nullptr) input.key = key_of(*message);
  const Headers headers = read_headers(*message);
  input.rekeyed = find_header(headers, kRekeyedHeader).has_value();
  if (const auto parent = find_header(headers, codec::kTraceParent)) {
    input.trace = std::make_shared<TraceContext>(
        codec::read_trace(*parent, find_header(headers, codec::kTraceState).value_or("")));
  }
  if (auto structured = to_structured(value_of(*message), headers)) {
    input.value = *std::move(structured);
  } else {
    const std::string_view value = value_of(*message);
    input.value = ports::Bytes(value, message.release(), &give_back);
  }
  merge.add(std::move(input));
  return {};
}

Result<void> InputConsumer::accept_error(const rd_kafka_message_t& message) {
  const char* const text = rd_kafka_message_errstr(&message);
  if (message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) {
    return fail(
        Error::Kind::failed,
        fmt::format("inputs were deleted before they were read ({}); set the offsets of the group {} to where it "
                    "shall go on, docs/operations/kafka.md says how",
                    text, settings_.group));
  }
  if (message.err == RD_KAFKA_RESP_ERR__FATAL || rd_kafka_fatal_error(client_.get(), nullptr, 0) != 0) {
    std::array<char, 512> why{};
    const auto code = rd_kafka_fatal_error(client_.get(), why.data(), why.size());
    if (code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) {
      return fail(Error::Kind::failed,
                  "another process has taken over this instance of the group; if both are meant "
                  "to run, give each its own journal.instance");
    }
    return tl::unexpected(to_error(settings_, "the group", code, why.data()));
  }
  if (passes(message.err)) return {};
  return tl::unexpected(to_error(settings_, "reading inputs", message.err, text == nullptr ? "" : text));
}

std::uint64_t InputConsumer::behind(const Positions& positions) const {
  std::uint64_t sum = 0;
  for (const auto& [place, offset] : positions) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    const auto code =
        rd_kafka_get_watermark_offsets(client_.get(), topics_[place.topic].c_str(), place.partition, &low, &high);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    // Behind the last record only the markers of transactions may follow, which are no records.
    const auto seen = seen_.find(place);
    const bool all = seen != seen_.end() && offset >= seen->second.next;
    const std::int64_t position = all ? std::max(offset, seen->second.end) : offset;
    if (high > position) sum += static_cast<std::uint64_t>(high - position);
  }
  return sum;
}

void InputConsumer::leave(std::chrono::milliseconds limit) {
  if (is_static_) return;
  const auto until = std::chrono::steady_clock::now() + limit;
  rd_kafka_unsubscribe(client_.get());
  while (joined_ && std::chrono::steady_clock::now() < until) {
    const Message ignored(rd_kafka_consumer_poll(client_.get(), 50));
  }
  // The request to leave goes out behind the last answer of poll.
  const Message ignored(rd_kafka_consumer_poll(client_.get(), 100));
}

void InputConsumer::interrupt() {
  if (queue_) rd_kafka_queue_yield(queue_.get());
}

}  // namespace kentongan::kafka
