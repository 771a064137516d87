// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/transactions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

namespace kentongan::kafka {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kTransactionTimeoutMs = 10'000;
/// What a step may take with all its retries, beside what librdkafka waits by itself.
constexpr auto kRetryFor = 10s;
/// What is not delivered by then is waited for by the commit itself, which knows how it fails.
constexpr auto kFlushFor = 100ms;
constexpr int kLongestLookMs = 4;
/// A record that is larger is refused here, before the broker does.
constexpr std::string_view kLargestRecord = "4000000";

std::vector<Property> producer_properties(const Settings& settings, const std::string& id) {
  std::vector<Property> properties{
      {"transactional.id", id},
      {"transaction.timeout.ms", std::to_string(settings.number("transaction.timeout.ms", kTransactionTimeoutMs))},
      {"enable.idempotence", "true"},
      {"message.max.bytes", std::string(kLargestRecord)},
      {"retry.backoff.ms", "5"},
  };
  if (!settings.properties.contains("compression.type") && !settings.properties.contains("compression.codec")) {
    properties.emplace_back("compression.codec", "lz4");
  }
  return properties;
}

Error describe(const Settings& settings, std::string_view what, const rd_kafka_error_t* error) {
  const auto code = rd_kafka_error_code(error);
  switch (code) {
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
    case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
      return {Error::Kind::failed,
              fmt::format("{}: another process works under this name; if both are meant to run, give each its own "
                          "journal.instance ({})",
                          what, rd_kafka_error_string(error))};
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
      return {Error::Kind::failed, fmt::format("{}: the group has given these partitions to others meanwhile ({})",
                                               what, rd_kafka_error_string(error))};
    default:
      return to_error(settings, what, code, rd_kafka_error_string(error));
  }
}

}  // namespace

Result<std::unique_ptr<Transactions>> Transactions::open(const Settings& settings, const std::string& id,
                                                         const std::atomic<bool>& stopping) {
  std::unique_ptr<Transactions> transactions(new Transactions(settings));
  ClientPlan plan;
  plan.kind = ClientKind::producer;
  plan.name = id;
  plan.properties = producer_properties(settings, id);
  auto client = make_client(settings, std::move(plan));
  if (!client) return tl::unexpected(client.error());
  transactions->client_ = *std::move(client);
  const auto until = Clock::now() + kRetryFor;
  for (;;) {
    const KafkaError error(rd_kafka_init_transactions(transactions->client_.get(), 2000));
    if (!error) return transactions;
    if (stopping || Clock::now() >= until || rd_kafka_error_is_retriable(error.get()) == 0) {
      return tl::unexpected(describe(settings, "beginning to write", error.get()));
    }
  }
}

Result<void> Transactions::run(std::string_view what, const std::function<rd_kafka_error_t*()>& call) {
  const auto until = Clock::now() + kRetryFor;
  for (;;) {
    const KafkaError error(call());
    if (!error) return {};
    if (rd_kafka_error_is_retriable(error.get()) != 0 && Clock::now() < until) {
      std::this_thread::sleep_for(20ms);
      continue;
    }
    if (rd_kafka_error_is_fatal(error.get()) == 0) abort();
    return tl::unexpected(describe(settings_, what, error.get()));
  }
}

Result<void> Transactions::begin() {
  return run("beginning a transaction", [&] { return rd_kafka_begin_transaction(client_.get()); });
}

Result<void> Transactions::send_offsets(const rd_kafka_topic_partition_list_t& offsets,
                                        const rd_kafka_consumer_group_metadata_t& group) {
  return run("committing offsets",
             [&] { return rd_kafka_send_offsets_to_transaction(client_.get(), &offsets, &group, 5000); });
}

/// librdkafka's own flush, which a commit begins with, looks only every 10 ms whether all is delivered. Each look
/// wakes all of its threads, so that those of a large transaction are fewer.
void Transactions::flush() {
  const auto until = Clock::now() + kFlushFor;
  int wait_ms = 1;
  while (rd_kafka_flush(client_.get(), wait_ms) == RD_KAFKA_RESP_ERR__TIMED_OUT && Clock::now() < until) {
    wait_ms = std::min(2 * wait_ms, kLongestLookMs);
  }
}

Result<void> Transactions::commit() {
  flush();
  return run("committing", [&] { return rd_kafka_commit_transaction(client_.get(), -1); });
}

void Transactions::abort() {
  const auto until = Clock::now() + kRetryFor;
  for (;;) {
    const KafkaError error(rd_kafka_abort_transaction(client_.get(), -1));
    if (!error || rd_kafka_error_is_retriable(error.get()) == 0 || Clock::now() >= until) return;
    std::this_thread::sleep_for(20ms);
  }
}

Result<void> Transactions::produce(const NewRecord& record) {
  rd_kafka_headers_t* headers = nullptr;
  if (record.headers != nullptr && !record.headers->empty()) {
    headers = rd_kafka_headers_new(record.headers->size());
    for (const auto& [name, value] : *record.headers) {
      rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                          static_cast<ssize_t>(value.size()));
    }
  }
  const auto until = Clock::now() + kRetryFor;
  const std::string_view key = record.key.value_or(std::string_view());
  const std::string_view value = record.value.value_or(std::string_view());
  // An empty view's pointer may be null, which would be a tombstone.
  const void* const key_data = record.key ? (key.empty() ? "" : key.data()) : nullptr;
  const void* const value_data = record.value ? (value.empty() ? "" : value.data()) : nullptr;
  for (;;) {
    const auto code = rd_kafka_producev(
        client_.get(), RD_KAFKA_V_TOPIC(record.topic->c_str()), RD_KAFKA_V_PARTITION(record.partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key_data, key.size()),
        RD_KAFKA_V_VALUE(const_cast<void*>(value_data), value.size()), RD_KAFKA_V_HEADERS(headers),
        RD_KAFKA_V_TIMESTAMP(record.timestamp), RD_KAFKA_V_END);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL && Clock::now() < until) {
      rd_kafka_poll(client_.get(), 10);
      continue;
    }
    if (headers != nullptr) rd_kafka_headers_destroy(headers);
    abort();
    return tl::unexpected(to_error(settings_, "writing to " + *record.topic, code));
  }
}

}  // namespace kentongan::kafka
