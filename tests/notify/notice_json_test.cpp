// SPDX-License-Identifier: Apache-2.0
#include "notify/notice_json.hpp"

#include <gtest/gtest.h>

namespace kentongan::notify {
namespace {

ports::Notice full() {
  ports::Notice notice;
  notice.id = "0123";
  notice.kind = ports::NoticeKind::digest;
  notice.at = TimePoint(Duration(1'700'000'000'123));
  notice.person = "lurah-\"1\"";
  notice.tongue = ports::Tongue::en;
  notice.more = 7;
  notice.text = "t\n\u00e9";
  notice.link = "https://x/y";
  notice.asks = true;
  notice.origin = "{\"a\":1}";
  ports::NoticeItem item;
  item.event = "e";
  item.alert = "35.73-a";
  item.rule = "r";
  item.step = AlertStepKind::escalated;
  item.state = AlertState::acknowledged;
  item.level = Level::awas;
  item.proposed = true;
  item.tier = 3;
  item.area = "35.73.02.1004";
  item.place = "Kiduldalem";
  item.since = TimePoint(Duration(1'700'000'000'000));
  item.offset = std::chrono::hours(7);
  item.message = {"satu", "one"};
  item.recommend = {"dua", "two"};
  item.legal = "UU";
  item.recommendations = {"a", "b"};
  item.actor = "p";
  notice.items = {item, ports::NoticeItem{}};
  return notice;
}

TEST(NoticeJson, ComesBackAsItWas) {
  const std::string json = write_notice(full());
  const auto back = read_notice(json);
  ASSERT_TRUE(back);
  EXPECT_EQ(write_notice(*back), json);
  EXPECT_EQ(back->items.size(), 2U);
  EXPECT_EQ(back->items[0].step, AlertStepKind::escalated);
  EXPECT_EQ(back->items[0].recommendations.size(), 2U);
  EXPECT_EQ(back->level(), Level::awas);
}

TEST(NoticeJson, IsNothingElse) {
  for (const char* text : {"", "{}", "[]", "{\"id\":\"\"}", "{\"id\":1}", "nonsense"})
    EXPECT_FALSE(read_notice(text)) << text;
  const auto odd = read_notice(R"({"id":"x","items":[{"step":99,"state":-1,"level":"awas"}],"kind":"none"})");
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->items[0].step, AlertStepKind::fired);
}

}  // namespace
}  // namespace kentongan::notify
