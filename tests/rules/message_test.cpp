// SPDX-License-Identifier: Apache-2.0
#include "rules/message.hpp"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "rules/message_parser.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

class FakeFacts final : public Facts {
 public:
  FieldValue value(FieldId field) const override {
    const auto found = fields.find(field);
    return found == fields.end() ? FieldValue{} : found->second;
  }
  FieldValue value(AlertName name) const override {
    const auto found = names.find(name);
    return found == names.end() ? FieldValue{} : found->second;
  }
  const LocalZone& zone() const override { return *test_reference().places[0].zone; }
  const Reference& reference() const override { return test_reference(); }

  std::map<FieldId, FieldValue> fields;
  std::map<AlertName, FieldValue> names;
};

std::string rendered(std::string_view text, const FakeFacts& facts, EventType on = EventType::report) {
  const ParsedMessage parsed = parse_message(text, on);
  EXPECT_TRUE(parsed.problems.empty()) << text;
  return render(parsed.message, facts);
}

TEST(Message, PutsValuesIn) {
  FakeFacts facts;
  facts.names[AlertName::area_name] = FieldValue::of(std::string_view("Kiduldalem"));
  facts.names[AlertName::count] = FieldValue::of(std::int64_t{4});
  facts.names[AlertName::area_risk] = FieldValue::of(12.0);
  facts.names[AlertName::now] = FieldValue::of(*parse_rfc3339("2024-11-10T08:00:59+07:00"));
  facts.fields[FieldId::report_severity] = FieldValue::of(std::int64_t{3});
  EXPECT_EQ(rendered("Di {{ area.name }}: {{count}} laporan", facts), "Di Kiduldalem: 4 laporan");
  EXPECT_EQ(rendered("{{ area.risk }} {{ report.severity }} {{severity}}", facts), "12 3 3");
  EXPECT_EQ(rendered("{{ now }}", facts), "10 Nov 2024 08:00");
  EXPECT_EQ(rendered("a {{ crowd }} b", facts), "a ? b");
  EXPECT_EQ(rendered("}} { } {x}", facts), "}} { } {x}");
  EXPECT_EQ(rendered("", facts), "");
}

TEST(Message, ShowsEveryKindOfValue) {
  FakeFacts facts;
  const std::vector<PlaceId> areas{PlaceId(5), PlaceId(7)};
  facts.fields[FieldId::campaign_areas] = FieldValue::of(std::span<const PlaceId>(areas));
  facts.fields[FieldId::campaign_radius_m] = FieldValue::of(0.1);
  EXPECT_EQ(rendered("{{ areas }}, {{ radius_m }} m", facts, EventType::campaign),
            "35.73.02.1001, 35.73.02.1004, 0.1 m");
  facts.fields[FieldId::readiness_power] = FieldValue::of(false);
  EXPECT_EQ(rendered("{{ power }}", facts, EventType::readiness), "false");
}

TEST(Message, WhatIsPutInIsNotRenderedAgain) {
  FakeFacts facts;
  facts.names[AlertName::area_name] = FieldValue::of(std::string_view("{{ count }}"));
  facts.names[AlertName::count] = FieldValue::of(std::int64_t{4});
  EXPECT_EQ(rendered("{{ area.name }}", facts), "{{ count }}");
}

TEST(Message, ProblemsStandAtTheirByte) {
  const ParsedMessage parsed = parse_message("é {{ cont }} {{x", EventType::report);
  ASSERT_EQ(parsed.problems.size(), 2U);
  EXPECT_EQ(parsed.problems[0].at, 6U);
  EXPECT_EQ(parsed.problems[0].code, "unknown-name");
  EXPECT_EQ(parsed.problems[1].at, 14U);
  EXPECT_EQ(parsed.problems[1].code, "message-syntax");
}

}  // namespace
}  // namespace kentongan::rules
