// SPDX-License-Identifier: Apache-2.0
// Polling stations and voters: what is missing before the vote, and what disturbs it.
#include "scenario/kinds.hpp"

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// A station of the kelurahan with all that it needs; `change` takes away.
void snapshot(Teller& tell, const std::function<void(Readiness&, std::string& tps)>& change) {
  const auto& stations = tell.setting.reference.polling_stations.at(tell.area());
  std::string tps = stations[tell.random.below(stations.size())].tps;
  Readiness ready;
  ready.area = tell.area();
  ready.police = 1;
  ready.linmas = 2;
  ready.kpps = 7;
  ready.witnesses = 3;
  ready.power = true;
  ready.network = true;
  ready.location = tell.setting.reference.place(tell.area()).point;
  change(ready, tps);
  ready.tps = tps;
  tell.readiness(tell.plot.start, ready);
  tell.key(tell.code(tell.area()) + "/" + tps);
  tell.key(tell.code(tell.area()));
}

void without_guard(Teller& tell) {
  snapshot(tell, [](Readiness& r, std::string&) { r.police = r.linmas = 0; });
}
void without_police(Teller& tell) {
  snapshot(tell, [](Readiness& r, std::string&) { r.police = 0; });
}
void without_location(Teller& tell) {
  snapshot(tell, [](Readiness& r, std::string&) { r.location.reset(); });
}
void without_power(Teller& tell) {
  snapshot(tell, [](Readiness& r, std::string&) { r.power = false; });
}
void unknown_station(Teller& tell) {
  snapshot(tell, [](Readiness&, std::string& tps) { tps = "999"; });
}

/// Counts of a kelurahan, never a person: too many who may vote and have no card.
void voters_without_card(Teller& tell) {
  Readiness counts;
  counts.area = tell.area();
  counts.eligible = tell.random.between(3000, 5000);
  counts.without_card = *counts.eligible * tell.random.between(6, 9) / 100;
  tell.readiness(tell.plot.start, counts, "dispendukcapil");
}

/// Nobody reports for five days, not even the lurah in the evening; the calm life leaves it out.
void silent_kelurahan(Teller& tell) { tell.expect_by(tell.plot.start + hours(4 * 24)); }

/// Several people at one station within the hour.
void station_disturbed(Teller& tell) {
  const auto& stations = tell.setting.reference.polling_stations.at(tell.area());
  const std::string tps = stations[tell.random.below(stations.size())].tps;
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 3; ++n) {
    tell.report(time, tell.area(), "tps_disturbance", 3, tell.witness(tell.area(), n), [&](Report& r) {
      r.tps = tps;
      r.athg = Athg::disturbance;
    });
    if (n == 1) tell.expect_by(time + minutes(15));
    time += tell.minutes(5, 25);
  }
}

}  // namespace

void add_polling(std::vector<Kind>& kinds) {
  kinds.push_back({"station_without_guard", -1, -1, 17, 20, 1, true, {"tps-unguarded"}, without_guard, Need::stations});
  kinds.push_back(
      {"station_without_police", -7, -1, 17, 20, 1, true, {"tps-without-police"}, without_police, Need::stations});
  kinds.push_back({"station_without_location",
                   -12,
                   -2,
                   8,
                   16,
                   1,
                   true,
                   {"tps-without-location"},
                   without_location,
                   Need::stations});
  kinds.push_back(
      {"station_without_power", -1, -1, 17, 20, 1, true, {"tps-without-power"}, without_power, Need::stations});
  kinds.push_back({"unknown_station", -12, -1, 8, 16, 1, true, {"tps-unknown"}, unknown_station, Need::stations});
  kinds.push_back({"voters_without_card", -27, -10, 8, 15, 1, true, {"voters-without-card"}, voters_without_card});
  kinds.push_back({"silent_kelurahan", -38, -12, 0, 1, 1, true, {"kelurahan-silent"}, silent_kelurahan, Need::silence});
  kinds.push_back({"station_disturbed", 0, 0, 7, 12, 1, true, {"tps-disturbance"}, station_disturbed, Need::stations});
}

}  // namespace kentongan::scenario
