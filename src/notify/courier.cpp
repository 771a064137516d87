// SPDX-License-Identifier: Apache-2.0
#include "notify/courier.hpp"

#include <algorithm>
#include <exception>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace kentongan::notify {
namespace {

constexpr std::size_t kLook = 64;
constexpr std::size_t kMostCircuits = 1000;
/// Without anything due the outbox is looked into this often.
constexpr Duration kIdle = std::chrono::seconds(1);

/// A channel does not throw; what a library below it throws (no memory, no thread) is a failed try.
ports::SendOutcome send_one(ports::Channel& channel, const ports::Notice& notice, const ports::Delivery& delivery) {
  try {
    return channel.send(notice, delivery.to, delivery.key);
  } catch (const std::exception& error) {
    ports::SendOutcome outcome;
    outcome.channel_fault = true;
    outcome.detail = error.what();
    return outcome;
  }
}

}  // namespace

Courier::Courier(ports::Channel& channel, ports::Outbox& outbox, CourierPlan plan)
    : channel_(channel), outbox_(outbox), plan_(std::move(plan)), rates_(plan_.rates) {}

Result<TimePoint> Courier::step(TimePoint now) {
  auto due = outbox_.due(channel_.name(), now, kLook);
  if (!due) return tl::unexpected(due.error());
  if (due->empty()) {
    const auto next = outbox_.next_due(channel_.name());
    if (!next) return tl::unexpected(next.error());
    return next->has_value() ? std::clamp(**next, now, now + kIdle) : now + kIdle;
  }
  TimePoint again = now + kIdle;
  auto tries = choose(*std::move(due), now, again);
  if (!tries) return tl::unexpected(tries.error());
  send(*tries);
  for (const Try& one : *tries) {
    if (auto noted = note(one, now); !noted) return tl::unexpected(noted.error());
  }
  return tries->empty() ? again : now;
}

Result<std::vector<Courier::Try>> Courier::choose(std::vector<ports::Delivery> due, TimePoint now, TimePoint& again) {
  std::vector<Try> tries;
  std::set<std::string> busy;
  for (ports::Delivery& delivery : due) {
    if (tries.size() == plan_.parallel) break;
    if (busy.contains(delivery.to)) continue;
    const TimePoint allowed = rates_.allowed(delivery.to, now);
    if (allowed > now) {
      again = std::min(again, allowed);
      busy.insert(delivery.to);
      continue;
    }
    auto notice = outbox_.notice(delivery.notice);
    if (!notice) return tl::unexpected(notice.error());
    if (!*notice) return fail(Error::Kind::failed, "the outbox holds a notice that cannot be read: " + delivery.notice);
    Breaker& breaker = breaker_of(delivery.to);
    if (!breaker.lets(now)) {
      if (auto passed = pass_over(delivery, breaker, now); !passed) return tl::unexpected(passed.error());
      continue;
    }
    rates_.take(delivery.to, now);
    busy.insert(delivery.to);
    tries.push_back({std::move(delivery), **std::move(notice)});
  }
  return tries;
}

void Courier::send(std::vector<Try>& tries) {
  const auto perform = [this](Try& one) {
    const auto begun = std::chrono::steady_clock::now();
    one.outcome = send_one(channel_, one.notice, one.delivery);
    one.took = std::chrono::steady_clock::now() - begun;
  };
  if (tries.size() == 1) return perform(tries.front());
  std::vector<std::jthread> threads;
  for (Try& one : tries) threads.emplace_back([&perform, &one] { perform(one); });
}

Result<void> Courier::note(const Try& one, TimePoint now) {
  const ports::SendOutcome& outcome = one.outcome;
  if (outcome.fate == ports::Fate::interrupted) return {};
  Breaker& breaker = breaker_of(one.delivery.to);
  if (outcome.channel_fault) {
    breaker.failed(now);
    if (outcome.retry_after) breaker.pause(now + *outcome.retry_after);
  } else {
    breaker.worked();
  }
  const ports::Settlement settlement = judge(plan_.pacing, one.delivery, outcome, now);
  plan_.tell(settlement.state == ports::DeliveryState::delivered ? Told::delivered
             : settlement.state == ports::DeliveryState::failed  ? Told::failed
                                                                 : Told::retried,
             one.took);
  return outbox_.settle(settlement);
}

/// Out of the way of others until its circuit may be tried, or its patience ends.
Result<void> Courier::pass_over(const ports::Delivery& delivery, const Breaker& breaker, TimePoint now) {
  ports::Settlement settlement = judge(plan_.pacing, delivery, std::nullopt, now);
  if (settlement.state == ports::DeliveryState::failed) {
    plan_.tell(Told::failed, {});
  } else {
    const TimePoint out_of_patience = delivery.first + plan_.pacing.patience;
    settlement.due = std::max(breaker.until(), now + kIdle);
    if (out_of_patience > now) settlement.due = std::min(settlement.due, out_of_patience);
  }
  return outbox_.settle(settlement);
}

Breaker& Courier::breaker_of(const std::string& to) {
  if (breakers_.size() >= kMostCircuits) std::erase_if(breakers_, [](const auto& one) { return !one.second.open(); });
  return breakers_.try_emplace(plan_.circuit(to), plan_.breaker).first->second;
}

bool Courier::open() const {
  return std::any_of(breakers_.begin(), breakers_.end(), [](const auto& one) { return one.second.open(); });
}

}  // namespace kentongan::notify
