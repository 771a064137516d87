// SPDX-License-Identifier: Apache-2.0
#include "scenario/calm.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "scenario/box_chain.hpp"
#include "scenario/event_json.hpp"
#include "scenario/texts.hpp"

namespace kentongan::scenario {
namespace {

struct Share {
  std::string_view category;
  std::uint32_t weight;
};

/// Small incidents. What is no small matter even once (neutrality, stores, stations) is left to the stories.
constexpr std::array<Share, 12> kSymptoms{{{"public_order", 24},
                                           {"apk_damage", 14},
                                           {"hoax", 12},
                                           {"provocation", 10},
                                           {"crowd_gathering", 10},
                                           {"campaign_violation", 8},
                                           {"disaster", 8},
                                           {"voter_rights", 5},
                                           {"hate_speech", 3},
                                           {"logistics", 3},
                                           {"intimidation", 2},
                                           {"vote_buying", 1}}};
constexpr std::array<Share, 6> kInformation{{{"public_order", 30},
                                             {"crowd_gathering", 25},
                                             {"voter_rights", 15},
                                             {"voter_identity", 10},
                                             {"disaster", 10},
                                             {"hoax", 10}}};

template <std::size_t N>
std::string_view drawn(const std::array<Share, N>& shares, Random& random) {
  std::uint32_t all = 0;
  for (const Share& share : shares) all += share.weight;
  std::uint32_t at = random.below(all);
  for (const Share& share : shares) {
    if (at < share.weight) return share.category;
    at -= share.weight;
  }
  return shares.back().category;
}

/// The k-th of `count`, in an order that mixes cities and kelurahan.
std::uint64_t scattered(std::uint64_t k, std::uint64_t count) {
  std::uint64_t stride = 7919 % count;
  while (std::gcd(stride, count) != 1) ++stride;
  return k * stride % count;
}

std::uint8_t severity_of(Random& random) {
  const std::uint32_t share = random.below(100);
  return share < 60 ? 1 : share < 94 ? 2 : 3;
}

void judge_source(Report& report, std::string_view role, Random& random) {
  const bool official = role == "lurah" || role == "fkdm";
  report.source = official ? 'B' : random.pick(std::string_view("CCCDF"));
  report.content = static_cast<std::uint8_t>(random.pick(std::string_view("\3\3\4\6\6")));
}

}  // namespace

bool Calm::silent(PlaceId area, TimePoint time) const {
  const auto first = std::lower_bound(silences_.begin(), silences_.end(), area,
                                      [](const Silence& silence, PlaceId place) { return silence.area < place; });
  return std::any_of(first, silences_.end(), [&](const Silence& silence) {
    return silence.area == area && silence.from <= time && time < silence.to;
  });
}

std::optional<Calm::Written> Calm::write(const Wave& wave, std::uint64_t k, Form form, TimePoint time,
                                         std::string& out) const {
  switch (wave.deed) {
    case Deed::everyday:
      return everyday(wave, k, form, time, out);
    case Deed::evening:
      return evening(wave, k, form, time, out);
    case Deed::entry:
      return entry(wave, k, time, out);
    case Deed::cards:
      return cards(k, time, out);
    case Deed::station:
      return station(wave, k, time, out);
    case Deed::box:
      return box(wave, k, time, out);
  }
  return std::nullopt;
}

void Calm::write_report(Report& report, const std::string& id, Form form, TimePoint time, std::string& out) const {
  const PlaceId city = setting_.reference.place(report.area).city;
  const std::string& office = setting_.source(city, "kelurahan");
  if (form == Form::itself || form == Form::malformed) {
    const std::size_t from = out.size();
    write_event(out, {id, office, time, city, report}, setting_.reference, setting_.timetable);
    if (form == Form::itself) return;
    Random random = setting_.random({Random::key("broken"), Random::key(id)});
    return break_line(out, from, random);
  }
  report.corrects = id;
  if (form == Form::correction) {
    report.severity = report.severity == 1 ? 2 : 1;
    report.status = ReportStatus::verified;
    write_event(out, {id + "c", office, time, city, report}, setting_.reference, setting_.timetable);
    return;
  }
  Report refuted;
  refuted.area = report.area;
  refuted.status = ReportStatus::refuted;
  refuted.corrects = id;
  refuted.corrects_source = office;
  const Voice police = setting_.voice(city, "polsek", 1);
  refuted.reporter = police.actor();
  write_event(out, {id + "x", setting_.source(city, "polres"), time, city, refuted}, setting_.reference,
              setting_.timetable);
}

std::optional<Calm::Written> Calm::everyday(const Wave& wave, std::uint64_t k, Form form, TimePoint time,
                                            std::string& out) const {
  Random random = setting_.random({Random::key("everyday"), static_cast<std::uint64_t>(wave.param), k});
  Report report;
  report.area = setting_.areas[random.below(setting_.areas.size())];
  if (silent(report.area, time_of(wave, k))) return std::nullopt;
  const Voice who = setting_.anybody(report.area, random);
  const bool symptom = random.chance(symptoms_);
  const std::string_view category = symptom ? drawn(kSymptoms, random) : drawn(kInformation, random);
  report.kind = symptom                ? ReportKind::incident
                : random.below(4) == 0 ? ReportKind::recommendation
                                       : ReportKind::information;
  report.category = setting_.category(category);
  report.severity = symptom ? severity_of(random) : 1;
  judge_source(report, who.role, random);
  if (category == "vote_buying") report.source = 'F';  // hearsay; what somebody has seen is a story
  report.reporter = who.actor();
  std::string rw = std::to_string(101 + random.below(kRwHeads)).substr(1);
  report.rw = rw;
  if (category == "crowd_gathering") report.crowd = random.between(10, 80);
  report.text = sentence_about(category, random);
  if (report.kind == ReportKind::recommendation) report.recommendation = "Patroli dan sambang warga";
  const std::string id = "e" + std::to_string(wave.param) + "-" + std::to_string(k);
  write_report(report, id, form, time, out);
  return Written{setting_.reference.place(report.area).city, EventType::report, true};
}

std::optional<Calm::Written> Calm::evening(const Wave& wave, std::uint64_t k, Form form, TimePoint time,
                                           std::string& out) const {
  Report report;
  report.area = setting_.areas[scattered(k, setting_.areas.size())];
  if (silent(report.area, time_of(wave, k))) return std::nullopt;
  const Voice lurah = setting_.voice(report.area, "lurah", 0);
  report.kind = ReportKind::information;
  report.category = setting_.category("public_order");
  report.severity = 1;
  report.source = 'B';
  report.content = 2;
  report.reporter = lurah.actor();
  report.text = "Laporan harian: situasi aman terkendali";
  const std::string id = "d" + std::to_string(wave.param - setting_.timetable.first_day()) + "-" + std::to_string(k);
  write_report(report, id, form, time, out);
  return Written{setting_.reference.place(report.area).city, EventType::report, true};
}

/// Meetings in halls. Of a day in a city each has hours and, where there are enough, a kecamatan of its own.
Calm::Written Calm::entry(const Wave& wave, std::uint64_t k, TimePoint time, std::string& out) const {
  constexpr std::array<int, 5> kBegin{8 * 60, 10 * 60 + 15, 13 * 60, 15 * 60 + 15, 19 * 60};
  constexpr std::array<std::string_view, 4> kParties{"P1", "P2", "P3", "P4"};
  const std::uint64_t cities = setting_.reference.cities.size();
  const auto slot = static_cast<std::size_t>(k / cities);
  const Place& city = setting_.reference.place(setting_.reference.cities[k % cities]);
  const auto turn = static_cast<std::size_t>(wave.param + 1000) + slot;
  Random random = setting_.random({Random::key("entry"), Random::key(city.code), turn, slot});
  const Place& district = setting_.reference.place(city.districts[turn % city.districts.size()]);
  const PlaceId area = district.areas[random.below(district.areas.size())];
  const std::string name = city.code + "-c" + std::to_string(wave.param + 100) + "-" + std::to_string(slot);
  const std::string venue =
      "Balai RW " + std::to_string(1 + random.below(kRwHeads)) + " " + setting_.reference.place(area).code;
  const std::string number = "STTP/" + std::to_string(random.between(100, 999)) + "/2024";
  Campaign entry;
  entry.campaign = name;
  entry.party = kParties[turn % kParties.size()];
  entry.method = random.below(2) == 0 ? CampaignMethod::limited_meeting : CampaignMethod::face_to_face;
  entry.areas = {&area, 1};
  entry.venue = venue;
  entry.location = setting_.reference.place(area).point;
  entry.radius_m = 50;
  entry.starts_at = setting_.timetable.at(wave.param, std::chrono::minutes(kBegin[slot]));
  entry.ends_at = *entry.starts_at + std::chrono::hours(2);
  entry.crowd = random.between(30, 300);
  entry.notice_number = number;
  entry.notice_date = setting_.timetable.date(wave.param - 16);
  write_event(out, {name, setting_.source(city.city, "polres"), time, city.city, entry}, setting_.reference,
              setting_.timetable);
  return {city.city, EventType::campaign, false};
}

Calm::Written Calm::cards(std::uint64_t k, TimePoint time, std::string& out) const {
  const PlaceId area = setting_.areas[scattered(k, setting_.areas.size())];
  const PlaceId city = setting_.reference.place(area).city;
  Random random = setting_.random({Random::key("cards"), Random::key(setting_.reference.place(area).code)});
  Readiness counts;
  counts.area = area;
  counts.eligible = random.between(3000, 9000);
  counts.without_card = *counts.eligible * random.between(2, 8) / 1000;
  write_event(out, {"v-" + std::to_string(k), setting_.source(city, "dispendukcapil"), time, city, counts},
              setting_.reference, setting_.timetable);
  return {city, EventType::readiness, false};
}

Calm::Written Calm::station(const Wave& wave, std::uint64_t k, TimePoint time, std::string& out) const {
  const std::uint64_t number = scattered(k, setting_.stations());
  const auto after = std::upper_bound(setting_.first_station.begin(), setting_.first_station.end(), number);
  const auto index = static_cast<std::size_t>(after - setting_.first_station.begin()) - 1;
  const Place& area = setting_.reference.place(setting_.areas[index]);
  const PollingStation& station =
      setting_.reference.polling_stations.at(setting_.areas[index])[number - setting_.first_station[index]];
  Random random = setting_.random({Random::key("station"), static_cast<std::uint64_t>(wave.param + 100), number});
  Readiness ready;
  ready.area = setting_.areas[index];
  ready.tps = station.tps;
  ready.police = random.between(1, 2);
  ready.linmas = 2;
  ready.kpps = 7;
  ready.witnesses = random.between(2, 4);
  ready.power = true;
  ready.network = random.below(20) != 0;
  const auto off = [&] { return static_cast<double>(random.between(-400, 400)) / 100'000; };
  const double north = off(), east = off();
  ready.location = station.location.value_or(GeoPoint{area.point.lat + north, area.point.lon + east});
  write_event(out,
              {"t" + std::to_string(-wave.param) + "-" + std::to_string(k), setting_.source(area.city, "kpu"), time,
               area.city, ready},
              setting_.reference, setting_.timetable);
  return {area.city, EventType::readiness, false};
}

Calm::Written Calm::box(const Wave& wave, std::uint64_t k, TimePoint time, std::string& out) const {
  const std::size_t index = scattered(k, setting_.areas.size());
  const Place& area = setting_.reference.place(setting_.areas[index]);
  const std::string name = "boxes-" + area.code;
  Consignment event =
      chain_event(kBoxChain[static_cast<std::size_t>(wave.param)], setting_.areas[index], setting_.reference, time);
  event.consignment = name;
  event.quantity = static_cast<std::int64_t>(setting_.first_station[index + 1] - setting_.first_station[index]);
  event.seals_expected = event.seals_intact = event.quantity;
  write_event(out,
              {"k" + std::to_string(wave.param) + "-" + std::to_string(k), setting_.source(area.city, "kpu"), time,
               area.city, event},
              setting_.reference, setting_.timetable);
  return {area.city, EventType::consignment, false};
}

}  // namespace kentongan::scenario
