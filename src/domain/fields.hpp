// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/reference.hpp"

namespace kentongan {

/// Every field of every event's `data` that a rule may name, in one table: the source for `match`,
/// `per`, `distinct`, messages, the checker's hints, and later for CEL and the editor schema.
enum class FieldId : std::uint8_t {
  report_area,
  report_rw,
  report_tps,
  report_site,
  report_site_kind,
  report_site_name,
  report_kind,
  report_athg,
  report_category,
  report_severity,
  report_source,
  report_content,
  report_reporter_ref,
  report_reporter_role,
  report_reporter_household,
  report_crowd,
  report_location_lat,
  report_location_lon,
  report_status,
  report_corrects,
  report_corrects_source,
  report_text,
  report_recommendation,
  campaign_campaign,
  campaign_status,
  campaign_party,
  campaign_method,
  campaign_areas,
  campaign_venue,
  campaign_location_lat,
  campaign_location_lon,
  campaign_radius_m,
  campaign_starts_at,
  campaign_ends_at,
  campaign_crowd,
  campaign_notice_number,
  campaign_notice_date,
  consignment_consignment,
  consignment_area,
  consignment_goods,
  consignment_quantity,
  consignment_seals_expected,
  consignment_seals_intact,
  consignment_from,
  consignment_to,
  consignment_tps,
  consignment_step,
  consignment_due_at,
  readiness_area,
  readiness_tps,
  readiness_police,
  readiness_linmas,
  readiness_kpps,
  readiness_witnesses,
  readiness_power,
  readiness_network,
  readiness_location_lat,
  readiness_location_lon,
  readiness_voters,
  readiness_eligible,
  readiness_without_card,
  action_alert,
  action_action,
  action_actor_ref,
  action_actor_role,
  action_assignee,
  action_until,
  action_note,
};
inline constexpr std::size_t kFields = static_cast<std::size_t>(FieldId::action_note) + 1;

enum class FieldType : std::uint8_t { text, word, code, codes, category, integer, number, boolean, time, day };

struct FieldSpec {
  FieldId id;
  EventType event;
  std::string_view path;                    ///< without the event's name: "reporter.ref"
  FieldType type;                           ///< word: a closed vocabulary; code(s): place codes; day: a local date
  bool optional;                            ///< may be missing in a valid event
  std::span<const std::string_view> words;  ///< of a word field
  std::string_view title;                   ///< one English line for docs and hints
};

[[nodiscard]] std::span<const FieldSpec> all_fields();
/// The pseudonym of a person or household that reported: a rule may count them, not look for one or show one.
[[nodiscard]] constexpr bool tells_reporter(FieldId id) {
  return id == FieldId::report_reporter_ref || id == FieldId::report_reporter_household;
}
[[nodiscard]] const FieldSpec& spec_of(FieldId id);
/// "report.reporter.ref" or "reporter.ref", of an event of this type.
[[nodiscard]] std::optional<FieldId> find_field(EventType event, std::string_view path);

/// The value of a field at run time. A view, as Event is. Codes, words and categories are texts.
struct FieldValue {
  enum class Kind : std::uint8_t { missing, boolean, integer, number, text, time, texts };
  Kind kind = Kind::missing;
  union {
    bool boolean;
    std::int64_t integer;
    double number;
    TimePoint time;
    std::span<const PlaceId> places;  ///< of kind texts: codes of these places
  };
  std::string_view text;

  FieldValue() : integer(0) {}
  static FieldValue of(bool v) {
    FieldValue f;
    f.kind = Kind::boolean;
    f.boolean = v;
    return f;
  }
  static FieldValue of(std::int64_t v) {
    FieldValue f;
    f.kind = Kind::integer;
    f.integer = v;
    return f;
  }
  static FieldValue of(double v) {
    FieldValue f;
    f.kind = Kind::number;
    f.number = v;
    return f;
  }
  static FieldValue of(TimePoint v) {
    FieldValue f;
    f.kind = Kind::time;
    f.time = v;
    return f;
  }
  static FieldValue of(std::string_view v) {
    FieldValue f;
    f.kind = Kind::text;
    f.text = v;
    return f;
  }
  static FieldValue of(std::span<const PlaceId> v) {
    FieldValue f;
    f.kind = Kind::texts;
    f.places = v;
    return f;
  }
  [[nodiscard]] bool missing() const noexcept { return kind == Kind::missing; }
};

/// Missing when the event is of another type. A `day` is the moment of its local midnight in the city's zone.
[[nodiscard]] FieldValue field_value(const Event& event, FieldId id, const Reference& reference);

/// The small number behind a word or category field, or an integer field's value when it is 0 to 62,
/// so that a set of allowed values fits one 64-bit mask; `source` A..F is 0..5. -1: missing or too large.
[[nodiscard]] int field_code(const Event& event, FieldId id);

}  // namespace kentongan
