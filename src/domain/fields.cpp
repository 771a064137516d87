// SPDX-License-Identifier: Apache-2.0
#include "domain/fields.hpp"

#include <array>

namespace kentongan {
namespace {

constexpr std::array<std::string_view, 6> kSourceWords{"A", "B", "C", "D", "E", "F"};

// clang-format off
constexpr std::array<FieldSpec, kFields> kSpecs{{
    {FieldId::report_area, EventType::report, "area", FieldType::code, false, {}, "Kelurahan of the report"},
    {FieldId::report_rw, EventType::report, "rw", FieldType::text, true, {}, "RW (neighbourhood unit)"},
    {FieldId::report_tps, EventType::report, "tps", FieldType::text, true, {}, "Polling station, three digits"},
    {FieldId::report_site, EventType::report, "site", FieldType::text, true, {}, "Site of the reference data"},
    {FieldId::report_site_kind, EventType::report, "site.kind", FieldType::text, true, {}, "Kind of the report's known site"},
    {FieldId::report_site_name, EventType::report, "site.name", FieldType::text, true, {}, "Name of the report's known site"},
    {FieldId::report_kind, EventType::report, "kind", FieldType::word, false, Words<ReportKind>::list, "Incident, information or recommendation"},
    {FieldId::report_athg, EventType::report, "athg", FieldType::word, true, Words<Athg>::list, "Threat, challenge, hindrance or disturbance"},
    {FieldId::report_category, EventType::report, "category", FieldType::category, true, {}, "Category of the taxonomy"},
    {FieldId::report_severity, EventType::report, "severity", FieldType::integer, true, {}, "Severity, 1 to 5"},
    {FieldId::report_source, EventType::report, "source", FieldType::word, false, kSourceWords, "Reliability of the source, A to F"},
    {FieldId::report_content, EventType::report, "content", FieldType::integer, false, {}, "Credibility of the content, 1 to 6"},
    {FieldId::report_reporter_ref, EventType::report, "reporter.ref", FieldType::text, true, {}, "Pseudonym of the reporter"},
    {FieldId::report_reporter_role, EventType::report, "reporter.role", FieldType::text, true, {}, "Role of the reporter"},
    {FieldId::report_reporter_household, EventType::report, "reporter.household", FieldType::text, true, {}, "Pseudonym of the reporter's household"},
    {FieldId::report_crowd, EventType::report, "crowd", FieldType::integer, true, {}, "Size of the crowd"},
    {FieldId::report_location_lat, EventType::report, "location.lat", FieldType::number, true, {}, "Latitude, degrees"},
    {FieldId::report_location_lon, EventType::report, "location.lon", FieldType::number, true, {}, "Longitude, degrees"},
    {FieldId::report_status, EventType::report, "status", FieldType::word, false, Words<ReportStatus>::list, "Unverified, verified or refuted"},
    {FieldId::report_corrects, EventType::report, "corrects", FieldType::text, true, {}, "Id of the report that this one corrects"},
    {FieldId::report_corrects_source, EventType::report, "corrects_source", FieldType::text, true, {}, "Source of the report that this one corrects"},
    {FieldId::report_text, EventType::report, "text", FieldType::text, true, {}, "Free text"},
    {FieldId::report_recommendation, EventType::report, "recommendation", FieldType::text, true, {}, "Recommendation of the reporter"},
    {FieldId::campaign_campaign, EventType::campaign, "campaign", FieldType::text, false, {}, "Id of the campaign entry"},
    {FieldId::campaign_status, EventType::campaign, "status", FieldType::word, false, Words<CampaignStatus>::list, "Planned, changed or cancelled"},
    {FieldId::campaign_party, EventType::campaign, "party", FieldType::text, true, {}, "Party, compared only with other parties in clash rules"},
    {FieldId::campaign_method, EventType::campaign, "method", FieldType::word, true, Words<CampaignMethod>::list, "How the campaign takes place"},
    {FieldId::campaign_areas, EventType::campaign, "areas", FieldType::codes, false, {}, "Kelurahan and kecamatan it touches"},
    {FieldId::campaign_venue, EventType::campaign, "venue", FieldType::text, true, {}, "Venue"},
    {FieldId::campaign_location_lat, EventType::campaign, "location.lat", FieldType::number, true, {}, "Latitude, degrees"},
    {FieldId::campaign_location_lon, EventType::campaign, "location.lon", FieldType::number, true, {}, "Longitude, degrees"},
    {FieldId::campaign_radius_m, EventType::campaign, "radius_m", FieldType::number, true, {}, "Radius around the location, metres"},
    {FieldId::campaign_starts_at, EventType::campaign, "starts_at", FieldType::time, true, {}, "Start"},
    {FieldId::campaign_ends_at, EventType::campaign, "ends_at", FieldType::time, true, {}, "End"},
    {FieldId::campaign_crowd, EventType::campaign, "crowd", FieldType::integer, true, {}, "Expected crowd"},
    {FieldId::campaign_notice_number, EventType::campaign, "notice.number", FieldType::text, true, {}, "Number of the notice to the police (STTP)"},
    {FieldId::campaign_notice_date, EventType::campaign, "notice.date", FieldType::day, true, {}, "Date of the notice to the police"},
    {FieldId::consignment_consignment, EventType::consignment, "consignment", FieldType::text, false, {}, "Id of the consignment"},
    {FieldId::consignment_area, EventType::consignment, "area", FieldType::code, false, {}, "Place where the step took place"},
    {FieldId::consignment_goods, EventType::consignment, "goods", FieldType::text, true, {}, "Kind of goods"},
    {FieldId::consignment_quantity, EventType::consignment, "quantity", FieldType::integer, true, {}, "Quantity"},
    {FieldId::consignment_seals_expected, EventType::consignment, "seals_expected", FieldType::integer, true, {}, "Seals expected"},
    {FieldId::consignment_seals_intact, EventType::consignment, "seals_intact", FieldType::integer, true, {}, "Seals found intact"},
    {FieldId::consignment_from, EventType::consignment, "from", FieldType::text, true, {}, "Sender"},
    {FieldId::consignment_to, EventType::consignment, "to", FieldType::text, true, {}, "Receiver"},
    {FieldId::consignment_tps, EventType::consignment, "tps", FieldType::text, true, {}, "Polling station, three digits"},
    {FieldId::consignment_step, EventType::consignment, "step", FieldType::word, false, Words<ConsignmentStep>::list, "Step in the chain of custody"},
    {FieldId::consignment_due_at, EventType::consignment, "due_at", FieldType::time, true, {}, "When it is due"},
    {FieldId::readiness_area, EventType::readiness, "area", FieldType::code, false, {}, "Kelurahan"},
    {FieldId::readiness_tps, EventType::readiness, "tps", FieldType::text, true, {}, "Polling station, three digits"},
    {FieldId::readiness_police, EventType::readiness, "police", FieldType::integer, true, {}, "Police officers present"},
    {FieldId::readiness_linmas, EventType::readiness, "linmas", FieldType::integer, true, {}, "Linmas members present"},
    {FieldId::readiness_kpps, EventType::readiness, "kpps", FieldType::integer, true, {}, "KPPS members present"},
    {FieldId::readiness_witnesses, EventType::readiness, "witnesses", FieldType::integer, true, {}, "Witnesses present"},
    {FieldId::readiness_power, EventType::readiness, "power", FieldType::boolean, true, {}, "Whether there is power"},
    {FieldId::readiness_network, EventType::readiness, "network", FieldType::boolean, true, {}, "Whether there is a network"},
    {FieldId::readiness_location_lat, EventType::readiness, "location.lat", FieldType::number, true, {}, "Latitude, degrees"},
    {FieldId::readiness_location_lon, EventType::readiness, "location.lon", FieldType::number, true, {}, "Longitude, degrees"},
    {FieldId::readiness_voters, EventType::readiness, "voters", FieldType::integer, true, {}, "Registered voters"},
    {FieldId::readiness_eligible, EventType::readiness, "eligible", FieldType::integer, true, {}, "Eligible voters"},
    {FieldId::readiness_without_card, EventType::readiness, "without_card", FieldType::integer, true, {}, "Eligible voters without an identity card"},
    {FieldId::action_alert, EventType::action, "alert", FieldType::text, false, {}, "Id of the alert"},
    {FieldId::action_action, EventType::action, "action", FieldType::word, false, Words<ActionKind>::list, "What the officer did"},
    {FieldId::action_actor_ref, EventType::action, "actor.ref", FieldType::text, false, {}, "Pseudonym of the officer"},
    {FieldId::action_actor_role, EventType::action, "actor.role", FieldType::text, true, {}, "Role of the officer"},
    {FieldId::action_assignee, EventType::action, "assignee", FieldType::text, true, {}, "To whom it is assigned"},
    {FieldId::action_until, EventType::action, "until", FieldType::time, true, {}, "End of a snooze"},
    {FieldId::action_note, EventType::action, "note", FieldType::text, true, {}, "Note"},
}};
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFields; ++i) {
    if (static_cast<std::size_t>(kSpecs[i].id) != i) return false;
  }
  return true;
}
static_assert(in_order(), "kSpecs must stand in the order of FieldId");

FieldValue value(std::string_view text) { return FieldValue::of(text); }
FieldValue value(std::int64_t number) { return FieldValue::of(number); }
FieldValue value(std::uint8_t number) { return FieldValue::of(std::int64_t{number}); }
FieldValue value(double number) { return FieldValue::of(number); }
FieldValue value(bool truth) { return FieldValue::of(truth); }
FieldValue value(TimePoint time) { return FieldValue::of(time); }

template <class T>
FieldValue value(const std::optional<T>& field) {
  return field ? value(*field) : FieldValue{};
}
FieldValue lat(const std::optional<GeoPoint>& point) { return point ? value(point->lat) : FieldValue{}; }
FieldValue lon(const std::optional<GeoPoint>& point) { return point ? value(point->lon) : FieldValue{}; }

FieldValue site_value(const Report& r, const Reference& reference, std::string Site::*part) {
  if (!r.site) return {};
  for (const Site& site : reference.sites) {
    if (site.id == *r.site) return value(std::string_view(site.*part));
  }
  return {};
}

FieldValue report_value(const Report& r, FieldId id, const Reference& reference) {
  switch (id) {
    case FieldId::report_area:
      return value(std::string_view(reference.place(r.area).code));
    case FieldId::report_rw:
      return value(r.rw);
    case FieldId::report_tps:
      return value(r.tps);
    case FieldId::report_site:
      return value(r.site);
    case FieldId::report_site_kind:
      return site_value(r, reference, &Site::kind);
    case FieldId::report_site_name:
      return site_value(r, reference, &Site::name);
    case FieldId::report_kind:
      return value(word_of(r.kind));
    case FieldId::report_athg:
      return r.athg ? value(word_of(*r.athg)) : FieldValue{};
    case FieldId::report_category:
      return r.category ? value(reference.category_name(*r.category)) : FieldValue{};
    case FieldId::report_severity:
      return value(r.severity);
    case FieldId::report_source:
      return value(kSourceWords[static_cast<std::size_t>(r.source - 'A')]);
    case FieldId::report_content:
      return value(r.content);
    case FieldId::report_reporter_ref:
      return r.reporter ? value(r.reporter->ref) : FieldValue{};
    case FieldId::report_reporter_role:
      return r.reporter ? value(r.reporter->role) : FieldValue{};
    case FieldId::report_reporter_household:
      return value(r.household);
    case FieldId::report_crowd:
      return value(r.crowd);
    case FieldId::report_location_lat:
      return lat(r.location);
    case FieldId::report_location_lon:
      return lon(r.location);
    case FieldId::report_status:
      return value(word_of(r.status));
    case FieldId::report_corrects:
      return value(r.corrects);
    case FieldId::report_corrects_source:
      return value(r.corrects_source);
    case FieldId::report_text:
      return value(r.text);
    case FieldId::report_recommendation:
      return value(r.recommendation);
    default:
      return {};
  }
}

FieldValue campaign_value(const Campaign& c, FieldId id, const LocalZone& zone) {
  switch (id) {
    case FieldId::campaign_campaign:
      return value(c.campaign);
    case FieldId::campaign_status:
      return value(word_of(c.status));
    case FieldId::campaign_party:
      return value(c.party);
    case FieldId::campaign_method:
      return c.method ? value(word_of(*c.method)) : FieldValue{};
    case FieldId::campaign_areas:
      return FieldValue::of(c.areas);
    case FieldId::campaign_venue:
      return value(c.venue);
    case FieldId::campaign_location_lat:
      return lat(c.location);
    case FieldId::campaign_location_lon:
      return lon(c.location);
    case FieldId::campaign_radius_m:
      return value(c.radius_m);
    case FieldId::campaign_starts_at:
      return value(c.starts_at);
    case FieldId::campaign_ends_at:
      return value(c.ends_at);
    case FieldId::campaign_crowd:
      return value(c.crowd);
    case FieldId::campaign_notice_number:
      return value(c.notice_number);
    case FieldId::campaign_notice_date:
      return c.notice_date ? value(zone.moment(*c.notice_date)) : FieldValue{};
    default:
      return {};
  }
}

FieldValue consignment_value(const Consignment& c, FieldId id, const Reference& reference) {
  switch (id) {
    case FieldId::consignment_consignment:
      return value(c.consignment);
    case FieldId::consignment_area:
      return value(std::string_view(reference.place(c.area).code));
    case FieldId::consignment_goods:
      return value(c.goods);
    case FieldId::consignment_quantity:
      return value(c.quantity);
    case FieldId::consignment_seals_expected:
      return value(c.seals_expected);
    case FieldId::consignment_seals_intact:
      return value(c.seals_intact);
    case FieldId::consignment_from:
      return value(c.from);
    case FieldId::consignment_to:
      return value(c.to);
    case FieldId::consignment_tps:
      return value(c.tps);
    case FieldId::consignment_step:
      return value(word_of(c.step));
    case FieldId::consignment_due_at:
      return value(c.due_at);
    default:
      return {};
  }
}

FieldValue readiness_value(const Readiness& r, FieldId id, const Reference& reference) {
  switch (id) {
    case FieldId::readiness_area:
      return value(std::string_view(reference.place(r.area).code));
    case FieldId::readiness_tps:
      return value(r.tps);
    case FieldId::readiness_police:
      return value(r.police);
    case FieldId::readiness_linmas:
      return value(r.linmas);
    case FieldId::readiness_kpps:
      return value(r.kpps);
    case FieldId::readiness_witnesses:
      return value(r.witnesses);
    case FieldId::readiness_power:
      return value(r.power);
    case FieldId::readiness_network:
      return value(r.network);
    case FieldId::readiness_location_lat:
      return lat(r.location);
    case FieldId::readiness_location_lon:
      return lon(r.location);
    case FieldId::readiness_voters:
      return value(r.voters);
    case FieldId::readiness_eligible:
      return value(r.eligible);
    case FieldId::readiness_without_card:
      return value(r.without_card);
    default:
      return {};
  }
}

FieldValue action_value(const Action& a, FieldId id) {
  switch (id) {
    case FieldId::action_alert:
      return value(a.alert);
    case FieldId::action_action:
      return value(word_of(a.action));
    case FieldId::action_actor_ref:
      return value(a.actor.ref);
    case FieldId::action_actor_role:
      return value(a.actor.role);
    case FieldId::action_assignee:
      return value(a.assignee);
    case FieldId::action_until:
      return value(a.until);
    case FieldId::action_note:
      return value(a.note);
    default:
      return {};
  }
}

}  // namespace

std::span<const FieldSpec> all_fields() { return kSpecs; }

const FieldSpec& spec_of(FieldId id) { return kSpecs[static_cast<std::size_t>(id)]; }

std::optional<FieldId> find_field(EventType event, std::string_view path) {
  const std::string_view prefix = word_of(event);
  if (path.size() > prefix.size() && path.starts_with(prefix) && path[prefix.size()] == '.') {
    path.remove_prefix(prefix.size() + 1);
  }
  for (const FieldSpec& spec : kSpecs) {
    if (spec.event == event && spec.path == path) return spec.id;
  }
  return std::nullopt;
}

FieldValue field_value(const Event& event, FieldId id, const Reference& reference) {
  switch (event.type()) {
    case EventType::report:
      return report_value(std::get<Report>(event.data), id, reference);
    case EventType::campaign:
      return campaign_value(std::get<Campaign>(event.data), id, *reference.place(event.city).zone);
    case EventType::consignment:
      return consignment_value(std::get<Consignment>(event.data), id, reference);
    case EventType::readiness:
      return readiness_value(std::get<Readiness>(event.data), id, reference);
    case EventType::action:
      return action_value(std::get<Action>(event.data), id);
  }
  return {};
}

namespace {

int small(std::int64_t number) { return number >= 0 && number <= 62 ? static_cast<int>(number) : -1; }
int small(const std::optional<std::int64_t>& number) { return number ? small(*number) : -1; }
template <class Enum>
int code(Enum word) {
  return static_cast<int>(word);
}
template <class Enum>
int code(const std::optional<Enum>& word) {
  return word ? static_cast<int>(*word) : -1;
}

int report_code(const Report& r, FieldId id) {
  switch (id) {
    case FieldId::report_kind:
      return code(r.kind);
    case FieldId::report_athg:
      return code(r.athg);
    case FieldId::report_category:
      return r.category ? small(r.category->value()) : -1;
    case FieldId::report_severity:
      return r.severity ? small(*r.severity) : -1;
    case FieldId::report_source:
      return r.source - 'A';
    case FieldId::report_content:
      return small(r.content);
    case FieldId::report_crowd:
      return small(r.crowd);
    case FieldId::report_status:
      return code(r.status);
    default:
      return -1;
  }
}

int campaign_code(const Campaign& c, FieldId id) {
  switch (id) {
    case FieldId::campaign_status:
      return code(c.status);
    case FieldId::campaign_method:
      return code(c.method);
    case FieldId::campaign_crowd:
      return small(c.crowd);
    default:
      return -1;
  }
}

int consignment_code(const Consignment& c, FieldId id) {
  switch (id) {
    case FieldId::consignment_quantity:
      return small(c.quantity);
    case FieldId::consignment_seals_expected:
      return small(c.seals_expected);
    case FieldId::consignment_seals_intact:
      return small(c.seals_intact);
    case FieldId::consignment_step:
      return code(c.step);
    default:
      return -1;
  }
}

int readiness_code(const Readiness& r, FieldId id) {
  switch (id) {
    case FieldId::readiness_police:
      return small(r.police);
    case FieldId::readiness_linmas:
      return small(r.linmas);
    case FieldId::readiness_kpps:
      return small(r.kpps);
    case FieldId::readiness_witnesses:
      return small(r.witnesses);
    case FieldId::readiness_voters:
      return small(r.voters);
    case FieldId::readiness_eligible:
      return small(r.eligible);
    case FieldId::readiness_without_card:
      return small(r.without_card);
    default:
      return -1;
  }
}

}  // namespace

int field_code(const Event& event, FieldId id) {
  switch (event.type()) {
    case EventType::report:
      return report_code(std::get<Report>(event.data), id);
    case EventType::campaign:
      return campaign_code(std::get<Campaign>(event.data), id);
    case EventType::consignment:
      return consignment_code(std::get<Consignment>(event.data), id);
    case EventType::readiness:
      return readiness_code(std::get<Readiness>(event.data), id);
    case EventType::action:
      return id == FieldId::action_action ? code(std::get<Action>(event.data).action) : -1;
  }
  return -1;
}

}  // namespace kentongan
