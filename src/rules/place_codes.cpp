// SPDX-License-Identifier: Apache-2.0
#include "rules/place_codes.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "rules/certain.hpp"
#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// Beyond so many findings in a file, near codes are no longer looked for among all places.
constexpr std::size_t kMostSearches = 50;

/// The kelurahan of that name: people write `Klojen` where the code belongs.
const Place* named(const Reference& reference, std::string_view name) {
  for (const Place& place : reference.places) {
    if (edit_distance(place.name, name, 0) == 0) return &place;
  }
  return nullptr;
}

/// The one place of that name; a kecamatan and its kelurahan may share one.
const Place* only_named(const Reference& reference, std::string_view name) {
  const Place* only = nullptr;
  for (const Place& place : reference.places) {
    if (place.kind == PlaceKind::city || edit_distance(place.name, name, 0) != 0) continue;
    if (only != nullptr) return nullptr;
    only = &place;
  }
  return only;
}

}  // namespace

Text place_hint(const Reference& reference, std::string_view code) {
  if (const Place* place = named(reference, code)) {
    return say("did you mean `{}` ({})?", place->code, place->name);
  }
  std::vector<std::string_view> codes;
  for (const Place& place : reference.places) codes.push_back(place.code);
  const auto near = nearest(code, codes);
  if (!near) return TextView("use a code of areas.csv");
  return say("did you mean `{}` ({})?", *near, reference.place(*reference.find_place(*near)).name);
}

std::optional<PlaceId> read_place(Findings& findings, const Node& code, const Reference& reference) {
  if (const auto place = reference.find_place(code.text)) return place;
  const Place* only = findings.all().size() < kMostSearches ? only_named(reference, code.text) : nullptr;
  const Text hint =
      findings.all().size() < kMostSearches ? place_hint(reference, code.text) : Text("use a code of areas.csv");
  findings.error(code.offset, "unknown-area", say("there is no area `{}` in the reference data", shortened(code.text)),
                 hint, only == nullptr ? Fix{} : rename(findings.source(), code, only->code));
  return std::nullopt;
}

}  // namespace kentongan::rules
