// SPDX-License-Identifier: Apache-2.0
//
// For random rosters and alerts: nobody is forgotten, nobody is told twice, quiet hours are kept.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "duty/on_duty.hpp"
#include "support.hpp"

namespace kentongan::duty::testing {
namespace {

const std::vector<std::string> kRoles{"lurah", "camat", "polsek", "posko"};
const std::vector<std::string> kAreas{"35.73",         "35.73.01",      "35.73.02",
                                      "35.73.01.1001", "35.73.02.1003", "35.73.02.1004"};
const std::vector<std::string> kRules{"repeated-hoax", "consignment-late", "area-level"};

template <class T>
T one_of(const std::vector<T>& all) {
  return *rc::gen::elementOf(all);
}

template <class T>
std::vector<T> some_of(const std::vector<T>& all) {
  std::vector<T> picked;
  for (const T& one : all) {
    if (*rc::gen::inRange(0, 3) == 0) picked.push_back(one);
  }
  return picked;
}

Hours any_hours() {
  const int from = *rc::gen::inRange(0, 24);
  const int length = *rc::gen::inRange(1, 24);
  return {from * 60, (from + length) % 24 * 60};
}

Person any_person(int number, int people) {
  Person made = person(fmt::format("p{}", number), some_of(kRoles), some_of(kAreas));
  if (*rc::gen::inRange(0, 6) == 0) made.channels.clear();
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    Shift time;
    time.days = static_cast<std::uint8_t>(*rc::gen::inRange(1, 128));
    time.hours = any_hours();
    if (*rc::gen::inRange(0, 4) == 0) time.only = {"holiday"};
    if (*rc::gen::inRange(0, 4) == 0) time.except = {"holiday"};
    made.duty.push_back(time);
  }
  if (*rc::gen::inRange(0, 2) == 0) made.quiet_hours = any_hours();
  if (made.quiet_hours && *rc::gen::inRange(0, 2) == 0) made.digest = *rc::gen::inRange(0, 24) * 60;
  if (*rc::gen::inRange(0, 4) == 0) {
    const LocalDay from = *parse_day("2024-11-25") + std::chrono::days(*rc::gen::inRange(0, 4));
    made.substitutes = {{from, from + std::chrono::days(1), fmt::format("p{}", *rc::gen::inRange(0, people + 1))}};
  }
  return made;
}

std::shared_ptr<const Roster> any_roster() {
  auto made = std::make_shared<Roster>();
  const int people = *rc::gen::inRange(0, 9);
  for (int i = 0; i < people; ++i) made->people.push_back(any_person(i, people));
  if (*rc::gen::inRange(0, 2) == 0) made->fallback["lurah"] = some_of(kRoles);
  if (*rc::gen::inRange(0, 2) == 0) made->families["all"] = {"*"};
  return made;
}

struct Event {
  std::string id;
  AlertStep step;
  TimePoint time;
};

/// Alerts that live as those of the engine do: fired first, their end last.
class AlertLog {
 public:
  std::vector<Event> make() {
    TimePoint now = local("2024-11-25T00:00");
    const int steps = *rc::gen::inRange(1, 40);
    for (int i = 0; i < steps; ++i) {
      now += std::chrono::minutes(*rc::gen::elementOf(std::vector{0, 0, 1, 7, 40, 200, 700}));
      if (open_.empty() || *rc::gen::inRange(0, 3) == 0) {
        fire(now);
      } else {
        go_on(now);
      }
    }
    return std::move(events_);
  }

 private:
  struct Open {
    Step step;
    int number = 1;
  };

  void fire(TimePoint now) {
    Open alert;
    alert.step.name = fmt::format("a{}", alerts_++);
    alert.step.level = one_of<Level>({Level::waspada, Level::siaga, Level::awas});
    alert.step.to = some_of(kRoles);
    alert.step.area = one_of(kAreas);
    alert.step.rule = one_of(kRules);
    write(alert, now);
    open_.push_back(std::move(alert));
  }

  void go_on(TimePoint now) {
    using enum AlertStepKind;
    const auto which = *rc::gen::inRange<std::size_t>(0, open_.size());
    Open& alert = open_[which];
    ++alert.number;
    alert.step.kind = one_of<AlertStepKind>({raised, escalated, reminded, acknowledged, confirmed, assigned, mitigated,
                                             snoozed, resolved, expired, withdrawn});
    if (alert.step.kind == raised) alert.step.level = Level::awas;
    if (alert.step.kind == escalated) alert.step.to = some_of(kRoles);
    alert.step.actor = fmt::format("p{}", *rc::gen::inRange(0, 9));
    alert.step.assignee = fmt::format("p{}", *rc::gen::inRange(0, 9));
    write(alert, now);
    if (alert.step.kind >= resolved) open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(which));
  }

  void write(const Open& alert, TimePoint now) {
    events_.push_back({fmt::format("35.73-{}-{}", alert.step.name, alert.number), step_of(alert.step), now});
  }

  int alerts_ = 0;
  std::vector<Open> open_;
  std::vector<Event> events_;
};

Plan planned(const std::vector<Event>& events, const std::shared_ptr<const Roster>& roster, bool restarts = false) {
  Planner planner(roster, town());
  Plan plan;
  for (const Event& event : events) {
    planner.take(event.id, event.step, event.time, plan);
    if (!restarts) continue;
    Planner other(roster, town());
    RC_ASSERT(other.restore(planner.save()));
    RC_ASSERT(other.save() == planner.save());
    planner = std::move(other);
    // What is read again plans nothing.
    planner.take(event.id, event.step, event.time, plan);
  }
  while (const auto next = planner.next_due()) planner.advance(*next, plan);
  return plan;
}

bool calls(const AlertStep& step) {
  return step.step == AlertStepKind::fired || step.step == AlertStepKind::raised ||
         step.step == AlertStepKind::escalated;
}

const Event& event_of(const std::vector<Event>& events, std::string_view id) {
  return *std::ranges::find(events, id, &Event::id);
}

TEST(PlannerProperty, EachCallReachesSomebodyOnDutyOrIsToldToBeForNobody) {
  const bool good = rc::check("each call reaches somebody on duty, or nobody is", [] {
    const auto roster = any_roster();
    const auto events = AlertLog().make();
    const Plan plan = planned(events, roster);
    std::map<std::string, std::set<std::string>> told;  // people by step
    for (const Delivery& delivery : plan.deliveries) {
      for (const std::string& step : delivery.steps) told[step].insert(delivery.person);
    }
    std::set<std::string> nobody;
    for (const NobodyOnDuty& one : plan.nobody) nobody.insert(one.notice.id);
    for (const Event& event : events) {
      if (!calls(event.step)) continue;
      RC_ASSERT(told.contains(event.id) != nobody.contains(event.id));
      std::set<std::string> able;
      for (const std::string& role : kRoles) {
        for (const OnDuty& one : on_duty(*roster, *town(), role, event.step.area, event.time)) {
          if (!one.person->channels.empty()) able.insert(one.person->id);
        }
      }
      const std::set<std::string> people = told.contains(event.id) ? told[event.id] : std::set<std::string>();
      const bool reached = std::ranges::any_of(people, [&](const std::string& id) { return able.contains(id); });
      RC_ASSERT(reached == told.contains(event.id));
    }
  });
  EXPECT_TRUE(good);
}

TEST(PlannerProperty, NobodyIsToldTheSameStepTwiceAndIdsAreUnique) {
  const bool good = rc::check("nobody is told the same step twice", [] {
    const auto roster = any_roster();
    const auto events = AlertLog().make();
    std::set<std::pair<std::string, std::string>> seen;
    std::set<std::string> ids;
    for (const Delivery& delivery : planned(events, roster).deliveries) {
      RC_ASSERT(ids.insert(delivery.id).second);
      RC_ASSERT(!delivery.channels.empty());
      RC_ASSERT(delivery.alerts >= 1U);
      for (const std::string& step : delivery.steps) {
        RC_ASSERT(seen.emplace(delivery.person, step).second);
        RC_ASSERT(event_of(events, step).time <= delivery.at);
      }
    }
  });
  EXPECT_TRUE(good);
}

TEST(PlannerProperty, QuietHoursAreKeptButForAwas) {
  const bool good = rc::check("quiet hours are kept but for awas", [] {
    const auto roster = any_roster();
    const auto events = AlertLog().make();
    for (const Delivery& delivery : planned(events, roster).deliveries) {
      const Person& person = *roster->find(delivery.person);
      if (!person.quiet_hours) continue;
      const bool awas = std::ranges::any_of(
          delivery.steps, [&](const std::string& step) { return event_of(events, step).step.level == Level::awas; });
      const bool quiet = person.quiet_hours->contains(local_moment(delivery.at, zone_of("35.73", *town())).minute);
      RC_ASSERT(!quiet || (awas && delivery.purpose != Purpose::digest));
    }
  });
  EXPECT_TRUE(good);
}

TEST(PlannerProperty, TheAllClearReachesAllWhoWereCalled) {
  const bool good = rc::check("the all-clear reaches all who were called", [] {
    const auto roster = any_roster();
    const auto events = AlertLog().make();
    std::map<std::string, std::set<std::string>> called, cleared;  // people by alert
    for (const Delivery& delivery : planned(events, roster).deliveries) {
      for (const std::string& id : delivery.steps) {
        const AlertStep& step = event_of(events, id).step;
        if (calls(step)) called[step.alert.value()].insert(delivery.person);
        if (step.state >= AlertState::resolved) cleared[step.alert.value()].insert(delivery.person);
      }
    }
    for (const Event& event : events) {
      if (event.step.state < AlertState::resolved || event.step.to.empty()) continue;
      for (const std::string& person : called[event.step.alert.value()]) {
        RC_ASSERT(cleared[event.step.alert.value()].contains(person));
      }
    }
  });
  EXPECT_TRUE(good);
}

std::vector<std::string> texts(const Plan& plan) {
  std::vector<std::string> all;
  for (const Delivery& delivery : plan.deliveries) {
    all.push_back(fmt::format("{} {} {} {} {}", delivery.id, local_text(delivery.at), name_of(delivery.purpose),
                              delivery.alerts, fmt::join(delivery.steps, ",")));
  }
  for (const NobodyOnDuty& one : plan.nobody) all.push_back(one.id);
  return all;
}

TEST(PlannerProperty, SameInputsSamePlanWhateverRestarts) {
  const bool good = rc::check("same inputs, same plan, whatever restarts", [] {
    const auto roster = any_roster();
    const auto events = AlertLog().make();
    RC_ASSERT(texts(planned(events, roster, true)) == texts(planned(events, roster)));
  });
  EXPECT_TRUE(good);
}

}  // namespace
}  // namespace kentongan::duty::testing
