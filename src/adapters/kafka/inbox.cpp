// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/inbox.hpp"

#include <utility>

namespace kentongan::kafka {
namespace {

constexpr std::size_t kGroupRecords = 10'000;
constexpr int kAskMs = 5000;

}  // namespace

KafkaInbox::KafkaInbox(const Settings& settings, std::string name, Limits limits)
    : settings_(settings), name_(std::move(name)), limits_(limits), thread_([this] { loop(); }) {}

KafkaInbox::~KafkaInbox() { stop(std::chrono::milliseconds(0)); }

bool KafkaInbox::append(std::vector<std::string> records, std::function<void(Result<void>)> done) {
  std::vector<ports::NewInput> inputs;
  for (std::string& record : records) inputs.push_back({std::move(record), std::nullopt, {}});
  return append_sorted(std::move(inputs), std::move(done));
}

bool KafkaInbox::append_sorted(std::vector<ports::NewInput> inputs, std::function<void(Result<void>)> done) {
  Request request;
  for (const ports::NewInput& input : inputs) request.bytes += input.value.size();
  request.inputs = std::move(inputs);
  request.done = std::move(done);
  const std::lock_guard lock(mutex_);
  const bool full =
      records_ > 0 && (records_ + request.inputs.size() > limits_.records || bytes_ + request.bytes > limits_.bytes);
  if (stopping_ || full) return false;
  records_ += request.inputs.size();
  bytes_ += request.bytes;
  waiting_.push_back(std::move(request));
  wake_.notify_one();
  return true;
}

void KafkaInbox::stop(std::chrono::milliseconds limit) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) give_up_ = std::chrono::steady_clock::now() + limit;
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void KafkaInbox::loop() {
  for (;;) {
    std::vector<Request> group;
    bool late = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      std::size_t records = 0;
      while (!waiting_.empty() && (group.empty() || records + waiting_.front().inputs.size() <= kGroupRecords)) {
        records += waiting_.front().inputs.size();
        group.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
      }
      late = stopping_ && std::chrono::steady_clock::now() >= give_up_;
    }
    Result<void> written = late ? fail(Error::Kind::failed, "the service stops") : write(group);
    if (!written) transactions_.reset();
    for (Request& request : group) {
      {
        const std::lock_guard lock(mutex_);
        records_ -= request.inputs.size();
        bytes_ -= request.bytes;
      }
      request.done(written);
    }
  }
}

Result<void> KafkaInbox::open() {
  auto opened = Transactions::open(settings_, name_, stopping_);
  if (!opened) return tl::unexpected(opened.error());
  const auto partitions = partitions_of((*opened)->client(), settings_, settings_.topics.inputs[0], kAskMs);
  if (!partitions) return tl::unexpected(partitions.error());
  partitions_ = *partitions;
  transactions_ = *std::move(opened);
  return {};
}

Result<void> KafkaInbox::write(const std::vector<Request>& group) {
  if (!transactions_) {
    if (auto opened = open(); !opened) return opened;
  }
  if (auto begun = transactions_->begin(); !begun) return begun;
  for (const Request& request : group) {
    for (const ports::NewInput& input : request.inputs) {
      if (auto written = write_input(input); !written) return written;
    }
  }
  return transactions_->commit();
}

/// What has no known city (an action on an alert of nowhere) becomes a dead letter wherever it lies.
Result<void> KafkaInbox::write_input(const ports::NewInput& input) {
  static const Headers headers{{"content-type", "application/cloudevents+json"}};
  NewRecord record;
  record.topic = &settings_.topics.input(input.type.value_or(EventType::report));
  if (!input.city.empty()) {
    record.partition = partition_of(input.city, partitions_);
    record.key = input.city;
  }
  record.value = input.value;
  record.headers = &headers;
  return transactions_->produce(record);
}

}  // namespace kentongan::kafka
