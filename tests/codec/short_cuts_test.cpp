// SPDX-License-Identifier: Apache-2.0
// What the reader takes from the last document, or reads by the way, is what reading plainly gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <random>
#include <string>

#include "codec/bytes.hpp"
#include "codec/decoder.hpp"
#include "codec/nik.hpp"
#include "codec/node_number.hpp"
#include "codec/read_time.hpp"
#include "mutations.hpp"
#include "said.hpp"
#include "small_reference.hpp"

namespace kentongan::codec {
namespace {

constexpr int kMutations = 40'000;

TEST(ShortCuts, ADecoderThatHasReadMuchSaysWhatANewOneSays) {
  const auto reference = small_reference();
  Mutations mutations(1);
  Decoder used(reference);
  int accepted = 0;
  for (int i = 0; i < kMutations; ++i) {
    const std::string raw = mutations.next();
    Decoder fresh(reference);
    ASSERT_EQ(said_of(used, raw, *reference), said_of(fresh, raw, *reference)) << raw;
    accepted += used.decode(raw) ? 1 : 0;
  }
  EXPECT_GT(accepted, kMutations / 10);
  EXPECT_LT(accepted, kMutations * 9 / 10);
}

/// The member of this object by a look through all of them; 0 where there is none.
std::uint32_t slow_find(const JsonReader& json, std::uint32_t object, Key key) {
  const auto nodes = json.nodes();
  if (nodes[object].kind != NodeKind::object) return 0;
  for (std::uint32_t i = object + 1; i < nodes[object].next; i = nodes[i].next) {
    if (json.key(nodes[i]) == name_of(key)) return i;
  }
  return 0;
}

void expect_noted_members(const JsonReader& json) {
  const std::uint32_t data = slow_find(json, 0, Key::data);
  for (std::size_t i = 1; i < kKeys; ++i) {
    const auto key = static_cast<Key>(i);
    ASSERT_EQ(json.members().find(key), slow_find(json, 0, key)) << name_of(key);
    ASSERT_EQ(json.data_members().find(key), data == 0 ? 0 : slow_find(json, data, key)) << name_of(key);
  }
}

void expect_noted_long_values(const JsonReader& json) {
  const auto noted = json.long_values();
  for (std::uint32_t i = 0; i < json.nodes().size(); ++i) {
    const Node& node = json.nodes()[i];
    const bool nik = (node.kind == NodeKind::text && holds_nik(json.text(node))) ||
                     (node.kind == NodeKind::number && number_is_nik(json.text(node)));
    ASSERT_TRUE(!nik || std::find(noted.begin(), noted.end(), i) != noted.end());
  }
  ASSERT_TRUE(std::is_sorted(noted.begin(), noted.end()));
}

TEST(ShortCuts, WhatAReaderNotesOfADocumentIsThere) {
  Mutations mutations(2);
  JsonReader json;
  int read = 0;
  for (int i = 0; i < kMutations / 4; ++i) {
    const std::string raw = mutations.next();
    if (json.read(raw, 64)) continue;
    ++read;
    ASSERT_NO_FATAL_FAILURE(expect_noted_members(json)) << raw;
    ASSERT_NO_FATAL_FAILURE(expect_noted_long_values(json)) << raw;
  }
  EXPECT_GT(read, kMutations / 40);
}

std::string random_number(std::mt19937& random) {
  std::string text = random() % 3 == 0 ? "-" : "";
  const auto digits = [&](std::size_t most) {
    const std::size_t count = 1 + random() % most;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('0' + random() % 10);
  };
  if (random() % 4 == 0) {
    text += '0';
  } else {
    text += static_cast<char>('1' + random() % 9);
    if (random() % 4 != 0) digits(19);
  }
  if (random() % 2 == 0) {
    text += '.';
    digits(random() % 2 == 0 ? 3 : 19);
  }
  if (random() % 8 == 0) {
    text += 'e';
    digits(2);
  }
  return text;
}

TEST(ShortCuts, NumbersAreThoseOfTheirTexts) {
  std::mt19937 random(3);
  JsonReader json;
  for (int i = 0; i < 100'000; ++i) {
    const std::string literal = random_number(random);
    ASSERT_FALSE(json.read(literal, 1)) << literal;
    const Node& node = json.nodes()[0];
    ASSERT_EQ(to_integer(json, node), to_integer(literal)) << literal;
    const double expected = std::strtod(literal.c_str(), nullptr);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(to_double(json, node)), std::bit_cast<std::uint64_t>(expected)) << literal;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(to_double(literal)), std::bit_cast<std::uint64_t>(expected)) << literal;
  }
}

TEST(ShortCuts, TimesAreThoseOfTheSlowParser) {
  std::mt19937 random(4);
  for (int i = 0; i < 200'000; ++i) {
    std::string text = i % 2 == 0 ? "2024-11-10T08:00:00+07:00" : "2024-02-29T23:59:59.999-05:30";
    for (std::size_t changes = random() % 4; changes > 0; --changes) {
      text[random() % text.size()] = static_cast<char>(random() % 2 == 0 ? '0' + random() % 10 : random() % 256);
    }
    ASSERT_EQ(read_time(text), parse_rfc3339(text)) << text;
  }
}

TEST(ShortCuts, BytesAreCopiedAndLookedAt) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text(size, 'x');
    for (std::size_t at = 0; at <= size; ++at) {
      if (at < size) text[at] = '\x80';
      std::string copy(size + 1, '!');
      ASSERT_EQ(copy_ascii(text, copy.data()), at == size);
      ASSERT_EQ(copy, text + '!');
      if (at < size) text[at] = static_cast<char>('a' + at % 26);
    }
  }
}

TEST(ShortCuts, DigitsAreCounted) {
  std::mt19937 random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 80, 'x');
    for (char& c : text) c = static_cast<char>(random() % 3 == 0 ? '0' + random() % 10 : random() % 256);
    const auto count =
        static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    for (const std::size_t enough : {count, count + 1, std::size_t{16}}) {
      ASSERT_EQ(has_digits(text, enough), count >= enough) << text;
    }
  }
}

}  // namespace
}  // namespace kentongan::codec
