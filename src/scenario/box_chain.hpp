// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "domain/event.hpp"
#include "scenario/timetable.hpp"

namespace kentongan::scenario {

/// The way of a kelurahan's ballot boxes: from the city's store through the kecamatan to the kelurahan, opened at
/// the polling stations, and back to the kecamatan after counting. Routine and stories share it.
struct ChainStep {
  ConsignmentStep step;
  enum class Where : std::uint8_t { city, district, area } where;
  int day;     ///< from voting day
  int minute;  ///< since midnight: the beginning of the time in which all kelurahan do it
  int span;    ///< minutes, so long does it take until the last has done it
  bool due;    ///< names when it must have arrived: four hours later
};

inline constexpr std::array<ChainStep, 7> kBoxChain{{
    {ConsignmentStep::packed, ChainStep::Where::city, -9, 8 * 60, 8 * 60, false},
    {ConsignmentStep::dispatched, ChainStep::Where::city, -4, 7 * 60, 6 * 60, true},
    {ConsignmentStep::arrived, ChainStep::Where::district, -4, 8 * 60 + 10, 6 * 60, false},
    {ConsignmentStep::dispatched, ChainStep::Where::district, -1, 7 * 60, 6 * 60, true},
    {ConsignmentStep::arrived, ChainStep::Where::area, -1, 7 * 60 + 50, 6 * 60, false},
    {ConsignmentStep::opened, ChainStep::Where::area, 0, 6 * 60, 45, false},
    {ConsignmentStep::returned, ChainStep::Where::district, 0, 17 * 60, 5 * 60, false},
}};

/// Where a step takes place for the boxes of this kelurahan.
[[nodiscard]] PlaceId place_of(const ChainStep& step, PlaceId area, const Reference& reference);

/// One step without id and quantities; `area` is the kelurahan that the boxes are for.
[[nodiscard]] Consignment chain_event(const ChainStep& step, PlaceId area, const Reference& reference, TimePoint time);

}  // namespace kentongan::scenario
