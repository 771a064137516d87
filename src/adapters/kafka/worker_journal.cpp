// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/worker_journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "adapters/kafka/worker_parts.hpp"

namespace kentongan::kafka {
namespace {

/// How long a record waits for earlier ones of other topics that may still come.
constexpr std::chrono::milliseconds kHoldBack{500};
/// More waiting records than this are not held back, and no more are fetched.
constexpr std::size_t kMostWaiting = 65'536;
/// Inputs that wait for so long although they are asked for are worth a question.
constexpr std::chrono::seconds kStall{10};
constexpr int kAskMs = 1000;

}  // namespace

WorkerJournal::Parts::Parts(const Settings& settings, std::string name, bool is_static, WorkerEvents events)
    : settings_(settings),
      name_(std::move(name)),
      is_static_(is_static),
      events_(std::move(events)),
      topics_(settings.topics.distinct_inputs()),
      merge_(topics_.size(), kHoldBack, kMostWaiting) {}

Result<std::vector<ports::InputRecord>> WorkerJournal::Parts::poll(std::size_t max, Duration wait) {
  std::vector<InputMessage> inputs;
  if (merge_.waiting() < kMostWaiting) {
    // What waits in the merge is not worth waiting for more.
    const auto patience = merge_.waiting() > 0 ? std::min(wait, Duration{10}) : wait;
    if (auto polled = consumer_->poll(merge_, max, patience); !polled) {
      broken_ = true;
      return tl::unexpected(polled.error());
    }
  }
  std::vector<ports::InputRecord> records;
  if (consumer_->moved()) return records;
  merge_.take(inputs, max, InputMerge::Clock::now());
  records.reserve(inputs.size());
  for (InputMessage& input : inputs) {
    pending_.push_back({{input.topic, input.partition},
                        input.offset,
                        input.timestamp,
                        std::move(input.key),
                        input.rekeyed,
                        input.trace});
    records.push_back(
        {Offset{++last_number_}, std::move(input.value), std::move(input.trace), TimePoint(Duration(input.timestamp))});
  }
  look_for_stall(!records.empty());
  return records;
}

/// What waits without coming: the broker is gone, or something in the log stops the reader.
void WorkerJournal::Parts::look_for_stall(bool some_came) {
  const auto now = std::chrono::steady_clock::now();
  if (some_came) {
    last_input_ = now;
    stall_ = {};
    return;
  }
  if (now - last_look_ < std::chrono::seconds(1)) return;
  last_look_ = now;
  const std::uint64_t behind = merge_.waiting() > 0 ? 0 : consumer_->behind(positions_);
  if (behind == 0) last_input_ = now;
  if (now - last_input_ < kStall) {
    stall_ = {};
    return;
  }
  if (now - last_question_ < kStall) return;
  last_question_ = now;
  if (const auto count = partitions_of(consumer_->client(), settings_, topics_.front(), kAskMs); !count) {
    stall_ = {count.error().message, true};
    return;
  }
  stall_ = {
      fmt::format("{} records wait in the inputs and none comes: a transaction of a producer is open over them, or "
                  "a batch cannot be read; docs/operations/kafka.md says what to do",
                  behind),
      false};
}

std::int32_t WorkerJournal::Parts::home(std::string_view city) const {
  if (!last_home_ || last_home_->city != city) {
    last_home_ = Home{std::string(city), partition_of(city, partitions_)};
  }
  return last_home_->partition;
}

const WorkerJournal::Parts::Pending* WorkerJournal::Parts::find_pending(Offset input) const {
  const std::int64_t first = last_number_ - static_cast<std::int64_t>(pending_.size()) + 1;
  if (input.value() < first || input.value() > last_number_) return nullptr;
  return &pending_[static_cast<std::size_t>(input.value() - first)];
}

WorkerJournal::WorkerJournal(const Settings& settings, std::string name, bool is_static, WorkerEvents events)
    : parts_(std::make_unique<Parts>(settings, std::move(name), is_static, std::move(events))) {}

WorkerJournal::~WorkerJournal() { close(std::chrono::milliseconds(0)); }

Result<Offset> WorkerJournal::restore(const std::function<void(ports::StateKey, std::string_view)>& visit) {
  return parts_->restore(visit);
}

Result<std::vector<ports::InputRecord>> WorkerJournal::poll(Offset /*after*/, std::size_t max, Duration wait) {
  return parts_->poll(max, wait);
}

Result<void> WorkerJournal::commit(const ports::Commit& commit) { return parts_->commit(commit); }

ports::Stall WorkerJournal::stalled() const { return parts_->stall_; }

bool WorkerJournal::moved() const { return parts_->consumer_ != nullptr && parts_->consumer_->moved(); }

bool WorkerJournal::owns(std::string_view city) const { return parts_->owned_.contains(parts_->home(city)); }

ports::Home WorkerJournal::home_of(Offset input, std::string_view city) const {
  const Parts::Pending* const pending = parts_->find_pending(input);
  if (pending == nullptr) return ports::Home::here;
  const bool in_place = pending->place.partition == parts_->home(city);
  if (pending->rekeyed) return in_place ? ports::Home::here : ports::Home::astray;
  return in_place && pending->key == city ? ports::Home::here : ports::Home::elsewhere;
}

WorkerStatus WorkerJournal::status() const {
  WorkerStatus status;
  status.partitions = parts_->owned_.size();
  if (!parts_->consumer_ || parts_->broken_) return status;
  status.behind = parts_->consumer_->behind(parts_->positions_);
  if (status.behind > 0 && parts_->last_timestamp_ > 0) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now).count() - parts_->last_timestamp_;
    status.behind_since = std::chrono::milliseconds(std::max<std::int64_t>(age, 0));
  }
  return status;
}

void WorkerJournal::interrupt() {
  const std::lock_guard lock(parts_->interrupt_mutex_);
  if (parts_->consumer_) parts_->consumer_->interrupt();
}

void WorkerJournal::request_stop() {
  parts_->stopping_ = true;
  interrupt();
}

void WorkerJournal::close(std::chrono::milliseconds limit) { parts_->close_clients(limit); }

}  // namespace kentongan::kafka
