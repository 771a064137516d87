// SPDX-License-Identifier: Apache-2.0
// cities.csv: what cities are called, which areas.csv does not say.
#include <set>

#include "rules/reference_parts.hpp"
#include "rules/said/say.hpp"

namespace kentongan::rules {

void read_cities(Reference& reference, Findings& findings) {
  ReferenceTable table(findings, {"code", "name"}, {});
  std::set<PlaceId> seen;
  while (table.next()) {
    const auto city = place_in(table, "code", reference);
    auto name = table.text("name");
    if (!city || !name) continue;
    kentongan::Place& place = reference.places[city->value()];
    if (place.kind != PlaceKind::city) {
      table.error("code", "bad-code", say("`{}` is not the code of a city", place.code), "write PP.KK, such as 35.73");
    } else if (!seen.insert(*city).second) {
      table.error("code", "duplicate", say("city `{}` stands here twice", place.code), "keep one of the lines");
    } else {
      place.name = std::move(*name);
    }
  }
}

}  // namespace kentongan::rules
