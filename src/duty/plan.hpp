// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/output.hpp"
#include "duty/roster.hpp"

namespace kentongan::duty {

/// A step of an alert as a message tells of it.
struct Notice {
  std::string id;  ///< of the kentongan.alert.v1 event: ALERT-n
  TimePoint time;
  AlertStep step;
};

/// What a message is for.
enum class Purpose : std::uint8_t {
  alert,      ///< something fired, was raised or escalated: look at it and answer
  assigned,   ///< to the one to whom it was assigned
  reminder,   ///< acknowledged, and still open
  update,     ///< somebody answered: nothing to do
  all_clear,  ///< over, to those who were told
  digest      ///< all that was held back in quiet hours
};
[[nodiscard]] std::string_view name_of(Purpose purpose);

/// One message to one person: who gets what, when, over which channels.
struct Delivery {
  std::string id;  ///< derived from its first step and the person: the same inputs give the same id
  Purpose purpose = Purpose::alert;
  TimePoint at;  ///< when it was due; it goes out at once when it is handed over
  std::string person;
  std::string instead_of;          ///< id of the person for whom this one stands in; empty: nobody
  std::vector<std::string> roles;  ///< as what the person is told, sorted
  std::vector<Channel> channels;   ///< in order; the next where one fails
  Language language = Language::id;
  Level level = Level::aman;       ///< the highest of its alerts
  std::string area;                ///< the smallest place that holds those of its alerts
  std::vector<Notice> notices;     ///< the last step of each alert, in the order in which they came; at least one
  std::size_t alerts = 1;          ///< how many alerts it tells of; may be more than notices
  std::vector<std::string> steps;  ///< ids of all steps that it tells of, at most kMostSteps
};
/// Notices in one message, at most; of more alerts it has the number.
inline constexpr std::size_t kMostNotices = 50;
inline constexpr std::size_t kMostSteps = 1000;

/// Nobody could be told of a step: of its roles, their fallbacks and the posko nobody is on duty who has a channel, or
/// nobody is left after all channels failed.
struct NobodyOnDuty {
  std::string id;  ///< derived: that of the step and `/nobody`
  TimePoint at;
  std::vector<std::string> roles;  ///< those that were to be told
  Notice notice;
};

struct Plan {
  std::vector<Delivery> deliveries;
  std::vector<NobodyOnDuty> nobody;
  [[nodiscard]] bool empty() const noexcept { return deliveries.empty() && nobody.empty(); }
};

}  // namespace kentongan::duty
