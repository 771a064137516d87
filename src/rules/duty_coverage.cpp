// SPDX-License-Identifier: Apache-2.0
#include "rules/duty_coverage.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "duty/on_duty.hpp"
#include "rules/duty_week.hpp"
#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {
namespace {

using said::as_is;
using said::say;
using said::Text;

/// Findings about one role, at most.
constexpr std::size_t kMostPerRole = 3;

/// By role: the rules that tell it, in the order of their ids; routing.yaml stands for those that name nobody.
using Addressed = std::map<std::string, std::vector<std::string>>;

void address(Addressed& addressed, const std::vector<std::string>& roles, const std::string& by) {
  for (const std::string& role : roles) {
    auto& all = addressed[role];
    if (std::ranges::find(all, by) == all.end()) all.push_back(by);
  }
}

Addressed addressed_by(const RuleSet& rules, const Reference& reference) {
  Addressed addressed;
  bool routed = false;
  for (const Rule& rule : rules.rules) {
    if (rule.status != RuleStatus::live || std::holds_alternative<ScoreBlock>(rule.block)) continue;
    routed = routed || rule.alert.to.empty();
    address(addressed, rule.alert.to, rule.id.value());
    for (const Escalation& tier : rule.alert.escalate) address(addressed, tier.to, rule.id.value());
  }
  if (!routed) return addressed;
  for (const Route& route : reference.routes) address(addressed, route.roles, "routing.yaml");
  return addressed;
}

/// People are told apart by their position in the roster.
using People = std::vector<std::size_t>;

/// What is missing in these kelurahan.
struct Gap {
  std::string kind;  ///< of the days; empty: any week
  WeekMinutes minutes;
  bool nobody_else = false;  ///< nor is anybody of the fallbacks there, at some of these minutes
  std::vector<std::string> areas;
};

class Coverage {
 public:
  Coverage(const RuleSet& rules, const Reference& reference, const duty::Roster& roster)
      : reference_(reference), roster_(roster), addressed_(addressed_by(rules, reference)) {
    kinds_.insert("");
    for (const duty::Person& person : roster.people) {
      for (const duty::Shift& shift : person.duty) {
        kinds_.insert(shift.only.begin(), shift.only.end());
        kinds_.insert(shift.except.begin(), shift.except.end());
      }
    }
    for (const std::string& kind : kinds_) {
      auto& weeks = weeks_[kind];
      for (const duty::Person& person : roster.people) weeks.push_back(week_of(person, kind));
    }
  }

  [[nodiscard]] const Addressed& addressed() const noexcept { return addressed_; }

  /// The gaps of a role, those of most kelurahan first.
  [[nodiscard]] std::vector<Gap> gaps_of(const std::string& role) const {
    std::vector<std::string> others;
    if (const auto found = roster_.fallback.find(role); found != roster_.fallback.end()) others = found->second;
    others.emplace_back(duty::kLastRole);
    std::map<std::pair<People, People>, std::vector<std::string>> alike;
    for (const Place& place : reference_.places) {
      if (place.kind != PlaceKind::area) continue;
      alike[{people_of({role}, place.code), people_of(others, place.code)}].push_back(place.code);
    }
    std::vector<Gap> gaps;
    for (auto& [people, areas] : alike) look(people.first, people.second, areas, gaps);
    std::ranges::stable_sort(gaps, [](const Gap& a, const Gap& b) { return a.areas.size() > b.areas.size(); });
    return gaps;
  }

 private:
  [[nodiscard]] People people_of(const std::vector<std::string>& roles, std::string_view area) const {
    People people;
    for (std::size_t i = 0; i < roster_.people.size(); ++i) {
      const duty::Person& person = roster_.people[i];
      const bool has_role = std::ranges::any_of(
          roles, [&](const std::string& role) { return std::ranges::find(person.roles, role) != person.roles.end(); });
      if (has_role && !person.channels.empty() && reach_of(person, area) == duty::Reach::holds) people.push_back(i);
    }
    return people;
  }

  [[nodiscard]] WeekMinutes covered(const People& people, const std::string& kind) const {
    WeekMinutes minutes;
    for (const std::size_t person : people) minutes |= weeks_.at(kind)[person];
    return minutes;
  }

  /// A gap of the usual week is not told again of days of a kind.
  void look(const People& people, const People& others, const std::vector<std::string>& areas,
            std::vector<Gap>& gaps) const {
    const WeekMinutes usual = ~covered(people, "");
    for (const std::string& kind : kinds_) {
      const WeekMinutes minutes = kind.empty() ? usual : ~covered(people, kind) & ~usual;
      if (minutes.none()) continue;
      const bool nobody_else = (minutes & ~covered(others, kind)).any();
      const auto same = std::ranges::find_if(gaps, [&](const Gap& gap) {
        return gap.kind == kind && gap.minutes == minutes && gap.nobody_else == nobody_else;
      });
      if (same == gaps.end()) {
        gaps.push_back({kind, minutes, nobody_else, areas});
      } else {
        same->areas.insert(same->areas.end(), areas.begin(), areas.end());
      }
    }
  }

  const Reference& reference_;
  const duty::Roster& roster_;
  Addressed addressed_;
  std::set<std::string> kinds_;
  std::map<std::string, std::vector<WeekMinutes>> weeks_;  ///< by kind of day, then by person
};

Text areas_said(const std::vector<std::string>& areas, const Reference& reference) {
  const Place& first = reference.place(*reference.find_place(areas.front()));
  if (areas.size() == 1) return say("{} ({})", first.name, first.code);
  return say("{} ({}) and {} more kelurahan", first.name, first.code, areas.size() - 1);
}

Text rules_said(const std::vector<std::string>& rules) {
  if (rules.size() == 1) return say("`{}`", rules.front());
  return say("`{}` and {} more", rules.front(), rules.size() - 1);
}

Diagnostic warning_at(const duty::Roster& roster, duty::Written written, std::string code, Text message, Text hint) {
  Diagnostic found;
  found.severity = Severity::warning;
  found.file = roster.file;
  found.line = written.line;
  found.column = written.column;
  found.code = std::move(code);
  found.message = std::move(message);
  found.hint = std::move(hint);
  return found;
}

Diagnostic gap_found(const Gap& gap, const std::string& role, const std::vector<std::string>& rules,
                     const Reference& reference, const duty::Roster& roster) {
  const Text hours = hours_said(gap.minutes);
  const Text when = gap.kind.empty() ? hours : say("{}, on days that are `{}`", hours, gap.kind);
  Text message = say("nobody is on duty as `{}` in {}: {}", role, areas_said(gap.areas, reference), when);
  Text hint =
      gap.nobody_else
          ? say("{} tells this role, and then nobody hears of it; add a duty time, or a fallback in routing.yaml",
                rules_said(rules))
          : say("{} tells this role; the fallback of routing.yaml is told instead, or add a duty time",
                rules_said(rules));
  return warning_at(roster, roster.written, "nobody-on-duty", std::move(message), std::move(hint));
}

void check_roles(const Addressed& addressed, const duty::Roster& roster, Diagnostics& out) {
  std::vector<std::string_view> known(roster.routed.begin(), roster.routed.end());
  for (const auto& [role, rules] : addressed) known.emplace_back(role);
  known.push_back(duty::kLastRole);
  for (const duty::Person& person : roster.people) {
    for (std::size_t i = 0; i < person.roles.size(); ++i) {
      const std::string& role = person.roles[i];
      if (std::ranges::find(known, role) != known.end()) continue;
      out.all.push_back(warning_at(roster, person.roles_written[i], "unknown-role",
                                   say("no rule and no route tells the role `{}`", shortened(role)),
                                   did_you_mean(role, known, "name it in routing.yaml, or leave it out")));
    }
  }
}

}  // namespace

void check_duty(const RuleSet& rules, const Reference& reference, const duty::Roster& roster, Diagnostics& out) {
  if (!roster.reaches_anybody()) return;
  const Coverage coverage(rules, reference, roster);
  for (const auto& [role, by] : coverage.addressed()) {
    const auto gaps = coverage.gaps_of(role);
    for (std::size_t i = 0; i < std::min(gaps.size(), kMostPerRole); ++i) {
      out.all.push_back(gap_found(gaps[i], role, by, reference, roster));
    }
  }
  check_roles(coverage.addressed(), roster, out);
  out.sort();
}

}  // namespace kentongan::rules
