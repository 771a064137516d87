// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "domain/time.hpp"
#include "ports/outbox.hpp"

/// When a delivery is tried again, and when another way is taken. Pure.
namespace kentongan::notify {

struct Pacing {
  Duration first_wait = std::chrono::seconds(1);
  Duration longest_wait = std::chrono::minutes(10);
  Duration patience = std::chrono::minutes(1);  ///< with one channel, before the person's next one is tried
  Duration give_up = std::chrono::hours(6);     ///< with the last one
};

/// Before try number `attempts` + 1: doubles from one to the next, and lies by chance (of key and try, so that it is
/// the same when it is asked again) between half of that and all of it, so that those that failed together do not come
/// together.
[[nodiscard]] Duration wait_after(const Pacing& pacing, std::string_view key, int attempts);

/// What to note about a delivery after a try, or, without an outcome, while its channel is closed.
[[nodiscard]] ports::Settlement judge(const Pacing& pacing, const ports::Delivery& delivery,
                                      const std::optional<ports::SendOutcome>& outcome, TimePoint now);

}  // namespace kentongan::notify
