// SPDX-License-Identifier: Apache-2.0
// What must not raise an alarm, or must take it back.
#include "scenario/kinds.hpp"

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// One person, thirty serious reports in a night. (With graver ones a single report of somebody else in these days
/// makes the second voice that siaga asks for.)
void report_bombing(Teller& tell) {
  const Voice who = tell.witness(tell.area(), 1);
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 30; ++n) {
    tell.report(time, tell.area(), n % 2 == 0 ? "intimidation" : "provocation", 3, who, [](Report& r) {
      r.athg = Athg::threat;
      r.content = 3;
    });
    time += tell.minutes(2, 12);
  }
  tell.expect_by(time + hours(24));
}

/// Two people take turns; nobody else has seen anything, and the source cannot be judged.
void hearsay_bombing(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 24; ++n) {
    tell.report(time, tell.area(), "public_order", 3, tell.setting.voice(tell.area(), "rt", 20 + n % 2), [](Report& r) {
      r.source = 'F';
      r.content = 6;
      r.rw = "04";
    });
    time += tell.minutes(5, 20);
  }
  tell.expect_by(time + hours(24));
}

/// Three people under one roof take turns, and each of them is believed.
void turns_of_three(Teller& tell, std::optional<std::string_view> household) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 24; ++n) {
    const Voice who = tell.setting.voice(tell.area(), "rt", 30 + n % 3);
    tell.report(time, tell.area(), n % 2 == 0 ? "intimidation" : "provocation", 3, who, [&](Report& r) {
      r.athg = Athg::threat;
      r.content = 3;
      r.rw = "04";
      r.household = household;
    });
    time += tell.minutes(5, 20);
  }
  tell.expect_by(time + hours(24));
}

/// Whoever makes the pseudonyms says that they live together.
void household_bombing(Teller& tell) {
  const Voice home = tell.setting.voice(tell.area(), "household", 4);
  turns_of_three(tell, home.actor().ref);
}

/// Nobody says so: they are three people like any others.
void household_not_known(Teller& tell) { turns_of_three(tell, std::nullopt); }

/// Several believe it; then the police find that nothing of it is true, and every report is refuted.
void rumour_taken_back(Teller& tell) {
  TimePoint time = tell.plot.start;
  std::vector<std::string> ids;
  for (std::uint32_t n = 0; n < 4; ++n) {
    ids.push_back(tell.report(time, tell.area(), "mass_clash", 4, tell.witness(tell.area(), n)));
    if (n == 2) tell.expect_by(time + minutes(30));
    time += tell.minutes(5, 25);
  }
  time += hours(2);
  for (const std::string& id : ids) {
    tell.refute(time, tell.area(), id);
    time += minutes(1);
  }
  tell.take_back_by(time + minutes(30));
}

/// The first report is refuted before the second comes, so that the two never stand together.
void rumour_refuted_in_time(Teller& tell) {
  TimePoint time = tell.plot.start;
  const std::string id = tell.report(time, tell.area(), "provocation", 3, tell.witness(tell.area(), 0));
  time += minutes(45);
  tell.refute(time, tell.area(), id);
  time += minutes(30);
  tell.report(time, tell.area(), "provocation", 3, tell.witness(tell.area(), 1));
  tell.expect_by(time + hours(12));
}

/// Many come together and say what they think: no category of anything bad, and no alarm.
void peaceful_gathering(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 12; ++n) {
    tell.report(time, tell.area(), "crowd_gathering", 1, tell.witness(tell.area(), n), [&](Report& r) {
      r.kind = ReportKind::information;
      r.crowd = 100 + 20 * static_cast<std::int64_t>(n);
      r.text = "Aksi damai warga di depan kantor, tertib";
    });
    time += tell.minutes(5, 20);
  }
  tell.expect_by(time + hours(12));
}

/// A telephone sends one serious report again and again: it is one report.
void stuck_sender(Teller& tell) {
  tell.report(tell.plot.start, tell.area(), "intimidation", 3, tell.witness(tell.area(), 0));
  TimePoint time = tell.plot.start;
  for (int n = 0; n < 20; ++n) {
    time += tell.minutes(1, 4);
    tell.repeat(time);
  }
  tell.expect_by(time + hours(12));
}

}  // namespace

void add_restraint(std::vector<Kind>& kinds) {
  const std::vector<std::string_view> high{
      "area-siaga", "area-awas", "district-siaga", "repeated-intimidation", "repeated-incitement", "mass-clash"};
  kinds.push_back({"report_bombing", -40, -6, 18, 22, 1, false, high, report_bombing});
  kinds.push_back({"hearsay_bombing", -40, -6, 16, 20, 1, false, high, hearsay_bombing});
  kinds.push_back({"household_bombing", -40, -6, 16, 20, 1, false, high, household_bombing});
  kinds.push_back({"household_not_known", -40, -6, 16, 20, 1, true, high, household_not_known});
  kinds.push_back({"rumour_taken_back", -40, -6, 9, 18, 1, true, {"mass-clash", "area-siaga"}, rumour_taken_back});
  kinds.push_back({"rumour_refuted_in_time", -40, -6, 9, 18, 1, false, high, rumour_refuted_in_time});
  kinds.push_back({"peaceful_gathering",
                   -40,
                   -6,
                   9,
                   14,
                   1,
                   false,
                   {"area-level", "area-siaga", "area-awas", "district-siaga"},
                   peaceful_gathering});
  kinds.push_back({"stuck_sender", -40, -6, 9, 18, 1, false, high, stuck_sender});
}

}  // namespace kentongan::scenario
