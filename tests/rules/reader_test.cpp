// SPDX-License-Identifier: Apache-2.0
#include "rules/reader.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "rules/text_check.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

struct Read {
  explicit Read(std::string text) : source("r.yaml", std::move(text)), findings(source), tree(read_tree(findings)) {}
  Source source;
  Findings findings;
  std::optional<Node> tree;

  [[nodiscard]] std::string first_code() const { return findings.all().empty() ? "" : findings.all().front().code; }
};

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(Reader, KeepsStyleAndPlace) {
  const Read read("é: 'x'\nlist: [3, \"3\", true, |]\n");
  ASSERT_EQ(read.first_code(), "syntax");  // a lone | in a list is none of ours
  const Read good("é: 'x'\nlist: [3, \"3\", true]\nblock: |\n  text\n");
  ASSERT_TRUE(good.tree);
  const Node& list = good.tree->find("list")->value;
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(list.items[0].style, Node::Style::plain);
  EXPECT_EQ(list.items[1].style, Node::Style::double_quoted);
  EXPECT_EQ(good.tree->find("block")->value.style, Node::Style::block);
  const Position place = good.source.position_at(good.tree->find("é")->value.offset);
  EXPECT_EQ(place.line, 1);
  EXPECT_EQ(place.column, 4);
}

TEST(Reader, OnIsAKeyAndNoBoolean) {
  const Read read("on: report\noff: yes\n");
  ASSERT_TRUE(read.tree);
  EXPECT_NE(read.tree->find("on"), nullptr);
  EXPECT_NE(read.tree->find("off"), nullptr);
}

TEST(Reader, EmptyValueStandsAtItsKey) {
  const Read read("a:\nb: ~\nc: null\n");
  ASSERT_TRUE(read.tree);
  EXPECT_EQ(read.tree->find("a")->value.offset, 0U);
  EXPECT_EQ(read.tree->find("b")->value.offset, 6U);
  EXPECT_EQ(read.tree->find("c")->value.offset, 11U);
}

struct Hostile {
  std::string_view name;
  std::string text;
};

class HostileText : public testing::TestWithParam<Hostile> {};

TEST_P(HostileText, IsRefusedSoon) {
  const auto begin = std::chrono::steady_clock::now();
  const Read read(GetParam().text);
  EXPECT_FALSE(read.findings.all().empty());
  EXPECT_LE(read.findings.all().size(), Findings::kMaxPerFile + 1);
  // A guard against exponential work, not a measurement.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

constexpr std::size_t kFull = kMaxFileBytes;

INSTANTIATE_TEST_SUITE_P(
    Texts, HostileText,
    testing::Values(Hostile{"ten_megabytes", std::string(10 * 1024 * 1024, 'a')},
                    Hostile{"open_lists", std::string(kFull, '[')}, Hostile{"open_maps", repeated("{a,", kFull / 3)},
                    Hostile{"dashes", repeated("- ", kFull / 2)}, Hostile{"question_marks", repeated("? ", kFull / 2)},
                    Hostile{"anchors", repeated("&a ", kFull / 3)},
                    Hostile{"aliases", "a: &a [x]\nb: [" + repeated("*a,", kFull / 3 - 10) + "]\n"},
                    Hostile{"keys_in_a_flow", "[a, " + repeated("x: ", kFull / 3 - 3)},
                    Hostile{"quotes", repeated("\"a", kFull / 2)},
                    Hostile{"values", "a: [" + repeated("b,", kFull / 2 - 4) + "]"},
                    Hostile{"same_key", repeated("a: b\n", kFull / 5)}, Hostile{"colons", repeated("a: ", kFull / 3)},
                    Hostile{"tags", repeated("!a ", kFull / 3)}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(Reader, AFileAtTheLimitIsRead) {
  std::string text = "version: 1\n#";
  text += std::string(kMaxFileBytes - text.size(), 'x');
  EXPECT_TRUE(Read(text).findings.all().empty());
  EXPECT_EQ(Read(text + "x").first_code(), "file-too-large");
}

TEST(Utf8, LengthOfACodePoint) {
  EXPECT_EQ(utf8_length("a", 0), 1U);
  EXPECT_EQ(utf8_length("\xC3\xA9", 0), 2U);
  EXPECT_EQ(utf8_length("\xF0\x9F\x98\x80", 0), 4U);
  EXPECT_EQ(utf8_length("\xED\xA0\x80", 0), 0U);      // a surrogate
  EXPECT_EQ(utf8_length("\xC0\x80", 0), 0U);          // overlong
  EXPECT_EQ(utf8_length("\xF4\x90\x80\x80", 0), 0U);  // beyond U+10FFFF
  EXPECT_EQ(utf8_length("\xC3", 0), 0U);              // cut off
}

}  // namespace
}  // namespace kentongan::rules
