// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "adapters/kafka/worker_parts.hpp"
#include "codec/json_reader.hpp"
#include "codec/trace.hpp"

namespace kentongan::kafka {
namespace {

/// A text member of a JSON object that our own codec wrote.
std::string member(std::string_view object, std::string_view name) {
  thread_local codec::JsonReader json;
  if (json.read(object, 64)) return {};
  const auto nodes = json.nodes();
  for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
    if (json.key(nodes[i]) == name && nodes[i].kind == codec::NodeKind::text) return std::string(json.text(nodes[i]));
  }
  return {};
}

/// "35.73": only such a key is known to be none of a person.
bool is_city_code(std::string_view key) {
  return !key.empty() && key.size() <= 5 &&
         std::all_of(key.begin(), key.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

/// The headers that Kafka Connect's tools know of dead letters.
void describe_dead_letter(Headers& headers, std::string_view data, const std::string* topic, std::int32_t partition,
                          std::int64_t offset, const std::string& worker) {
  const auto add = [&](std::string_view name, std::string value) {
    headers.emplace_back(fmt::format("__connect.errors.{}", name), std::move(value));
  };
  if (topic != nullptr) {
    add("topic", *topic);
    add("partition", std::to_string(partition));
    add("offset", std::to_string(offset));
  }
  add("connector.name", "kentongan");
  add("task.id", worker);
  add("stage", "VALUE_CONVERTER");
  add("class.name", "kentongan");
  add("exception.class.name", member(data, "reason"));
  add("exception.message", member(data, "message"));
  add("exception.stacktrace", member(data, "pointer"));
}

void add_trace(Headers& headers, const TraceContext& trace) {
  if (!trace.empty()) headers.emplace_back(codec::kTraceParent, trace.parent);
  if (!trace.state.empty()) headers.emplace_back(codec::kTraceState, trace.state);
}

/// Tools that know nothing of CloudEvents look for the trace under its own name.
void repeat_trace(Headers& headers) {
  const auto parent = find_header(headers, "ce_traceparent");
  if (!parent) return;
  add_trace(headers, {std::string(*parent), std::string(find_header(headers, "ce_tracestate").value_or(""))});
}

}  // namespace

Result<void> WorkerJournal::Parts::commit(const ports::Commit& commit) {
  if (broken_ || !consumer_ || !transactions_ || consumer_->moved()) {
    return fail(Error::Kind::failed, "the group gave these partitions to others before this was committed");
  }
  if (owned_.empty()) return {};  // nothing can have happened
  touched_.clear();
  const Positions moved = positions_behind(commit.next);
  // The offsets first: the coordinator refuses all of a transaction until the last one has ended on all partitions, and
  // librdkafka asks again for offsets within retry.backoff.ms, for partitions after 20 ms.
  auto done = transactions_->begin()
                  .and_then([&]() -> Result<void> {
                    const PartitionList offsets = consumer_->to_list(moved);
                    return transactions_->send_offsets(*offsets, consumer_->group());
                  })
                  .and_then([&] { return write_outputs(commit); })
                  .and_then([&] { return write_state(commit); })
                  .and_then([&] { return write_own_records(); })
                  .and_then([&] { return transactions_->commit(); });
  if (!done) {
    broken_ = true;
    return done;
  }
  finish(commit.next, moved);
  return {};
}

Result<void> WorkerJournal::Parts::write_outputs(const ports::Commit& commit) {
  for (const ports::Rekeyed& rekeyed : commit.rekeyed) {
    if (auto written = write_rekeyed(rekeyed); !written) return written;
  }
  for (const ports::OutputRecord& output : commit.outputs) {
    if (auto written = write_output(output); !written) return written;
  }
  return {};
}

/// Into the partition of its city in every topic, so that their order is kept whatever their keys are. A dead
/// letter without a city goes where its input was.
Result<void> WorkerJournal::Parts::write_output(const ports::OutputRecord& output) {
  BinaryEvent event = to_binary(output.value);
  const Pending* const input = output.input.value() == 0 ? nullptr : find_pending(output.input);
  NewRecord record;
  record.topic = &settings_.topics.output(output.topic);
  std::int32_t source = input != nullptr ? input->place.partition : *owned_.begin();
  if (!output.city.empty() && owned_.contains(home(output.city))) source = home(output.city);
  record.partition = source;
  if (!output.city.empty()) record.key = output.city;
  if (output.topic == ports::OutputTopic::risk) record.key = output.subject;
  if (output.topic == ports::OutputTopic::deadletters) {
    const std::string* const topic = input == nullptr ? nullptr : &topics_[input->place.topic];
    describe_dead_letter(event.headers, event.data, topic, input == nullptr ? 0 : input->place.partition,
                         input == nullptr ? 0 : input->offset, name_);
    if (!record.key && input != nullptr && input->key && is_city_code(*input->key)) record.key = *input->key;
  }
  repeat_trace(event.headers);
  event.headers.emplace_back(kSequenceHeader, fmt::format("{}:{}", source, ++sequences_[source]));
  touched_.insert(source);
  std::string fitted;
  if (output.topic == ports::OutputTopic::deadletters && event.data.size() > settings_.deadletter_bytes) {
    fitted = fit_dead_letter(event.data, settings_.deadletter_bytes);
    event.data = fitted;
    event.headers.emplace_back(kCutHeader, "1");
  }
  record.value = event.data;
  record.headers = &event.headers;
  return transactions_->produce(record);
}

Result<void> WorkerJournal::Parts::write_rekeyed(const ports::Rekeyed& rekeyed) {
  const Pending* const input = find_pending(rekeyed.input);
  if (input == nullptr) return fail(Error::Kind::failed, "an input that was never polled was to be put back");
  Headers headers{{"content-type", "application/cloudevents+json"}, {std::string(kRekeyedHeader), "1"}};
  if (input->trace) add_trace(headers, *input->trace);
  NewRecord record;
  record.topic = &topics_[input->place.topic];
  record.partition = home(rekeyed.city);
  record.key = rekeyed.city;
  record.value = rekeyed.value;
  record.headers = &headers;
  record.timestamp = input->timestamp;
  return transactions_->produce(record);
}

Result<void> WorkerJournal::Parts::write_state(const ports::Commit& commit) {
  Result<void> done;
  for (const ports::StateChange& change : commit.state) {
    NewRecord record;
    record.topic = &settings_.topics.state;
    record.partition = home(change.key.city);
    state_parts_.split(change, [&](const std::string& key, std::optional<std::string_view> value) {
      if (!done) return;
      record.key = key;
      record.value = value;
      done = transactions_->produce(record);
    });
    if (!done) return done;
  }
  return done;
}

/// How many outputs there were, and which layout the state has.
Result<void> WorkerJournal::Parts::write_own_records() {
  NewRecord record;
  record.topic = &settings_.topics.state;
  for (const std::int32_t partition : touched_) {
    const std::string value = std::to_string(sequences_[partition]);
    record.partition = partition;
    record.key = kSequenceKey;
    record.value = value;
    if (auto written = transactions_->produce(record); !written) return written;
  }
  const std::string layout = std::to_string(kLayout);
  for (const std::int32_t partition : without_layout_) {
    record.partition = partition;
    record.key = kLayoutKey;
    record.value = layout;
    if (auto written = transactions_->produce(record); !written) return written;
  }
  return {};
}

/// The offsets to commit. There is always one: with them goes the question whether the group is still in this
/// worker's generation, which keeps out one that was cut off.
Positions WorkerJournal::Parts::positions_behind(Offset next) const {
  Positions moved;
  if (all_positions_) moved = positions_;
  std::int64_t number = last_number_ - static_cast<std::int64_t>(pending_.size());
  auto last = moved.end();  // inputs come in runs of one place
  for (const Pending& input : pending_) {
    if (++number > next.value()) break;
    if (last == moved.end() || last->first != input.place) last = moved.try_emplace(input.place).first;
    last->second = input.offset + 1;
  }
  if (moved.empty() && !positions_.empty()) moved.insert(*positions_.begin());
  return moved;
}

void WorkerJournal::Parts::finish(Offset next, const Positions& moved) {
  for (const auto& [place, offset] : moved) positions_[place] = offset;
  all_positions_ = false;
  without_layout_.clear();
  while (!pending_.empty() && last_number_ - static_cast<std::int64_t>(pending_.size()) < next.value()) {
    last_timestamp_ = pending_.front().timestamp;
    pending_.pop_front();
  }
}

}  // namespace kentongan::kafka
