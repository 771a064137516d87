// SPDX-License-Identifier: Apache-2.0
// Every field of every event: found by its path, read from an event that has it, missing from one that has not.
#include "domain/fields.hpp"

#include <fmt/format.h>
// Designated initialisers name what matters; g++ 12 warns of the rest.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <set>
#include <string>

namespace kentongan {
namespace {

Reference one_city() {
  Reference reference;
  const auto zone = std::make_shared<const LocalZone>(
      "Asia/Jakarta", std::vector<LocalZone::Transition>{{TimePoint{}, std::chrono::hours(7)}});
  for (const char* code : {"35.73", "35.73.02", "35.73.02.1004"}) {
    Place place;
    place.code = code;
    place.zone = zone;
    reference.places.push_back(place);
  }
  reference.cities = {PlaceId{0}};
  reference.categories = builtin_categories();
  reference.sites = {{"store", "Gudang KPU", PlaceId{2}, "logistics", std::nullopt}};
  reference.build_indexes();
  return reference;
}

constexpr std::array<PlaceId, 2> kAreas{PlaceId{2}, PlaceId{1}};
constexpr TimePoint kTime{std::chrono::hours(24)};

/// An event of each type with every field set.
std::vector<Event> full_events(const Reference& reference) {
  Report report{.area = PlaceId{2}, .rw = "03", .tps = "012", .site = "store"};
  report.kind = ReportKind::recommendation;
  report.athg = Athg::hindrance;
  report.category = reference.find_category("hoax");
  report.severity = 4;
  report.source = 'B';
  report.content = 2;
  report.reporter = Actor{"a1", "rw"};
  report.household = "h1";
  report.crowd = 20;
  report.location = GeoPoint{-7.5, 112.5};
  report.status = ReportStatus::verified;
  report.corrects = "r-0";
  report.corrects_source = "/other";
  report.text = "teks";
  report.recommendation = "saran";
  Campaign campaign{
      .campaign = "c-1", .status = CampaignStatus::changed, .party = "P1", .method = CampaignMethod::debate};
  campaign.areas = kAreas;
  campaign.venue = "Stadion";
  campaign.location = GeoPoint{-8, 113};
  campaign.radius_m = 300;
  campaign.starts_at = kTime;
  campaign.ends_at = kTime + std::chrono::hours(1);
  campaign.crowd = 5000;
  campaign.notice_number = "STTP/12";
  campaign.notice_date = parse_day("2024-10-25");
  Consignment consignment{.consignment = "k-1",
                          .area = PlaceId{1},
                          .goods = "boxes",
                          .quantity = 12,
                          .seals_expected = 11,
                          .seals_intact = 10,
                          .from = "35.73",
                          .to = "35.73.02",
                          .tps = "001",
                          .step = ConsignmentStep::opened,
                          .due_at = kTime};
  Readiness readiness{.area = PlaceId{2},
                      .tps = "007",
                      .police = 1,
                      .linmas = 2,
                      .kpps = 3,
                      .witnesses = 4,
                      .power = true,
                      .network = false,
                      .location = GeoPoint{-1, 1},
                      .voters = 5,
                      .eligible = 6,
                      .without_card = 70};
  Action action{.alert = "35.73-x",
                .action = ActionKind::snooze,
                .actor = {"o-1", "lurah"},
                .assignee = "o-2",
                .until = kTime,
                .note = "catatan"};
  return {Event{"e", "/s", kTime, PlaceId{0}, report}, Event{"e", "/s", kTime, PlaceId{0}, campaign},
          Event{"e", "/s", kTime, PlaceId{0}, consignment}, Event{"e", "/s", kTime, PlaceId{0}, readiness},
          Event{"e", "/s", kTime, PlaceId{0}, action}};
}

std::string text_of(const FieldValue& value, const Reference& reference) {
  switch (value.kind) {
    case FieldValue::Kind::missing:
      return "missing";
    case FieldValue::Kind::boolean:
      return value.boolean ? "true" : "false";
    case FieldValue::Kind::integer:
      return fmt::format("int {}", value.integer);
    case FieldValue::Kind::number:
      return fmt::format("number {}", value.number);
    case FieldValue::Kind::text:
      return std::string(value.text);
    case FieldValue::Kind::time:
      return format_rfc3339(value.time, std::chrono::hours(7));
    case FieldValue::Kind::texts:
      break;
  }
  std::string text = "[";
  for (const PlaceId place : value.places) text += reference.place(place).code + ";";
  return text + "]";
}

struct Case {
  EventType event;
  std::string_view path, value;
  int code;  ///< small number, -1: none
};

constexpr int kNone = -1;
constexpr auto kReport = EventType::report;
constexpr auto kCampaign = EventType::campaign;
constexpr auto kConsignment = EventType::consignment;
constexpr auto kReadiness = EventType::readiness;
constexpr auto kAction = EventType::action;

constexpr Case kCases[] = {
    {kReport, "area", "35.73.02.1004", kNone},
    {kReport, "rw", "03", kNone},
    {kReport, "tps", "012", kNone},
    {kReport, "site", "store", kNone},
    {kReport, "site.kind", "logistics", kNone},
    {kReport, "site.name", "Gudang KPU", kNone},
    {kReport, "kind", "recommendation", 2},
    {kReport, "athg", "hindrance", 2},
    {kReport, "category", "hoax", 5},
    {kReport, "severity", "int 4", 4},
    {kReport, "source", "B", 1},
    {kReport, "content", "int 2", 2},
    {kReport, "reporter.ref", "a1", kNone},
    {kReport, "reporter.role", "rw", kNone},
    {kReport, "reporter.household", "h1", kNone},
    {kReport, "crowd", "int 20", 20},
    {kReport, "location.lat", "number -7.5", kNone},
    {kReport, "location.lon", "number 112.5", kNone},
    {kReport, "status", "verified", 1},
    {kReport, "corrects", "r-0", kNone},
    {kReport, "corrects_source", "/other", kNone},
    {kReport, "text", "teks", kNone},
    {kReport, "recommendation", "saran", kNone},
    {kCampaign, "campaign", "c-1", kNone},
    {kCampaign, "status", "changed", 1},
    {kCampaign, "party", "P1", kNone},
    {kCampaign, "method", "debate", 4},
    {kCampaign, "areas", "[35.73.02.1004;35.73.02;]", kNone},
    {kCampaign, "venue", "Stadion", kNone},
    {kCampaign, "location.lat", "number -8", kNone},
    {kCampaign, "location.lon", "number 113", kNone},
    {kCampaign, "radius_m", "number 300", kNone},
    {kCampaign, "starts_at", "1970-01-02T07:00:00+07:00", kNone},
    {kCampaign, "ends_at", "1970-01-02T08:00:00+07:00", kNone},
    {kCampaign, "crowd", "int 5000", kNone},
    {kCampaign, "notice.number", "STTP/12", kNone},
    {kCampaign, "notice.date", "2024-10-25T00:00:00+07:00", kNone},
    {kConsignment, "consignment", "k-1", kNone},
    {kConsignment, "area", "35.73.02", kNone},
    {kConsignment, "goods", "boxes", kNone},
    {kConsignment, "quantity", "int 12", 12},
    {kConsignment, "seals_expected", "int 11", 11},
    {kConsignment, "seals_intact", "int 10", 10},
    {kConsignment, "from", "35.73", kNone},
    {kConsignment, "to", "35.73.02", kNone},
    {kConsignment, "tps", "001", kNone},
    {kConsignment, "step", "opened", 3},
    {kConsignment, "due_at", "1970-01-02T07:00:00+07:00", kNone},
    {kReadiness, "area", "35.73.02.1004", kNone},
    {kReadiness, "tps", "007", kNone},
    {kReadiness, "police", "int 1", 1},
    {kReadiness, "linmas", "int 2", 2},
    {kReadiness, "kpps", "int 3", 3},
    {kReadiness, "witnesses", "int 4", 4},
    {kReadiness, "power", "true", kNone},
    {kReadiness, "network", "false", kNone},
    {kReadiness, "location.lat", "number -1", kNone},
    {kReadiness, "location.lon", "number 1", kNone},
    {kReadiness, "voters", "int 5", 5},
    {kReadiness, "eligible", "int 6", 6},
    {kReadiness, "without_card", "int 70", kNone},
    {kAction, "alert", "35.73-x", kNone},
    {kAction, "action", "snooze", 6},
    {kAction, "actor.ref", "o-1", kNone},
    {kAction, "actor.role", "lurah", kNone},
    {kAction, "assignee", "o-2", kNone},
    {kAction, "until", "1970-01-02T07:00:00+07:00", kNone},
    {kAction, "note", "catatan", kNone},
};
static_assert(std::size(kCases) == kFields, "every field has a line");

TEST(Fields, EachIsFoundAndReadFromItsEvent) {
  const Reference reference = one_city();
  const auto events = full_events(reference);
  std::set<FieldId> found;
  for (const Case& one : kCases) {
    const std::string path = fmt::format("{}.{}", word_of(one.event), one.path);
    SCOPED_TRACE(path);
    const auto id = find_field(one.event, one.path);
    ASSERT_TRUE(id);
    EXPECT_EQ(find_field(one.event, path), id);
    EXPECT_TRUE(found.insert(*id).second);
    EXPECT_EQ(spec_of(*id).path, one.path);
    EXPECT_EQ(spec_of(*id).event, one.event);
    EXPECT_FALSE(spec_of(*id).title.empty());
    for (const Event& event : events) {
      const bool own = event.type() == one.event;
      EXPECT_EQ(text_of(field_value(event, *id, reference), reference), own ? one.value : "missing");
      EXPECT_EQ(field_code(event, *id), own ? one.code : kNone);
    }
    EXPECT_EQ(spec_of(*id).words.empty(), spec_of(*id).type != FieldType::word);
  }
}

TEST(Fields, WhatAnEventLacksIsMissing) {
  const Reference reference = one_city();
  const std::vector<Event> empty{
      Event{"e", "/s", kTime, PlaceId{0}, Report{.area = PlaceId{2}}},
      Event{"e", "/s", kTime, PlaceId{0}, Campaign{.campaign = "c", .areas = kAreas}},
      Event{"e", "/s", kTime, PlaceId{0}, Consignment{.consignment = "k", .area = PlaceId{2}}},
      Event{"e", "/s", kTime, PlaceId{0}, Readiness{.area = PlaceId{2}}},
      Event{"e", "/s", kTime, PlaceId{0}, Action{.alert = "35.73-x", .actor = {"o", {}}}}};
  for (const FieldSpec& spec : all_fields()) {
    const Event& event = empty[static_cast<std::size_t>(spec.event)];
    const bool missing = field_value(event, spec.id, reference).missing();
    if (spec.optional) {
      EXPECT_TRUE(missing) << spec.path;
      EXPECT_EQ(field_code(event, spec.id), kNone) << spec.path;
    }
  }
}

TEST(Fields, UnknownPathsAreNotFound) {
  for (const std::string_view path : {"", ".", "severit", "severity.", "report.", "campaign.party",
                                      "report.report.severity", "reporter", "location", "site.", "REPORT.severity"}) {
    EXPECT_FALSE(find_field(EventType::report, path)) << path;
  }
}

TEST(Words, EachReadsBackAsItself) {
  for (std::size_t i = 0; i < Words<ActionKind>::list.size(); ++i) {
    EXPECT_EQ(from_word<ActionKind>(word_of(static_cast<ActionKind>(i))), static_cast<ActionKind>(i));
  }
  EXPECT_FALSE(from_word<ReportStatus>("Refuted"));
  EXPECT_EQ(type_named("kentongan.readiness.v1"), EventType::readiness);
  EXPECT_FALSE(type_named("kentongan.readiness.v2"));
  EXPECT_EQ(level_named("awas"), Level::awas);
  EXPECT_FALSE(level_named("AWAS"));
}

}  // namespace
}  // namespace kentongan
