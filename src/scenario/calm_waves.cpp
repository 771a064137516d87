// SPDX-License-Identifier: Apache-2.0
// When calm life happens: the rhythm of the day and the week, and what is done once.
#include <algorithm>
#include <array>

#include "scenario/box_chain.hpp"
#include "scenario/calm.hpp"

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<std::uint64_t, 24> kHours{1, 1, 1, 1, 2, 4,  8,  10, 10, 9, 8, 8,
                                               7, 7, 7, 8, 9, 10, 11, 11, 9,  6, 4, 2};
/// From Monday; people are at home and see more at the weekend.
constexpr std::array<std::uint64_t, 7> kWeekdays{10, 10, 10, 10, 11, 13, 12};

constexpr int kEntriesADay = 5;
constexpr int kLastCampaignDay = -4;
constexpr int kNotice = 14;  ///< days before a campaign entry at which it is told of
constexpr int kFirstSnapshot = -8, kLastUsefulSnapshot = -4, kSecondSnapshot = -1;
/// Of the morning of voting day, on which each lurah reports once more: no day has this number.
constexpr int kVotingMorning = 100;

void add_everyday(const Setting& setting, std::uint64_t lines, std::vector<Wave>& waves) {
  const Timetable& timetable = setting.timetable;
  std::uint64_t all = 0;
  const auto weight = [&](int day, std::size_t hour) {
    return kHours[hour] * kWeekdays[static_cast<std::size_t>(timetable.weekday(day))];
  };
  for (int day = timetable.first_day(); day <= Timetable::last_day(); ++day) {
    for (std::size_t hour = 0; hour < 24; ++hour) all += weight(day, hour);
  }
  std::uint64_t so_far = 0;
  const auto share = [&] { return lines / all * so_far + lines % all * so_far / all; };
  for (int day = timetable.first_day(); day <= Timetable::last_day(); ++day) {
    for (int hour = 0; hour < 24; ++hour) {
      const std::uint64_t before = share();
      so_far += weight(day, static_cast<std::size_t>(hour));
      const int number = (day - timetable.first_day()) * 24 + hour;
      waves.push_back({Deed::everyday, number, timetable.at(day, hours(hour)), hours(1), share() - before});
    }
  }
}

void add_entries(const Setting& setting, std::vector<Wave>& waves) {
  const Timetable& timetable = setting.timetable;
  const std::uint64_t count = setting.reference.cities.size() * kEntriesADay;
  for (int day = timetable.first_day(); day <= kLastCampaignDay; ++day) {
    const int told = std::max(day - kNotice, timetable.first_day());
    waves.push_back({Deed::entry, day, timetable.at(told, hours(6)), minutes(90), count});
  }
}

std::vector<Wave> routine(const Setting& setting) {
  const Timetable& timetable = setting.timetable;
  const auto from = [&](int day) { return day >= timetable.first_day(); };
  std::vector<Wave> waves;
  for (int day = timetable.first_day(); day <= Timetable::last_day(); ++day) {
    waves.push_back({Deed::evening, day, timetable.at(day, hours(16)), hours(2), setting.areas.size()});
  }
  add_entries(setting, waves);
  if (from(-28)) waves.push_back({Deed::cards, -28, timetable.at(-28, hours(9)), hours(6), setting.areas.size()});
  waves.push_back({Deed::evening, kVotingMorning, timetable.at(0, hours(6)), hours(3), setting.areas.size()});
  const int first = std::max(kFirstSnapshot, timetable.first_day());
  for (const int day : {first, kSecondSnapshot}) {
    const bool useful = day == kSecondSnapshot ? from(day) : day <= kLastUsefulSnapshot;
    if (useful) waves.push_back({Deed::station, day, timetable.at(day, hours(7)), hours(8), setting.stations()});
  }
  for (std::size_t step = 0; step < kBoxChain.size(); ++step) {
    const ChainStep& what = kBoxChain[step];
    if (!from(kBoxChain.front().day)) break;
    waves.push_back({Deed::box, static_cast<int>(step), timetable.at(what.day, minutes(what.minute)),
                     minutes(what.span), setting.areas.size()});
  }
  return waves;
}

}  // namespace

std::uint64_t Calm::routine_lines(const Setting& setting) {
  std::uint64_t lines = 0;
  for (const Wave& wave : routine(setting)) lines += wave.count;
  return lines;
}

Calm::Calm(const Setting& setting, std::vector<Silence> silences, std::uint64_t lines)
    : setting_(setting), silences_(std::move(silences)), waves_(routine(setting)) {
  const std::uint64_t area_days = setting.areas.size() * static_cast<std::uint64_t>(setting.timetable.days());
  const std::uint64_t wanted = area_days * setting.options.symptoms / std::max<std::uint64_t>(lines, 1);
  symptoms_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(wanted, 400'000));
  add_everyday(setting, lines, waves_);
  std::stable_sort(waves_.begin(), waves_.end(), [](const Wave& a, const Wave& b) { return a.start < b.start; });
}

TimePoint Calm::time_of(const Wave& wave, std::uint64_t k) const {
  Random random = setting_.random(
      {Random::key("time"), static_cast<std::uint64_t>(wave.deed), static_cast<std::uint64_t>(wave.param + 1000), k});
  const auto span = static_cast<std::uint64_t>(wave.span.count());
  const std::uint64_t begin = span * k / wave.count;
  const std::uint64_t end = span * (k + 1) / wave.count;
  return wave.start + Duration(static_cast<std::int64_t>(begin + random.below(end - begin)));
}

}  // namespace kentongan::scenario
