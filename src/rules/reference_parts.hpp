// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "domain/reference.hpp"
#include "duty/roster.hpp"
#include "rules/reference_table.hpp"

/// The parts of load_reference(): one function per file of the reference directory. Each reads the text of
/// findings.source(), adds what it says to `reference` and what is wrong to `findings`. Those that name places
/// need Reference::build_indexes() after read_areas().
namespace kentongan::rules {

void read_areas(Reference& reference, Findings& findings);
void read_cities(Reference& reference, Findings& findings);
void read_neighbours(Reference& reference, Findings& findings);
void read_calendar(Reference& reference, Findings& findings);
void read_days(Reference& reference, Findings& findings);
void read_polling_stations(Reference& reference, Findings& findings);
void read_sites(Reference& reference, Findings& findings);
void read_categories(Reference& reference, Findings& findings);
void read_routing(Reference& reference, duty::Roster& roster, Findings& findings);
void read_roster(Reference& reference, duty::Roster& roster, Findings& findings);

[[nodiscard]] bool any_error(const Findings& findings);

/// The kelurahan, or the place of any kind, whose code stands in this column; what else stands there is told.
[[nodiscard]] std::optional<PlaceId> area_in(ReferenceTable& table, std::string_view column,
                                             const Reference& reference);
[[nodiscard]] std::optional<PlaceId> place_in(ReferenceTable& table, std::string_view column,
                                              const Reference& reference);

}  // namespace kentongan::rules
