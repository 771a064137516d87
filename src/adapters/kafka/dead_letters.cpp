// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/dead_letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>

#include "adapters/kafka/record.hpp"
#include "adapters/kafka/transactions.hpp"
#include "codec/trace.hpp"

namespace kentongan::kafka {
namespace {

constexpr int kAskMs = 5000;

std::string_view error_header(const DeadLetterRecord& letter, std::string_view name) {
  return find_header(letter.headers, fmt::format("__connect.errors.{}", name)).value_or("");
}

/// Where the input of a dead letter lay. An error: it does not say, or the topic is no input of this configuration.
Result<PutBack> origin_of(const Settings& settings, const DeadLetterRecord& letter) {
  PutBack origin{std::string(error_header(letter, "topic")), letter.partition};
  const auto inputs = settings.topics.distinct_inputs();
  if (std::find(inputs.begin(), inputs.end(), origin.topic) == inputs.end()) {
    return fail(Error::Kind::invalid,
                fmt::format("the dead letter came from the topic \"{}\", which is no input of this configuration",
                            origin.topic));
  }
  const std::string_view partition = error_header(letter, "partition");
  std::from_chars(partition.data(), partition.data() + partition.size(), origin.partition);
  return origin;
}

Result<void> write(Transactions& transactions, const Settings& settings, const PutBack& target,
                   const DeadLetterRecord& letter, const std::string& id, const std::string& city,
                   std::string_view raw) {
  Headers headers{{"content-type", "application/cloudevents+json"}};
  for (const std::string_view name : {codec::kTraceParent, codec::kTraceState}) {
    if (const auto value = find_header(letter.headers, name)) headers.emplace_back(name, *value);
  }
  NewRecord input;
  input.topic = &target.topic;
  input.partition = target.partition;
  if (!city.empty()) input.key = city;
  input.value = raw;
  input.headers = &headers;
  const Headers note_headers{{std::string(kRetriedHeader), id}};
  NewRecord note;
  note.topic = &settings.topics.deadletter;
  note.partition = letter.partition;
  if (letter.key) note.key = *letter.key;
  note.headers = &note_headers;
  return transactions.begin()
      .and_then([&] { return transactions.produce(input); })
      .and_then([&] { return transactions.produce(note); })
      .and_then([&] { return transactions.commit(); });
}

}  // namespace

Result<void> visit_dead_letters(const Settings& settings, const std::function<bool(const DeadLetterRecord&)>& visit) {
  return read_topic(settings, settings.topics.deadletter, [&](const rd_kafka_message_t& message) {
    DeadLetterRecord letter;
    letter.partition = message.partition;
    letter.offset = message.offset;
    if (message.key != nullptr) letter.key = key_of(message);
    letter.headers = read_headers(message);
    if (message.payload != nullptr) letter.event = from_binary(value_of(message), letter.headers);
    return visit(letter);
  });
}

Result<PutBack> put_back(const Settings& settings, const DeadLetterRecord& letter, const std::string& id,
                         const std::string& city, std::string_view raw) {
  auto target = origin_of(settings, letter);
  if (!target) return target;
  const std::atomic<bool> stopping{false};
  // One at a time, whoever calls: a second one would end the transaction of the first.
  auto transactions = Transactions::open(settings, settings.group + ".deadletter", stopping);
  if (!transactions) return tl::unexpected(transactions.error());
  if (!city.empty()) {
    const auto count = partitions_of((*transactions)->client(), settings, target->topic, kAskMs);
    if (!count) return tl::unexpected(count.error());
    target->partition = partition_of(city, *count);
  }
  if (auto written = write(**transactions, settings, *target, letter, id, city, raw); !written) {
    return tl::unexpected(written.error());
  }
  return target;
}

}  // namespace kentongan::kafka
