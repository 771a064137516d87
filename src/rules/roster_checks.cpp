// SPDX-License-Identifier: Apache-2.0
#include "rules/roster_checks.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {
namespace {

/// Minutes of the week from Monday on that the duty time covers, as spans; one over midnight on Sunday is two.
std::vector<std::pair<int, int>> week_of(const duty::Shift& shift) {
  constexpr int kWeek = 7 * duty::kMinutesOfDay;
  std::vector<std::pair<int, int>> spans;
  for (int day = 0; day < 7; ++day) {
    if ((shift.days >> day & 1) == 0) continue;
    const int begin = day * duty::kMinutesOfDay + shift.hours.from;
    const int end = (day + (shift.hours.over_midnight() ? 1 : 0)) * duty::kMinutesOfDay + shift.hours.to;
    spans.emplace_back(begin, std::min(end, kWeek));
    if (end > kWeek) spans.emplace_back(0, end - kWeek);
  }
  return spans;
}

bool overlap(const duty::Shift& a, const duty::Shift& b) {
  if (a.only != b.only || a.except != b.except) return false;
  for (const auto& [a_begin, a_end] : week_of(a)) {
    for (const auto& [b_begin, b_end] : week_of(b)) {
      if (a_begin < b_end && b_begin < a_end) return true;
    }
  }
  return false;
}

void check_shifts(const ReadPerson& read, Findings& findings) {
  const auto& shifts = read.person.duty;
  for (std::size_t second = 1; second < shifts.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      if (!overlap(shifts[first], shifts[second])) continue;
      findings.warning(read.shifts[second], "overlapping-shifts",
                       say("two duty times of `{}` overlap", shortened(read.person.id)),
                       "a time counts once; correct one of them, or join them");
      break;
    }
  }
}

void check_substitutes(const ReadPerson& read, const std::vector<std::string_view>& ids, Findings& findings) {
  for (std::size_t i = 0; i < read.person.substitutes.size(); ++i) {
    const std::string& by = read.person.substitutes[i].by;
    if (by == read.person.id) {
      findings.warning(read.substitutes[i], "unknown-person", say("`{}` stands in for nobody else", shortened(by)),
                       "name another person");
    } else if (std::ranges::find(ids, by) == ids.end()) {
      findings.warning(read.substitutes[i], "unknown-person", say("nobody here has the id `{}`", shortened(by)),
                       did_you_mean(by, ids, "name the id of a person of this file"));
    }
  }
}

}  // namespace

void check_people(const std::vector<ReadPerson>& people, Findings& findings) {
  const bool reaches =
      std::ranges::any_of(people, [](const ReadPerson& read) { return !read.person.channels.empty(); });
  std::vector<std::string_view> ids;
  for (const ReadPerson& read : people) ids.emplace_back(read.person.id);
  for (const ReadPerson& read : people) {
    const duty::Person& person = read.person;
    if (reaches && person.channels.empty()) {
      findings.warning(read.offset, "no-channel", say("`{}` has no channel and cannot be told", shortened(person.id)),
                       "add `channels`, such as [{type: telegram, to: \"..\"}]");
    }
    if (read.digest && (!person.quiet_hours || (person.digest && person.quiet_hours->contains(*person.digest)))) {
      findings.warning(*read.digest, "digest-time", "`digest` is not behind the quiet hours, and has no effect",
                       "name a time at their end or later, or leave it out: then it comes at their end");
    }
    check_shifts(read, findings);
    check_substitutes(read, ids, findings);
  }
}

}  // namespace kentongan::rules
