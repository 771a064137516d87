// SPDX-License-Identifier: Apache-2.0
// Pressure on residents, and quarrels that grow.
#include "scenario/kinds.hpp"

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// Three to five people of one kelurahan within a day, one of them twice.
void repeated_intimidation(Teller& tell) {
  const auto people = static_cast<std::uint32_t>(tell.random.between(3, 5));
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < people; ++n) {
    const auto severity = static_cast<std::uint8_t>(tell.random.between(2, 4));
    tell.report(time, tell.area(), "intimidation", severity, tell.witness(tell.area(), n), [&](Report& r) {
      r.athg = Athg::threat;
      if (n == 1) r.recommendation = "Patroli malam di RW yang didatangi";
    });
    if (n == 0) tell.report(time + minutes(40), tell.area(), "intimidation", 2, tell.witness(tell.area(), n));
    if (n == 2) tell.expect_by(time + hours(1));
    time += tell.minutes(60, 240);
  }
}

/// It begins in one kelurahan and is in its neighbours on the next days.
void provocation_spread(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::size_t place = 0; place < tell.plot.areas.size(); ++place) {
    for (std::uint32_t n = 0; n < 4; ++n) {
      tell.report(time, tell.area(place), "provocation", 3, tell.witness(tell.area(place), n),
                  [](Report& r) { r.athg = Athg::disturbance; });
      time += tell.minutes(40, 150);
    }
    if (place == 0) tell.expect_by(time + hours(24));
    time += tell.minutes(6 * 60, 14 * 60);
  }
}

/// A false rumour, and some hours later people gather because of it.
void hoax_then_crowd(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 3; ++n) {
    tell.report(time, tell.area(), "hoax", 3, tell.witness(tell.area(), n));
    time += tell.minutes(15, 50);
  }
  for (std::uint32_t n = 3; n < 6; ++n) {
    time += tell.minutes(20, 60);
    tell.report(time, tell.area(), "crowd_gathering", 3, tell.witness(tell.area(), n), [&](Report& r) {
      r.athg = Athg::disturbance;
      r.crowd = 60 + 40 * static_cast<std::int64_t>(n - 3);
    });
  }
}

/// One false rumour in several kelurahan of a kecamatan on one day.
void hoax_wave(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 6; ++n) {
    const PlaceId area = tell.area(n % tell.plot.areas.size());
    tell.report(time, area, "hoax", 2, tell.witness(area, n));
    time += tell.minutes(30, 120);
  }
}

/// Small symptoms over days, none of them worth a telephone call by itself.
void creeping_quarrel(Teller& tell) {
  constexpr std::uint8_t kSeverity[] = {1, 1, 2, 2, 2, 3, 3, 3};
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < std::size(kSeverity); ++n) {
    tell.report(time, tell.area(), n % 3 == 0 ? "public_order" : "provocation", kSeverity[n],
                tell.witness(tell.area(), n));
    time += tell.minutes(7 * 60, 15 * 60);
  }
}

void hate_speech(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 4; ++n) {
    tell.report(time, tell.area(), "hate_speech", 3, tell.witness(tell.area(), n));
    time += tell.minutes(30, 180);
  }
}

/// Two groups meet; within the hour many report it.
void mass_clash(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 6; ++n) {
    tell.report(time, tell.area(), "mass_clash", n < 2 ? 4 : 5, tell.witness(tell.area(), n), [&](Report& r) {
      r.athg = Athg::disturbance;
      r.crowd = 50 + 60 * static_cast<std::int64_t>(n);
    });
    if (n == 2) tell.expect_by(time + minutes(30));
    time += tell.minutes(3, 15);
  }
}

/// Many small things on one day where there is else one or none.
void sudden_trend(Teller& tell) {
  const auto many = static_cast<std::uint32_t>(tell.random.between(14, 18));
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < many; ++n) {
    tell.report(time, tell.area(), "public_order", n % 3 == 0 ? 2 : 1, tell.witness(tell.area(), n));
    time += tell.minutes(10, 40);
  }
}

}  // namespace

void add_pressure(std::vector<Kind>& kinds) {
  kinds.push_back({"repeated_intimidation", -40, -6, 8, 14, 1, true, {"repeated-intimidation"}, repeated_intimidation});
  kinds.push_back({"provocation_spread",
                   -40,
                   -8,
                   8,
                   12,
                   3,
                   true,
                   {"repeated-incitement", "area-level", "area-siaga"},
                   provocation_spread});
  kinds.push_back({"hoax_then_crowd", -40, -6, 13, 18, 1, true, {"hoax-then-crowd"}, hoax_then_crowd});
  kinds.push_back({"hoax_wave", -40, -6, 8, 12, 3, true, {"hoax-in-several-kelurahan"}, hoax_wave});
  kinds.push_back({"creeping_quarrel", -40, -10, 7, 12, 1, true, {"area-level", "rising-pressure"}, creeping_quarrel});
  kinds.push_back({"hate_speech", -40, -6, 8, 14, 1, true, {"repeated-incitement", "area-level"}, hate_speech});
  kinds.push_back({"mass_clash", -40, -5, 15, 22, 1, true, {"mass-clash", "area-siaga", "area-awas"}, mass_clash});
  kinds.push_back({"sudden_trend", -30, -6, 8, 12, 1, true, {"rising-pressure"}, sudden_trend});
}

}  // namespace kentongan::scenario
