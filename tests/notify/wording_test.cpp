// SPDX-License-Identifier: Apache-2.0
#include "notify/wording.hpp"

#include <gtest/gtest.h>

namespace kentongan::notify {
namespace {

ports::Notice notice() {
  ports::Notice made;
  ports::NoticeItem item;
  item.alert = "35.73-2f6c";
  item.level = Level::siaga;
  item.area = "35.73.02.1004";
  item.place = "Kiduldalem, Klojen";
  item.since = TimePoint(std::chrono::sys_days(std::chrono::year(2024) / 11 / 10) + std::chrono::hours(19));
  item.offset = std::chrono::hours(7);
  item.message = {"Tiga laporan intimidasi", "Three reports of intimidation"};
  item.recommend = {"Datangi RW 3", "Visit RW 3"};
  item.legal = "UU 10/2016";
  item.recommendations = {"panggil saya 0812"};
  made.items = {item};
  made.asks = true;
  return made;
}

TEST(Wording, OfOneAlert) {
  EXPECT_EQ(words_of(notice(), false).as_text(),
            "SIAGA: Kiduldalem, Klojen\nTiga laporan intimidasi\nLakukan: Datangi RW 3\nDasar hukum: UU 10/2016\n"
            "Sejak: 11 Nov 2024 02:00\nNo. 35.73-2f6c");
  ports::Notice english = notice();
  english.tongue = ports::Tongue::en;
  EXPECT_EQ(
      words_of(english, true).as_text(),
      "SIAGA: Kiduldalem, Klojen\nThree reports of intimidation\nDo: Visit RW 3\n"
      "A reporter suggests: panggil saya 0812\nLegal basis: UU 10/2016\nSince: 11 Nov 2024 02:00\nNo. 35.73-2f6c");
}

TEST(Wording, OfAProposal) {
  ports::Notice made = notice();
  made.items[0].level = Level::awas;
  made.items[0].proposed = true;
  const Wording words = words_of(made, false);
  EXPECT_EQ(words.title, "AWAS (usulan): Kiduldalem, Klojen");
  EXPECT_NE(words.as_text().find("petugas yang membenarkannya"), std::string::npos);
}

TEST(Wording, OfAnAllClear) {
  ports::Notice made = notice();
  made.items[0].step = AlertStepKind::resolved;
  made.items[0].state = AlertState::resolved;
  made.items[0].actor = "posko-1";
  EXPECT_EQ(words_of(made, true).as_text(),
            "SELESAI - SIAGA: Kiduldalem, Klojen\nKeadaan sudah aman. Tidak ada yang perlu dilakukan.\n"
            "Tiga laporan intimidasi\nOleh posko-1\nSejak: 11 Nov 2024 02:00\nNo. 35.73-2f6c");
}

TEST(Wording, OfSeveral) {
  ports::Notice made = notice();
  made.items.push_back(made.items[0]);
  made.items[1].place = "Kauman, Klojen";
  made.items[1].message.id = std::string(1000, 'x');
  made.more = 8;
  const std::string text = words_of(made, true).as_text();
  EXPECT_EQ(text.find("SIAGA: 10 peringatan, beberapa tempat\n- SIAGA: Kiduldalem, Klojen. Tiga laporan"), 0U);
  EXPECT_LT(text.size(), 500U);
  EXPECT_NE(text.find("- dan lainnya: 8"), std::string::npos);
  EXPECT_NE(text.find("No. 35.73-2f6c (+9)"), std::string::npos);
  EXPECT_EQ(text.find("0812"), std::string::npos);
}

TEST(Wording, HasNoLineOfAStranger) {
  ports::Notice made = notice();
  made.items[0].place = "Kidul\ndalem\u202e";
  made.items[0].message.id = "a\x1b[31mb\x07";
  const Wording words = words_of(made, false);
  EXPECT_EQ(words.title, "SIAGA: Kidul dalem");
  EXPECT_EQ(words.parts[0].text, "a[31mb");
}

}  // namespace
}  // namespace kentongan::notify
