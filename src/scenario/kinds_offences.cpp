// SPDX-License-Identifier: Apache-2.0
// Election offences: suspicions that the supervisors look at.
#include "scenario/kinds.hpp"

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// So many different people, one after the other, in the first kelurahan.
void by_several(Teller& tell, std::string_view category, std::uint8_t severity, std::uint32_t people, Duration apart) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < people; ++n) {
    tell.report(time, tell.area(), category, severity, tell.witness(tell.area(), n));
    if (n == 1) tell.expect_by(time + hours(1));
    time += apart + tell.minutes(0, 30);
  }
}

void vote_buying(Teller& tell) { by_several(tell, "vote_buying", 3, 3, hours(2)); }

/// Before dawn on voting day: minutes count.
void dawn_raid(Teller& tell) { by_several(tell, "vote_buying", 4, 4, minutes(10)); }

void asn_neutrality(Teller& tell) {
  tell.report(tell.plot.start, tell.area(), "asn_neutrality", 3, tell.witness(tell.area(), 0));
}

void organiser_neutrality(Teller& tell) { by_several(tell, "organiser_neutrality", 3, 2, hours(3)); }

void campaign_in_quiet_period(Teller& tell) { by_several(tell, "quiet_period_violation", 2, 2, hours(1)); }

/// In one night and the day after, through several kelurahan.
void apk_damage_wave(Teller& tell) {
  TimePoint time = tell.plot.start;
  for (std::uint32_t n = 0; n < 9; ++n) {
    const PlaceId area = tell.area(n % tell.plot.areas.size());
    tell.report(time, area, "apk_damage", 2, tell.witness(area, n));
    time += tell.minutes(20, 90);
  }
}

/// Posters are torn, and the answer comes in the same night.
void damage_then_retaliation(Teller& tell) {
  tell.report(tell.plot.start, tell.area(), "apk_damage", 2, tell.witness(tell.area(), 0));
  const TimePoint answer = tell.plot.start + tell.minutes(120, 600);
  tell.report(answer, tell.area(), "provocation", 2, tell.witness(tell.area(), 1));
}

/// First a threat, then money.
void intimidation_then_money(Teller& tell) {
  tell.report(tell.plot.start, tell.area(), "intimidation", 3, tell.witness(tell.area(), 0));
  const TimePoint money = tell.plot.start + tell.minutes(10 * 60, 40 * 60);
  tell.report(money, tell.area(), "vote_buying", 3, tell.witness(tell.area(), 1));
}

void campaign_at_school(Teller& tell) { by_several(tell, "campaign_violation", 3, 3, hours(2)); }

void count_in_doubt(Teller& tell) { by_several(tell, "election_fraud", 4, 3, minutes(30)); }

}  // namespace

void add_offences(std::vector<Kind>& kinds) {
  kinds.push_back({"vote_buying", -25, -5, 17, 20, 1, true, {"vote-buying"}, vote_buying});
  kinds.push_back(
      {"vote_buying_quiet_period", -3, -1, 17, 20, 1, true, {"vote-buying", "vote-buying-late"}, vote_buying});
  kinds.push_back({"dawn_raid", 0, 0, 4, 5, 1, true, {"vote-buying", "vote-buying-late"}, dawn_raid});
  kinds.push_back({"asn_neutrality", -44, -4, 8, 16, 1, true, {"asn-neutrality"}, asn_neutrality});
  kinds.push_back({"organiser_neutrality", -44, -4, 8, 16, 1, true, {"organiser-neutrality"}, organiser_neutrality});
  kinds.push_back({"campaign_in_quiet_period",
                   -3,
                   -1,
                   6,
                   18,
                   1,
                   true,
                   {"quiet-period-violation", "repeated-quiet-period-violation"},
                   campaign_in_quiet_period});
  kinds.push_back(
      {"apk_damage_wave", -35, -6, 20, 22, 3, true, {"material-damage-wave", "area-level"}, apk_damage_wave});
  kinds.push_back(
      {"damage_then_retaliation", -35, -6, 18, 21, 1, true, {"damage-then-retaliation"}, damage_then_retaliation});
  kinds.push_back(
      {"intimidation_then_money", -35, -7, 9, 18, 1, true, {"intimidation-then-money"}, intimidation_then_money});
  kinds.push_back(
      {"campaign_at_school", -35, -6, 7, 10, 1, true, {"campaign-violation", "area-level"}, campaign_at_school});
  kinds.push_back({"count_in_doubt", 0, 0, 13, 16, 1, true, {"election-fraud", "area-level"}, count_in_doubt});
}

}  // namespace kentongan::scenario
