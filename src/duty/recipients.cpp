// SPDX-License-Identifier: Apache-2.0
#include "duty/recipients.hpp"

#include <algorithm>

#include "duty/on_duty.hpp"
#include "duty/quiet.hpp"

namespace kentongan::duty {
namespace {

void join(Recipients& recipients, const OnDuty& one) {
  const auto same = std::ranges::find(recipients, one.person, &Recipient::person);
  if (same == recipients.end()) {
    recipients.push_back({one.person, one.instead_of, {std::string(one.role)}});
  } else {
    same->roles.emplace_back(one.role);
  }
}

}  // namespace

Recipients recipients_of(const Roster& roster, const Reference& reference, const std::vector<std::string>& roles,
                         std::string_view area, TimePoint now) {
  Recipients found;
  for (const std::string& role : roles) {
    for (const OnDuty& one : on_duty_or_fallback(roster, reference, role, area, now)) join(found, one);
  }
  return found;
}

void add_somebody_awake(Recipients& recipients, const Roster& roster, const Reference& reference, std::string_view area,
                        TimePoint now) {
  const LocalZone& zone = zone_of(area, reference);
  const auto awake = [&](const Person& person) { return !is_quiet(person, now, zone); };
  if (std::ranges::any_of(recipients, [&](const Recipient& one) { return awake(*one.person); })) return;
  for (const OnDuty& one : on_duty_or_fallback(roster, reference, kLastRole, area, now)) {
    if (awake(*one.person)) join(recipients, one);
  }
}

}  // namespace kentongan::duty
