// SPDX-License-Identifier: Apache-2.0
#include "scenario/plan.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace kentongan::scenario {
namespace {

constexpr Duration kSilence = std::chrono::hours(5 * 24);

/// Gives kelurahan of one city to stories.
class Allotment {
 public:
  Allotment(const Setting& setting, PlaceId city) : setting_(setting), left_(setting.reference.place(city).areas) {
    Random random = setting.random({Random::key(setting.reference.place(city).code), Random::key("allotment")});
    shuffle(random);
  }

  /// `count` kelurahan, a first one and neighbours of it, those of its kecamatan before others; fewer where there are
  /// fewer.
  std::vector<PlaceId> take(std::size_t count, Need need) {
    std::vector<PlaceId> taken{take_first(count, need)};
    const auto add = [&](bool near, bool free) {
      for (const PlaceId other : setting_.reference.place(taken.front()).neighbours) {
        if (taken.size() == count) return;
        if (near && !in_one_district(taken.front(), other)) continue;
        const bool ours = std::find(taken.begin(), taken.end(), other) != taken.end();
        if (!ours && (remove(other) || !free)) taken.push_back(other);
      }
    };
    add(true, true);
    add(true, false);
    add(false, false);
    return taken;
  }

 private:
  void shuffle(Random& random) {
    for (std::size_t i = left_.size(); i > 1; --i) std::swap(left_[i - 1], left_[random.below(i)]);
    all_ = left_;
  }
  bool remove(PlaceId area) {
    const auto found = std::find(left_.begin(), left_.end(), area);
    if (found == left_.end()) return false;
    left_.erase(found);
    return true;
  }
  [[nodiscard]] bool in_one_district(PlaceId a, PlaceId b) const {
    return setting_.reference.place(a).parent == setting_.reference.place(b).parent;
  }
  [[nodiscard]] std::size_t free_neighbours(PlaceId area) const {
    const auto& neighbours = setting_.reference.place(area).neighbours;
    return static_cast<std::size_t>(std::count_if(neighbours.begin(), neighbours.end(), [&](PlaceId near) {
      return in_one_district(area, near) && std::find(left_.begin(), left_.end(), near) != left_.end();
    }));
  }
  [[nodiscard]] bool fits(PlaceId area, std::size_t count, Need need) const {
    if (need == Need::stations && !setting_.reference.polling_stations.contains(area)) return false;
    return free_neighbours(area) + 1 >= count;
  }
  PlaceId take_first(std::size_t count, Need need) {
    if (left_.empty()) left_ = all_;
    const auto best = std::find_if(left_.begin(), left_.end(), [&](PlaceId area) { return fits(area, count, need); });
    const PlaceId area = best == left_.end() ? left_.front() : *best;
    remove(area);
    return area;
  }

  const Setting& setting_;
  std::vector<PlaceId> left_, all_;
};

bool has_site(const Setting& setting, PlaceId city) {
  const Reference& facts = setting.reference;
  return std::any_of(facts.sites.begin(), facts.sites.end(), [&](const Site& site) {
    return facts.place(site.area).kind == PlaceKind::area && facts.place(site.area).city == city;
  });
}

bool has_stations(const Setting& setting, const std::vector<PlaceId>& areas) {
  const auto stations = setting.reference.polling_stations.find(areas.front());
  return stations != setting.reference.polling_stations.end() && !stations->second.empty();
}

/// The day on which the story begins.
std::optional<int> day_of(const Setting& setting, const Kind& kind, Random& random) {
  const int first = std::max(kind.first_day, setting.timetable.first_day());
  if (kind.need == Need::debate_day) {
    std::vector<int> days;
    for (const int debate : setting.timetable.debates()) {
      if (debate - 12 >= first && debate - 12 <= kind.last_day) days.push_back(debate - 12);
    }
    if (days.empty()) return std::nullopt;
    return random.pick(days);
  }
  if (first > kind.last_day) return std::nullopt;
  return static_cast<int>(random.between(first, kind.last_day));
}

void plan_city(const Setting& setting, PlaceId city, std::vector<Plot>& plots) {
  Allotment allotment(setting, city);
  for (std::uint32_t number = 1; number <= setting.options.stories; ++number) {
    for (const Kind& kind : kinds()) {
      Random random = setting.random(
          {Random::key(setting.reference.place(city).code), Random::key("plan"), Random::key(kind.name), number});
      const auto day = day_of(setting, kind, random);
      if (!day || (kind.need == Need::site && !has_site(setting, city))) continue;
      auto areas = allotment.take(kind.areas, kind.need);
      if (kind.need == Need::stations && !has_stations(setting, areas)) continue;
      const Duration into = kind.need == Need::silence
                                ? Duration(0)
                                : Duration(random.between(std::int64_t{kind.from_hour} * 3'600'000,
                                                          std::int64_t{kind.to_hour} * 3'600'000 - 1));
      plots.push_back({setting.timetable.at(*day, into), &kind, city, number, *day, std::move(areas)});
    }
  }
}

}  // namespace

std::vector<Plot> plan_stories(const Setting& setting) {
  std::vector<Plot> plots;
  for (const PlaceId city : setting.reference.cities) plan_city(setting, city, plots);
  std::stable_sort(plots.begin(), plots.end(), [](const Plot& a, const Plot& b) { return a.start < b.start; });
  return plots;
}

std::vector<Silence> silences_of(const std::vector<Plot>& plots) {
  std::vector<Silence> silences;
  for (const Plot& plot : plots) {
    if (plot.kind->need == Need::silence) silences.push_back({plot.areas.front(), plot.start, plot.start + kSilence});
  }
  std::sort(silences.begin(), silences.end(),
            [](const Silence& a, const Silence& b) { return std::tie(a.area, a.from) < std::tie(b.area, b.from); });
  return silences;
}

}  // namespace kentongan::scenario
