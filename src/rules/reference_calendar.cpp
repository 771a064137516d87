// SPDX-License-Identifier: Apache-2.0
// calendar.csv and days.csv: the stages of the elections, holidays, debates and other special days.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "rules/said/say.hpp"

#include "rules/reference_parts.hpp"

namespace kentongan::rules {

void read_calendar(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"election", "stage", "first_day", "last_day"});
  std::set<std::pair<std::string, std::string>> seen;
  while (table.next()) {
    auto election = table.text("election");
    auto name = table.text("stage");
    const auto first = table.day("first_day");
    const auto last = table.day("last_day");
    if (!election || !name || !first || !last) continue;
    if (*last < *first) {
      table.error("last_day", "day-order",
                  say("stage `{}` ends on {}, before it begins on {}", *name, format_day(*last), format_day(*first)),
                  "both days belong to the stage; a stage of one day has that day twice");
    } else if (!seen.emplace(*election, *name).second) {
      table.error("stage", "duplicate", say("election `{}` has the stage `{}` twice", *election, *name),
                  "name another run, such as a repeated vote, as an election of its own");
    } else {
      reference.stages.push_back({std::move(*election), std::move(*name), *first, *last});
    }
  }
}

void read_days(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"date", "kind"}, {"name"});
  while (table.next()) {
    const auto day = table.day("date");
    auto kind = table.text("kind");
    auto name = table.empty("name") ? std::optional<std::string>("") : table.text("name");
    if (!day || !kind || !name) continue;
    reference.days.push_back({*day, std::move(*kind), std::move(*name)});
  }
  std::ranges::stable_sort(reference.days, {}, [](const SpecialDay& day) { return std::tie(day.day, day.kind); });
}

}  // namespace kentongan::rules
