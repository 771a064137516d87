// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reference.hpp"
#include "scenario/options.hpp"
#include "scenario/random.hpp"
#include "scenario/timetable.hpp"

namespace kentongan::scenario {

/// Somebody who reports: a keyed pseudonym, and what the person is.
struct Voice {
  std::array<char, 10> letters{};
  std::string_view role;
  [[nodiscard]] Actor actor() const { return {{letters.data(), letters.size()}, role}; }
};

/// The people of a kelurahan who report, by role: one lurah, heads of RW and RT, Linmas, and the members of
/// the forum (FKDM) who live there.
inline constexpr std::uint32_t kRwHeads = 10, kRtHeads = 75, kLinmas = 8, kForum = 2;

/// Names of kelurahan that fall silent, with the time of their silence: [from, to).
struct Silence {
  PlaceId area;
  TimePoint from, to;
};

/// What stays the same for all of a scenario. Immutable once made; the reference must outlive it.
class Setting {
 public:
  Setting(const Reference& reference, const Options& options);

  const Reference& reference;
  const Options options;
  const Timetable timetable;
  std::vector<PlaceId> areas;                ///< kelurahan of all cities, by code
  std::vector<std::uint64_t> first_station;  ///< of an area of `areas` the stations before it; one more at the end

  [[nodiscard]] std::uint64_t stations() const { return first_station.back(); }
  [[nodiscard]] Random random(std::initializer_list<std::uint64_t> keys) const {
    return Random::of(options.seed, keys);
  }
  [[nodiscard]] CategoryId category(std::string_view id) const;
  [[nodiscard]] Voice voice(PlaceId area, std::string_view role, std::uint32_t number) const;
  /// Anybody who reports from an area, the common roles more often.
  [[nodiscard]] Voice anybody(PlaceId area, Random& random) const;
  /// "/kelurahan/35.73": where reports of a city come from.
  [[nodiscard]] const std::string& source(PlaceId city, std::string_view office) const;

 private:
  struct Office {
    std::string_view name;
    std::vector<std::string> by_city;
  };
  std::vector<Office> offices_;
};

/// Offices that send events; each has an id space of its own.
inline constexpr std::array<std::string_view, 5> kOffices{"kelurahan", "kpu", "polres", "bawaslu", "dispendukcapil"};

}  // namespace kentongan::scenario
