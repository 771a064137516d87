// SPDX-License-Identifier: Apache-2.0
// calendar.csv and days.csv: the stages of the elections, holidays, debates and other special days.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "rules/reference_parts.hpp"
#include "rules/said/say.hpp"

namespace kentongan::rules {

namespace {

/// The stages that follow one another from the first day of the campaign to the last of voting.
constexpr std::array<std::string_view, 3> kCourse{"campaign", "quiet_period", "voting"};

/// An election as calendar.csv writes it.
struct Election {
  struct Part {
    LocalDay first, last;
    std::size_t place = 0;  ///< of its first day
  };
  std::map<std::string, Part, std::less<>> stages;
  std::size_t place = 0;  ///< of its name, in its first row
};

/// Whether all days from the first to the last lie in stages of the election, whatever their names.
bool covered(const Election& election, LocalDay first, LocalDay last) {
  for (LocalDay day = first; day <= last;) {
    const auto holds = [&](const auto& entry) { return entry.second.first <= day && day <= entry.second.last; };
    const auto stage = std::ranges::find_if(election.stages, holds);
    if (stage == election.stages.end()) return false;
    day = stage->second.last + std::chrono::days(1);
  }
  return true;
}

void look_at_course(Findings& findings, const std::string& name, const Election& election) {
  const std::pair<const std::string, Election::Part>* before = nullptr;
  for (const std::string_view stage : kCourse) {
    const auto part = election.stages.find(stage);
    if (part == election.stages.end()) continue;
    const auto& [first, last, place] = part->second;
    if (before != nullptr && first <= before->second.last) {
      findings.warning(place, "stages-overlap",
                       say("`{}` of the election `{}` begins on {}, but its `{}` lasts until {}", stage, name,
                           format_day(first), before->first, format_day(before->second.last)),
                       "end the one on the day before the other begins");
    } else if (before != nullptr) {
      const LocalDay from = before->second.last + std::chrono::days(1);
      const LocalDay to = first - std::chrono::days(1);
      if (from <= to && !covered(election, from, to)) {
        findings.warning(place, "stages-gap",
                         say("between `{}` and `{}` of the election `{}` there are days in no stage: from {} to {}",
                             before->first, stage, name, format_day(from), format_day(to)),
                         "add the stage that they belong to; no rule that is limited to stages runs on them");
      }
    }
    before = &*part;
  }
  const bool begun = election.stages.contains("campaign") || election.stages.contains("quiet_period");
  if (begun && !election.stages.contains("voting")) {
    findings.warning(election.place, "no-voting", say("the election `{}` has no stage `voting`", name),
                     "add its day: deadlines such as H-1 18:00 are counted from it");
  }
}

}  // namespace

void read_calendar(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"election", "stage", "first_day", "last_day"});
  std::map<std::string, Election> elections;
  while (table.next()) {
    auto election = table.text("election");
    auto name = table.text("stage");
    const auto first = table.day("first_day");
    const auto last = table.day("last_day");
    if (!election || !name || !first || !last) continue;
    Election& whole = elections.try_emplace(*election, Election{{}, table.place("election")}).first->second;
    if (*last < *first) {
      table.error("last_day", "day-order",
                  say("stage `{}` ends on {}, before it begins on {}", *name, format_day(*last), format_day(*first)),
                  "both days belong to the stage; a stage of one day has that day twice");
    } else if (!whole.stages.try_emplace(*name, Election::Part{*first, *last, table.place("first_day")}).second) {
      table.error("stage", "duplicate", say("election `{}` has the stage `{}` twice", *election, *name),
                  "name another run, such as a repeated vote, as an election of its own");
    } else {
      reference.stages.push_back({std::move(*election), std::move(*name), *first, *last});
    }
  }
  if (any_error(findings)) return;
  for (const auto& [name, election] : elections) look_at_course(findings, name, election);
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
