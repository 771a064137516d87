// SPDX-License-Identifier: Apache-2.0
#include "scenario/setting.hpp"

#include <algorithm>
#include <stdexcept>

namespace kentongan::scenario {
Setting::Setting(const Reference& facts, const Options& wanted)
    : reference(facts), options(wanted), timetable(facts, wanted.days) {
  first_station.push_back(0);
  for (const PlaceId city : reference.cities) {
    for (const PlaceId area : reference.place(city).areas) {
      areas.push_back(area);
      const auto stations = reference.polling_stations.find(area);
      first_station.push_back(first_station.back() +
                              (stations == reference.polling_stations.end() ? 0 : stations->second.size()));
    }
  }
  for (const std::string_view name : kOffices) {
    Office office{name, {}};
    for (const PlaceId city : reference.cities) {
      office.by_city.push_back("/" + std::string(name) + "/" + reference.place(city).code);
    }
    offices_.push_back(std::move(office));
  }
}

CategoryId Setting::category(std::string_view id) const {
  const auto found = reference.find_category(id);
  if (!found) throw std::logic_error("the reference data lack the built-in category " + std::string(id));
  return *found;
}

Voice Setting::voice(PlaceId area, std::string_view role, std::uint32_t number) const {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  Voice voice{{}, role};
  Random letters = random({Random::key(reference.place(area).code), Random::key(role), number});
  for (char& letter : voice.letters) letter = kLetters[letters.below(kLetters.size())];
  return voice;
}

Voice Setting::anybody(PlaceId area, Random& random) const {
  const std::uint32_t share = random.below(100);
  if (share < 50) return voice(area, "rt", random.below(kRtHeads));
  if (share < 80) return voice(area, "rw", random.below(kRwHeads));
  if (share < 92) return voice(area, "linmas", random.below(kLinmas));
  if (share < 97) return voice(area, "fkdm", random.below(kForum));
  return voice(area, "lurah", 0);
}

const std::string& Setting::source(PlaceId city, std::string_view office) const {
  const auto place =
      std::lower_bound(reference.cities.begin(), reference.cities.end(), city) - reference.cities.begin();
  for (const Office& known : offices_) {
    if (known.name == office) return known.by_city[static_cast<std::size_t>(place)];
  }
  throw std::logic_error("no such office: " + std::string(office));
}

}  // namespace kentongan::scenario
