// SPDX-License-Identifier: Apache-2.0
#include "app/alerts/view.hpp"

#include <gtest/gtest.h>

#include "notify/plain_text.hpp"

namespace kentongan::app::alerts {
namespace {

using namespace std::chrono_literals;

std::string json(const std::string& id, const std::string& state, const std::string& level,
                 const std::string& more = "") {
  return R"({"alert":")" + id + R"(","rule":"repeated-intimidation","scope":{"kind":"area","key":"35.73.02.1004"},)" +
         R"("area":"35.73.02.1004","step":"fired","state":")" + state + R"(","level":")" + level +
         R"(","since":"2024-11-10T13:00:00+07:00","tier":0,"to":["lurah"],"message":{"id":"Tiga laporan } \" {","en":"Three"},)" +
         R"("events":["r-1"],"reasons":[{"code":"count_reached","text":"3 of 3"}])" + more +
         R"(,"steps":[{"step":"fired","time":"2024-11-10T13:00:00+07:00"}]})";
}

const std::string kId = "35.73-0d8ab7b5cd50a4d1";
const TimePoint kNow = *parse_rfc3339("2024-11-10T13:05:00+07:00");

TEST(RemoteAlerts, AreReadFromAPage) {
  const auto page = read_page("{\"alerts\":[" + json(kId, "firing", "siaga") + "," +
                              json("35.73-b", "resolved", "awas") + "],\"next\":\"17.x\"}");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->alerts.size(), 2U);
  EXPECT_EQ(page->next, "17.x");
  const RemoteAlert& first = page->alerts.front();
  EXPECT_EQ(first.json, json(kId, "firing", "siaga"));
  EXPECT_EQ(first.offset, 7h);
  EXPECT_EQ(first.steps.size(), 1U);
  EXPECT_TRUE(first.open());
  EXPECT_FALSE(page->alerts.back().open());
  const auto empty = read_page("{\"alerts\":[],\"next\":null}");
  ASSERT_TRUE(empty);
  EXPECT_TRUE(empty->alerts.empty() && empty->next.empty());
  for (const char* other : {"", "[]", "<html>", "{\"alerts\":[{]}", "{\"alerts\":[{\"alert\":1}],\"next\":null}"}) {
    EXPECT_FALSE(read_page(other)) << other;
  }
}

TEST(RemoteAlerts, AreFiltered) {
  const RemoteAlert alert = *read_alert(json(kId, "firing", "siaga"));
  const auto wants = [&](Filter filter) { return filter.wants(alert); };
  EXPECT_TRUE(wants({}));
  EXPECT_TRUE(wants({.state = "all", .level = "waspada", .area = "35.73.02", .rule = "repeated-*"}));
  EXPECT_TRUE(wants({.state = "firing", .level = "siaga", .area = "35.73.02.1004", .rule = "repeated-intimidation"}));
  EXPECT_FALSE(wants({.state = "resolved", .level = "", .area = "", .rule = ""}));
  EXPECT_FALSE(wants({.state = "open", .level = "awas", .area = "", .rule = ""}));
  EXPECT_FALSE(wants({.state = "open", .level = "", .area = "35.73.0", .rule = ""}));
  EXPECT_FALSE(wants({.state = "open", .level = "", .area = "", .rule = "repeated"}));
}

TEST(AlertsView, AgesAreShort) {
  EXPECT_EQ(age_of(-5min), "now");
  EXPECT_EQ(age_of(59s), "now");
  EXPECT_EQ(age_of(5min), "5m");
  EXPECT_EQ(age_of(99min), "99m");
  EXPECT_EQ(age_of(100min), "1h");
  EXPECT_EQ(age_of(71h), "71h");
  EXPECT_EQ(age_of(72h), "3d");
  EXPECT_EQ(age_of(24h * 5000), "999d");
}

TEST(AlertsView, ATableFits80Columns) {
  ViewStyle style;
  style.width = 80;
  const auto lines = table_of({*read_alert(json(kId, "firing", "awas", ",\"proposed\":true")),
                               *read_alert(json("35.73-b", "acknowledged", "siaga"))},
                              kNow, style);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "LEVEL   STATE      AGE AREA          RULE                 ALERT");
  EXPECT_EQ(lines[1], "awas?   firing      5m 35.73.02.1004 repeated-intimidati\u2026 35.73-0d8ab7b5cd50a4d1");
  EXPECT_EQ(lines[2], "siaga   acked       5m 35.73.02.1004 repeated-intimidati\u2026 35.73-b");
  for (const auto& line : lines) EXPECT_LE(notify::length_of(line, notify::Unit::code_points), 80U);
}

TEST(AlertsView, WithoutATerminalNothingIsCutAndNothingColoured) {
  const auto lines = table_of({*read_alert(json(kId, "firing", "awas"))}, kNow, {});
  EXPECT_NE(lines[1].find("repeated-intimidation"), std::string::npos);
  EXPECT_EQ(lines[1].find('\033'), std::string::npos);
  ViewStyle style;
  style.colour = true;
  EXPECT_NE(table_of({*read_alert(json(kId, "firing", "awas"))}, kNow, style)[1].find("\033[1;31m"), std::string::npos);
}

TEST(AlertsView, APageSaysItAll) {
  std::string page;
  const auto alert = *read_alert(json(kId, "acknowledged", "siaga", R"(,"actor":{"ref":"o-1\u0007","role":"lurah"})"));
  for (const auto& line : page_of(alert, kNow, {})) page += line + "\n";
  for (const char* part : {"siaga: Three", "alert     35.73-0d8ab7b5cd50a4d1", "state     acknowledged, tier 0",
                           "since     2024-11-10 13:00:00 +07:00, 5m", "told      lurah", "by        o-1 (lurah)",
                           "why       3 of 3", "events    r-1", "step      2024-11-10 13:00:00 +07:00  fired"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part << " in\n" << page;
  }
}

}  // namespace
}  // namespace kentongan::app::alerts
