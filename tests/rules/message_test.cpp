// SPDX-License-Identifier: Apache-2.0
#include "rules/message.hpp"

#include <string>

#include <gtest/gtest.h>

#include "rules/evaluator.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

/// Kiduldalem at siaga with a score of 12.
class Risks final : public RiskView {
 public:
  double score(PlaceId) const override { return 12.0; }
  Level level(PlaceId) const override { return Level::siaga; }
};

class MessageTest : public testing::Test {
 protected:
  MessageTest() {
    Report report;
    report.area = PlaceId(7);
    report.category = CategoryId(7);
    report.severity = 3;
    report.text = "{{ count }}";
    event.data = report;
    event.city = PlaceId(0);
    event.time = *parse_rfc3339("2024-11-10T07:30:00+07:00");
    situation.event = &event;
    situation.time = event.time;
    situation.now = *parse_rfc3339("2024-11-10T08:00:59+07:00");
    situation.place = PlaceId(7);
    situation.risks = &risks;
    situation.count = 4;
    situation.distinct = 3;
    situation.level = Level::awas;
  }

  /// `text` stands in double quotes.
  std::string rendered(const std::string& text, std::string_view on = "report") {
    const Loaded loaded = load_text(with_rule("id: a\non: " + std::string(on) +
                                              "\ncheck:\nalert: {level: siaga, message: {id: \"" + text + "\"}}"));
    EXPECT_NE(loaded.set, nullptr) << text << ' ' << codes_of(loaded);
    if (loaded.set == nullptr) return "";
    Evaluator evaluator(test_reference());
    return render(loaded.set->rules[0].alert.message_id, evaluator, situation);
  }

  Risks risks;
  Event event;
  Situation situation;
};

TEST_F(MessageTest, PutsValuesIn) {
  EXPECT_EQ(rendered("Di {{ area.name }}: {{count}} laporan"), "Di Kiduldalem: 4 laporan");
  EXPECT_EQ(rendered("{{ area.risk }} {{ report.severity }} {{severity}}"), "12 3 3");
  EXPECT_EQ(rendered("{{ now }}, {{ time }}"), "10 Nov 2024 08:00, 10 Nov 2024 07:30");
  EXPECT_EQ(rendered("{{ area.level }} {{ level }} {{ district.name }}"), "siaga awas Klojen");
  EXPECT_EQ(rendered("a {{ crowd }} b"), "a ? b");
  EXPECT_EQ(rendered("}} { } {x}"), "}} { } {x}");
}

TEST_F(MessageTest, PutsExpressionsIn) {
  EXPECT_EQ(rendered("{{ count * 10 }} {{ double(count) / 8.0 }} {{ severity >= 3 ? 'berat' : 'ringan' }}"),
            "40 0.5 berat");
  EXPECT_EQ(rendered("{{ crowd + 1 }} {{ 1 / (count - 4) }} {{ has(crowd) ? string(crowd) : '-' }}"), "? ? -");
  EXPECT_EQ(rendered("{{ now - time }} {{ time - now }} {{ [1.0, 2.5] }}"), "30m59s -30m59s 1, 2.5");
  EXPECT_EQ(rendered("{{ place_name('35.73.02') }} {{ place_name('35.99') }} {{ cause.id }}"), "Klojen 35.99 ?");
  EXPECT_EQ(rendered("{{ local_hour(now) }}:{{ local_date(now) }}:{{ local_weekday(now) }}"), "8:2024-11-10:0");
}

TEST_F(MessageTest, AnExpressionEndsAtItsOwnBraces) {
  EXPECT_EQ(rendered("{{ {'a': {'b': count}}['a']['b'] }}!"), "4!");
  EXPECT_EQ(rendered("{{ '}}' + \\\"{\\\" }}!"), "}}{!");
  EXPECT_EQ(rendered("{{ 'it\\\\'s }}' }}!"), "it's }}!");
}

TEST_F(MessageTest, ShowsEveryKindOfValue) {
  const std::vector<PlaceId> areas{PlaceId(5), PlaceId(7)};
  Campaign campaign;
  campaign.campaign = "c-1";
  campaign.areas = areas;
  campaign.radius_m = 0.1;
  event.data = campaign;
  EXPECT_EQ(rendered("{{ areas }}, {{ radius_m }} m", "campaign"), "35.73.02.1001, 35.73.02.1004, 0.1 m");
  Readiness readiness;
  readiness.power = false;
  event.data = readiness;
  EXPECT_EQ(rendered("{{ power }}", "readiness"), "false");
}

TEST_F(MessageTest, WhatIsPutInIsNotRenderedAgain) { EXPECT_EQ(rendered("{{ report.text }}"), "{{ count }}"); }

TEST_F(MessageTest, WithoutAnEventItsFieldsAreMissing) {
  situation.event = nullptr;
  EXPECT_EQ(rendered("{{ area.name }} {{ severity }} {{ time }} {{ count }}"), "Kiduldalem ? ? 4");
}

}  // namespace
}  // namespace kentongan::rules
