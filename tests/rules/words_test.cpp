// SPDX-License-Identifier: Apache-2.0
// Nearest names, numbers and durations, identity terms: tables of text in, answer out.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "rules/identity.hpp"
#include "rules/key_tables.hpp"
#include "rules/nearest.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {
namespace {

TEST(EditDistance, CountsEdits) {
  struct Row {
    std::string_view a, b;
    std::size_t distance;
  };
  for (const Row& row : std::vector<Row>{{"", "", 0},
                                         {"kind", "kind", 0},
                                         {"Kind", "kind", 0},
                                         {"half-life", "half_life", 0},
                                         {"knid", "kind", 1},
                                         {"severty", "severity", 1},
                                         {"", "abc", 3},
                                         {"abc", "xyz", 3},
                                         {"ca", "abc", 3}}) {
    EXPECT_EQ(edit_distance(row.a, row.b, 9), row.distance) << row.a << ' ' << row.b;
    EXPECT_EQ(edit_distance(row.b, row.a, 9), row.distance) << row.b << ' ' << row.a;
  }
  EXPECT_EQ(edit_distance("abcdef", "uvwxyz", 2), 3U);
  EXPECT_EQ(edit_distance(std::string(1000, 'a'), std::string(1000, 'a'), 5), 6U);
}

TEST(Nearest, FindsWhatIsNearAndNothingElse) {
  const std::vector<std::string_view> known{"match", "check", "count", "half_life", "id", "per"};
  EXPECT_EQ(nearest("mach", known), "match");
  EXPECT_EQ(nearest("chek", known), "check");
  EXPECT_EQ(nearest("half", known), "half_life");
  EXPECT_EQ(nearest("pre", known), "per");
  EXPECT_EQ(nearest("ID", known), "id");
  EXPECT_EQ(nearest("xyzzy", known), std::nullopt);
  EXPECT_EQ(nearest("", known), std::nullopt);
  EXPECT_EQ(did_you_mean("mach", known).en, "did you mean `match`?");
  EXPECT_EQ(did_you_mean("mach", known).id, "maksud Anda `match`?");
  EXPECT_EQ(did_you_mean("xyzzy", known, as_is("other")).en, "other");
  EXPECT_EQ(one_of({"a", "b", "c"}).en, "`a`, `b` or `c`");
  EXPECT_EQ(one_of({"a", "b", "c"}).id, "`a`, `b` atau `c`");
}

Node plain(std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  return node;
}

TEST(Values, NumbersAreThoseOfJson) {
  for (const auto& [text, value] : std::vector<std::pair<std::string, double>>{
           {"0", 0}, {"3", 3}, {"-0.5", -0.5}, {"1e3", 1000}, {"2.5E-1", 0.25}}) {
    EXPECT_EQ(as_number(plain(text)), value) << text;
  }
  for (const char* text :
       {"", "-", "+3", "012", ".5", "5.", "0x10", "1_000", "1e", ".inf", ".nan", "3 ", "1:30", "three"}) {
    EXPECT_EQ(as_number(plain(text)), std::nullopt) << text;
  }
  Node quoted = plain("3");
  quoted.style = Node::Style::double_quoted;
  EXPECT_EQ(as_number(quoted), std::nullopt);
  EXPECT_TRUE(is_text(quoted));
  EXPECT_EQ(as_number(plain("1e-999")), 0.0);
  EXPECT_GT(as_number(plain("1e999")).value_or(0), 1e300);
}

TEST(Values, BooleansAreTrueAndFalseOnly) {
  EXPECT_EQ(as_boolean(plain("true")), true);
  EXPECT_EQ(as_boolean(plain("False")), false);
  for (const char* text : {"yes", "no", "on", "off", "y", "1"})
    EXPECT_EQ(as_boolean(plain(text)), std::nullopt) << text;
}

TEST(Identity, FindsWholeWordsOnly) {
  for (const char* text : {"Islam", "kelompok-syiah-malang", "massa PDIP", "partai_golkar", "Orang Madura", "suku Jawa",
                           "Christian crowd", "pendukung Prabowo", "Partai Buruh", "ETNIS TIONGHOA"}) {
    EXPECT_TRUE(identity_term(text)) << text;
  }
  for (const char* text : {"Islamabad", "Jawa Timur", "Selat Madura", "masjid", "gereja", "panic", "third party",
                           "Stadion Gajayana", "provokasi SARA", "buruh pabrik", "Universitas Brawijaya", "panwaslu",
                           "hate_speech", "kursi", "Jl. Panglima Sudirman", "Gelora Bung Karno", "hinduan"}) {
    EXPECT_EQ(identity_term(text), std::nullopt) << text;
  }
}

TEST(KeyTables, EveryKeyIsDescribedOnceAndKnowsItsPlace) {
  for (const KeyTable* table : all_key_tables()) {
    for (const KeySpec& key : table->keys) {
      EXPECT_FALSE(key.meaning.empty()) << table->place.en << ' ' << key.name;
      EXPECT_FALSE(key.type.empty()) << table->place.en << ' ' << key.name;
      EXPECT_EQ(table->find(key.name), &key) << "twice in " << table->place.en << ": " << key.name;
    }
  }
  ASSERT_EQ(places_of_key("half_life").size(), 1U);
  EXPECT_EQ(places_of_key("half_life")[0].en, "`score`");
  ASSERT_EQ(places_of_key("gap").size(), 1U);
  EXPECT_EQ(places_of_key("gap")[0].en, "`clash`");
  EXPECT_TRUE(places_of_key("nothing").empty());
}

}  // namespace
}  // namespace kentongan::rules
