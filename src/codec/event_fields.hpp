// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "codec/fields_reader.hpp"
#include "domain/event.hpp"

namespace kentongan::codec {

/// What the fields of `data` say that must still be looked up, and memory that an Event points into.
struct FieldsScratch {
  std::optional<std::string_view> category;
  std::vector<std::string_view> codes;  ///< `area`, or all of `areas`
  std::vector<GeoPoint> route;
  char tps[3] = {};
};

/// One function per type: reads every field of `data` in the order of docs/reference/events.md. Places and
/// categories are left to the caller. The first fault goes to the reader's.
void read_fields(FieldsReader& data, FieldsScratch& scratch, Report& report);
void read_fields(FieldsReader& data, FieldsScratch& scratch, Campaign& campaign);
void read_fields(FieldsReader& data, FieldsScratch& scratch, Consignment& consignment);
void read_fields(FieldsReader& data, FieldsScratch& scratch, Readiness& readiness);
void read_fields(FieldsReader& data, FieldsScratch& scratch, Action& action);

}  // namespace kentongan::codec
