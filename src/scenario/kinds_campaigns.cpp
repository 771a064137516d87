// SPDX-License-Identifier: Apache-2.0
// Campaign entries: what two parties plan near each other, and what is planned against the calendar.
#include "scenario/kinds.hpp"

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// An entry with its texts, to be changed before it is sent.
struct Draft {
  std::string id, number;
  std::vector<PlaceId> areas;
  std::vector<GeoPoint> route;
  Campaign entry;
};

GeoPoint moved(GeoPoint point, double north, double east) { return {point.lat + north, point.lon + east}; }

/// A meeting in a hall, told of in time.
Draft draft(Teller& tell, std::string_view suffix, std::string_view party, PlaceId area, int day, int hour,
            int length) {
  Draft draft;
  draft.id = tell.named(suffix);
  draft.number = "STTP/" + std::to_string(tell.random.between(100, 999)) + "/2024";
  draft.areas = {area};
  Campaign& c = draft.entry;
  c.party = party;
  c.method = CampaignMethod::limited_meeting;
  c.location = tell.setting.reference.place(area).point;
  c.radius_m = 100;
  c.starts_at = tell.at(day, hour);
  c.ends_at = *c.starts_at + hours(length);
  c.crowd = tell.random.between(80, 400);
  c.notice_date = tell.setting.timetable.date(day - 16);
  return draft;
}

void send(Teller& tell, TimePoint time, Draft& draft) {
  draft.entry.campaign = draft.id;
  draft.entry.areas = draft.areas;
  draft.entry.route = draft.route;
  if (draft.entry.notice_date) draft.entry.notice_number = draft.number;
  tell.campaign(time, draft.entry);
}

void rally(Draft& draft) {
  draft.entry.method = CampaignMethod::rally;
  draft.entry.crowd = 3000;
}

/// Two entries, an hour or a day after each other; the alert is due with the second.
void send_both(Teller& tell, Draft& first, Draft& second) {
  const TimePoint later = tell.plot.start + tell.minutes(60, 24 * 60);
  send(tell, tell.plot.start, first);
  send(tell, later, second);
  tell.key(std::min(first.id, second.id) + "+" + std::max(first.id, second.id));
  tell.symptom_at(later);
  tell.expect_by(later + hours(1));
}

void clash_same_venue(Teller& tell) {
  const int day = tell.plot.day + 14;
  Draft a = draft(tell, "a", "P1", tell.area(), day, 9, 3);
  Draft b = draft(tell, "b", "P2", tell.area(), day, 11, 3);
  a.entry.venue = "Balai Warga";
  b.entry.venue = "balai warga ";
  b.entry.location.reset();
  send_both(tell, a, b);
}

/// One party walks by where the other one meets.
void clash_near_route(Teller& tell) {
  const int day = tell.plot.day + 14;
  Draft a = draft(tell, "a", "P3", tell.area(), day, 13, 3);
  Draft b = draft(tell, "b", "P1", tell.area(), day, 14, 2);
  const GeoPoint here = *a.entry.location;
  b.entry.method = CampaignMethod::procession;
  b.entry.location.reset();
  b.route = {moved(here, 0.004, -0.004), moved(here, 0.001, 0.0005), moved(here, -0.004, 0.004)};
  send_both(tell, a, b);
}

/// The scope of a quota: the city on one day.
void city_day(Teller& tell, int day) {
  tell.key(tell.code(tell.plot.city) + "/" + format_day(tell.setting.timetable.date(day)));
}

/// Two parties rally on one day in one city, far from each other.
void rallies_on_one_day(Teller& tell) {
  const int day = tell.plot.day + 14;
  const auto& districts = tell.setting.reference.place(tell.plot.city).districts;
  const auto& far = tell.setting.reference.place(districts[tell.random.below(districts.size())]).areas;
  Draft a = draft(tell, "a", "P2", tell.area(), day, 9, 4);
  Draft b = draft(tell, "b", "P4", far[tell.random.below(far.size())], day, 14, 4);
  rally(a);
  rally(b);
  send_both(tell, a, b);
  city_day(tell, day);
}

void single(Teller& tell, Draft& entry) {
  send(tell, tell.plot.start, entry);
  tell.key(entry.id);
  tell.expect_by(tell.plot.start + hours(1));
}

/// Notice was given two days before.
void late_notice(Teller& tell) {
  Draft entry = draft(tell, "a", "P4", tell.area(), tell.plot.day + 2, 19, 2);
  entry.entry.notice_date = tell.setting.timetable.date(tell.plot.day);
  single(tell, entry);
}

void rally_on_debate_day(Teller& tell) {
  Draft entry = draft(tell, "a", "P3", tell.area(), tell.plot.day + 12, 9, 5);
  rally(entry);
  single(tell, entry);
  city_day(tell, tell.plot.day + 12);
}

/// Nobody has given notice, and it is a few days away.
void notice_missing(Teller& tell) {
  Draft entry = draft(tell, "a", "P2", tell.area(), tell.plot.day + 4, 13, 2);
  entry.entry.notice_date.reset();
  single(tell, entry);
}

void rally_in_quiet_period(Teller& tell) {
  Draft entry = draft(tell, "a", "P1", tell.area(), -2, 15, 2);
  rally(entry);
  single(tell, entry);
  city_day(tell, -2);
}

void procession(Teller& tell) {
  Draft entry = draft(tell, "a", "P2", tell.area(), tell.plot.day + 13, 9, 3);
  const GeoPoint here = *entry.entry.location;
  entry.entry.method = CampaignMethod::procession;
  entry.entry.location.reset();
  entry.route = {here, moved(here, 0.003, 0.003), moved(here, 0.006, 0.001)};
  single(tell, entry);
}

/// A clash that the parties settle: the second entry is cancelled, and the alert goes.
void clash_settled(Teller& tell) {
  const int day = tell.plot.day + 14;
  Draft a = draft(tell, "a", "P4", tell.area(), day, 9, 4);
  Draft b = draft(tell, "b", "P3", tell.area(), day, 10, 4);
  a.entry.venue = b.entry.venue = "Lapangan Kelurahan";
  send_both(tell, a, b);
  const TimePoint settled = tell.plot.start + hours(40);
  b.entry = Campaign{};
  b.entry.status = CampaignStatus::cancelled;
  send(tell, settled, b);
  tell.take_back_by(settled + minutes(5));
}

/// One party twice at one place is its own affair.
void party_with_itself(Teller& tell) {
  const int day = tell.plot.day + 14;
  Draft a = draft(tell, "a", "P1", tell.area(), day, 9, 3);
  Draft b = draft(tell, "b", "P1", tell.area(), day, 10, 3);
  a.entry.venue = b.entry.venue = "Gedung Serbaguna";
  send_both(tell, a, b);
  tell.expect_by(*b.entry.ends_at);
}

}  // namespace

void add_campaigns(std::vector<Kind>& kinds) {
  const std::vector<std::string_view> clash{"schedule-clash", "schedule-clash-between-kecamatan"};
  kinds.push_back({"clash_same_venue", -44, -19, 8, 15, 1, true, clash, clash_same_venue});
  kinds.push_back({"clash_near_route", -44, -19, 8, 15, 1, true, clash, clash_near_route});
  kinds.push_back(
      {"rallies_on_one_day", -44, -19, 8, 15, 1, true, {"rallies-of-two-parties", "rally-quota"}, rallies_on_one_day});
  kinds.push_back({"late_notice", -44, -7, 8, 15, 1, true, {"late-notice"}, late_notice});
  kinds.push_back({"notice_missing", -44, -9, 8, 15, 1, true, {"notice-missing"}, notice_missing});
  kinds.push_back({"rally_on_debate_day",
                   -44,
                   -19,
                   8,
                   15,
                   1,
                   true,
                   {"rally-on-debate-day"},
                   rally_on_debate_day,
                   Need::debate_day});
  kinds.push_back(
      {"rally_in_quiet_period", -30, -18, 8, 15, 1, true, {"campaign-in-quiet-period"}, rally_in_quiet_period});
  kinds.push_back({"procession", -44, -18, 8, 15, 1, true, {"procession-planned"}, procession});
  kinds.push_back({"clash_settled", -44, -19, 8, 15, 1, true, clash, clash_settled});
  kinds.push_back({"party_with_itself", -44, -19, 8, 15, 1, false, clash, party_with_itself});
}

}  // namespace kentongan::scenario
