// SPDX-License-Identifier: Apache-2.0
#include "domain/output.hpp"

#include <array>
#include <cstddef>

namespace kentongan {
namespace {

template <class Enum, std::size_t N>
std::string_view pick(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name_of(ScopeKind kind) {
  static constexpr std::array<std::string_view, 11> names{
      "area",          "district", "city",         "consignment", "polling_station", "campaign",
      "campaign_pair", "area_day", "district_day", "city_day",    "fields"};
  return pick(names, kind);
}

std::string_view name_of(AlertStepKind step) {
  static constexpr std::array<std::string_view, 12> names{"fired",        "raised",    "escalated", "reminded",
                                                          "acknowledged", "confirmed", "assigned",  "mitigated",
                                                          "snoozed",      "resolved",  "expired",   "withdrawn"};
  return pick(names, step);
}

std::string_view name_of(AlertState state) {
  static constexpr std::array<std::string_view, 5> names{"firing", "acknowledged", "resolved", "expired", "withdrawn"};
  return pick(names, state);
}

std::string_view name_of(RejectReason reason) {
  static constexpr std::array<std::string_view, kRejectReasons> names{
      "too_large",        "too_deep",     "malformed_json", "invalid_event", "unknown_type", "personal_data",
      "unknown_category", "unknown_area", "unknown_alert",  "too_old",       "future"};
  return pick(names, reason);
}

std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, kVerdicts> names{"applied", "duplicate", "late", "dead_letter",
                                                                 "rekeyed"};
  return pick(names, verdict);
}

}  // namespace kentongan
