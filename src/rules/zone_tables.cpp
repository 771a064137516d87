// SPDX-License-Identifier: Apache-2.0
#include "rules/zone_tables.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>
#include <utility>
#include <vector>

namespace kentongan::rules {
namespace {

using std::chrono::sys_days;

constexpr sys_days kFirst{std::chrono::year{1970} / 1 / 1};
constexpr sys_days kLast{std::chrono::year{2100} / 1 / 1};

[[nodiscard]] std::vector<LocalZone::Transition> transitions_of(const date::time_zone& zone) {
  std::vector<LocalZone::Transition> transitions;
  for (std::chrono::sys_seconds at = kFirst; at < kLast;) {
    const auto info = zone.get_info(at);
    // A change of the zone's abbreviation alone is no transition of ours.
    if (transitions.empty() || transitions.back().offset != info.offset) transitions.push_back({at, info.offset});
    if (info.end <= at) break;
    at = info.end;
  }
  return transitions;
}

}  // namespace

Result<std::shared_ptr<const LocalZone>> ZoneTables::find(const std::string& name) {
  if (const auto found = known_.find(name); found != known_.end()) return found->second;
  try {
    static_cast<void>(date::get_tzdb());
  } catch (const std::exception& problem) {
    return fail(
        Error::Kind::failed,
        fmt::format("the system's time zone database cannot be read ({}): install the package tzdata", problem.what()));
  }
  try {
    auto zone = std::make_shared<const LocalZone>(name, transitions_of(*date::locate_zone(name)));
    return known_.emplace(name, std::move(zone)).first->second;
  } catch (const std::exception&) {
    return fail(Error::Kind::usage, fmt::format("`{}` is not a time zone of the tz database", name));
  }
}

}  // namespace kentongan::rules
