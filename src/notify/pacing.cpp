// SPDX-License-Identifier: Apache-2.0
#include "notify/pacing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "notify/identity.hpp"

namespace kentongan::notify {
namespace {

/// A receiver that wants to be left alone for longer is asked again all the same.
constexpr Duration kLongestPause = std::chrono::hours(1);
/// While its channel is closed.
constexpr Duration kLookAgain = std::chrono::seconds(1);

using ports::DeliveryState;
using ports::Fate;

/// Gives a way up: the next one begins, or nobody is reached.
void give_up(const ports::Delivery& delivery, ports::Settlement& settlement) {
  settlement.state = DeliveryState::failed;
  settlement.next_way = !delivery.last;
  settlement.unreachable = delivery.last && !delivery.unreachable;
}

}  // namespace

Duration wait_after(const Pacing& pacing, std::string_view key, int attempts) {
  const int doublings = std::clamp(attempts - 1, 0, 20);
  const Duration whole = std::min(pacing.longest_wait, pacing.first_wait * (std::int64_t{1} << doublings));
  const std::string chance = identity_of({"wait", key, fmt::format("{}", attempts)});
  std::uint32_t part = 0;
  std::from_chars(chance.data(), chance.data() + 6, part, 16);
  return whole / 2 + Duration(whole.count() / 2 * part / 0xFFFFFF);
}

ports::Settlement judge(const Pacing& pacing, const ports::Delivery& delivery,
                        const std::optional<ports::SendOutcome>& outcome, TimePoint now) {
  ports::Settlement settlement;
  settlement.key = delivery.key;
  settlement.now = now;
  settlement.tried = outcome.has_value();
  settlement.error = outcome ? outcome->detail : delivery.error.empty() ? "the channel is closed" : delivery.error;
  settlement.due = now + kLookAgain;
  if (outcome && outcome->fate == Fate::delivered) {
    settlement.state = DeliveryState::delivered;
    settlement.receipt = outcome->receipt;
    return settlement;
  }
  const Duration tried_for = now - delivery.first;
  const bool refused = outcome && outcome->fate == Fate::refused;
  if (refused || (!delivery.last && tried_for >= pacing.patience) || (delivery.last && tried_for >= pacing.give_up)) {
    give_up(delivery, settlement);
    return settlement;
  }
  settlement.unreachable = delivery.last && tried_for >= pacing.patience && !delivery.unreachable;
  if (!outcome) return settlement;
  const int attempts = delivery.attempts + 1;
  Duration wait = wait_after(pacing, delivery.key, attempts);
  if (outcome->retry_after) wait = std::max(wait, std::min(*outcome->retry_after, kLongestPause));
  settlement.due = now + wait;
  return settlement;
}

}  // namespace kentongan::notify
