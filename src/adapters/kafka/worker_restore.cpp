// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "adapters/kafka/worker_parts.hpp"

namespace kentongan::kafka {
namespace {

using namespace std::chrono_literals;

constexpr int kAskMs = 5000;
constexpr auto kJoin = 5s;

std::uint64_t number_of(const ChangelogPartition& records, std::string_view key) {
  std::uint64_t number = 0;
  const auto found = records.find(std::string(key));
  if (found == records.end()) return number;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), number);
  return number;
}

}  // namespace

Result<Offset> WorkerJournal::Parts::restore(const std::function<void(ports::StateKey, std::string_view)>& visit) {
  forget();
  if (broken_) close_clients(0ms);
  auto ready =
      open_clients().and_then([&] { return wait_for_partitions(); }).and_then([&] { return look_at_assignment(); });
  if (!ready) return tl::unexpected(ready.error());
  const std::vector<std::int32_t> numbers(owned_.begin(), owned_.end());

  // First the offsets, which are known only when no transaction is open over them: what an earlier owner has not
  // committed by then it never can, as the group is in a newer generation. So the state that follows is final.
  const auto committed = consumer_->committed(kAskMs);
  if (!committed) return tl::unexpected(committed.error());
  positions_ = *committed;
  const auto state = read_changelog(
      settings_, numbers, [&](const RestoreProgress& progress) { events_.restoring(progress.read, progress.ahead); },
      stopping_);
  if (!state) return tl::unexpected(state.error());
  auto start = find_start(*state);
  if (!start) return tl::unexpected(start.error());
  positions_ = *std::move(start);
  if (auto taken = take_state(*state, visit); !taken) return tl::unexpected(taken.error());
  if (auto started = consumer_->start(positions_); !started) return tl::unexpected(started.error());
  stall_ = {};
  last_input_ = std::chrono::steady_clock::now();
  events_.assigned(owned_.size());
  return Offset{last_number_};
}

void WorkerJournal::Parts::forget() {
  merge_.clear();
  pending_.clear();
  positions_.clear();
  owned_.clear();
  sequences_.clear();
  without_layout_.clear();
  state_parts_.clear();
  all_positions_ = true;
}

void WorkerJournal::Parts::close_clients(std::chrono::milliseconds leave) {
  merge_.clear();  // what a client lent goes back before it ends
  if (consumer_ && leave > 0ms) consumer_->leave(leave);
  {
    const std::lock_guard lock(interrupt_mutex_);
    consumer_.reset();
  }
  transactions_.reset();
  broken_ = false;
}

Result<void> WorkerJournal::Parts::open_clients() {
  if (!transactions_) {
    // Fences what this worker was before, and ends its open transaction.
    auto opened = Transactions::open(settings_, name_, stopping_);
    if (!opened) return tl::unexpected(opened.error());
    transactions_ = *std::move(opened);
  }
  if (consumer_) return {};
  auto opened = InputConsumer::open(settings_, is_static_ ? name_ : std::string(), name_);
  if (!opened) return tl::unexpected(opened.error());
  const std::lock_guard lock(interrupt_mutex_);
  consumer_ = *std::move(opened);
  return {};
}

Result<void> WorkerJournal::Parts::wait_for_partitions() {
  const auto until = std::chrono::steady_clock::now() + kJoin;
  while (!consumer_->joined()) {
    if (stopping_) return fail(Error::Kind::failed, "the service stops");
    if (std::chrono::steady_clock::now() >= until) {
      return fail(Error::Kind::failed, fmt::format("waiting for the group {} to give this worker partitions; workers "
                                                   "that ended without leaving count until their session times out",
                                                   settings_.group));
    }
    if (auto polled = consumer_->poll(merge_, 1, 100ms); !polled) {
      broken_ = true;
      return polled;
    }
  }
  return {};
}

/// The same partition numbers of every topic: else what belongs to one city would be at two workers.
Result<void> WorkerJournal::Parts::look_at_assignment() {
  const auto& assigned = consumer_->assigned();
  for (const InputPlace& place : assigned) owned_.insert(place.partition);
  for (const std::string& topic : topics_) {
    const auto count = partitions_of(transactions_->client(), settings_, topic, kAskMs);
    if (!count) return tl::unexpected(count.error());
    if (topic == topics_.front()) {
      partitions_ = *count;
      last_home_.reset();
    }
    if (*count != partitions_) {
      return fail(
          Error::Kind::usage,
          fmt::format("{} has {} partitions, {} has {}; all topics need the same number: `kentongan topics check`",
                      topics_.front(), partitions_, topic, *count));
    }
  }
  if (assigned.size() == owned_.size() * topics_.size()) return {};
  broken_ = true;
  return fail(
      Error::Kind::failed,
      "the group did not give this worker the same partitions of every input topic; do all members of the group "
      "read the same topics?");
}

/// What was never committed begins at the beginning. But offsets that are gone beside a state that is there would
/// apply everything twice.
Result<Positions> WorkerJournal::Parts::find_start(const std::map<std::int32_t, ChangelogPartition>& state) {
  Positions positions = positions_;
  for (const InputPlace& place : consumer_->assigned()) {
    if (positions.contains(place)) continue;
    const bool known = std::any_of(positions_.begin(), positions_.end(),
                                   [&](const auto& one) { return one.first.partition == place.partition; });
    if (!known && !state.at(place.partition).empty()) {
      return fail(Error::Kind::failed,
                  fmt::format("partition {} has state in {}, but the group {} has no offsets for it: they expired, or "
                              "this is another group; docs/operations/kafka.md says how to go on",
                              place.partition, settings_.topics.state, settings_.group));
    }
    const auto marks = watermarks(transactions_->client(), settings_, topics_[place.topic], place.partition, kAskMs);
    if (!marks) return tl::unexpected(marks.error());
    positions[place] = marks->low;
  }
  return positions;
}

Result<void> WorkerJournal::Parts::take_state(const std::map<std::int32_t, ChangelogPartition>& state,
                                              const std::function<void(ports::StateKey, std::string_view)>& visit) {
  for (const auto& [partition, records] : state) {
    const std::uint64_t layout = number_of(records, kLayoutKey);
    if (layout > static_cast<std::uint64_t>(kLayout)) {
      return fail(Error::Kind::failed,
                  fmt::format("{} was written by a newer version of kentongan (layout {}, this one knows {}); run the "
                              "newer version",
                              settings_.topics.state, layout, kLayout));
    }
    if (layout == 0) without_layout_.insert(partition);
    sequences_[partition] = number_of(records, kSequenceKey);
    bool at_home = true;
    const auto joined = state_parts_.join(records, [&](ports::StateKey key, std::string_view value) {
      at_home = at_home && home(key.city) == partition;
      visit(std::move(key), value);
    });
    if (!joined) return joined;
    if (!at_home) {
      return fail(
          Error::Kind::failed,
          fmt::format("{} holds cities that belong into other partitions: the number of partitions was changed, "
                      "which moves cities but not their state; docs/operations/kafka.md says how to go on",
                      settings_.topics.state));
    }
  }
  return {};
}

}  // namespace kentongan::kafka
