// SPDX-License-Identifier: Apache-2.0
// What the checker says, it says in Indonesian as well: the catalogue, and all that the bad files make it say.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "rules/diagnostic_output.hpp"
#include "rules/diagnostic_sarif.hpp"
#include "rules/said/say.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

namespace fs = std::filesystem;
using said::say;
using said::Text;
using said::TextView;

/// Words that no Indonesian sentence has. `per`, `status`, `data` and the like are words of both languages.
constexpr auto kEnglish = std::to_array<std::string_view>(
    {"the",   "is",     "are",     "an",      "of",     "and",   "or",      "not",  "must", "cannot",
     "write", "with",   "without", "which",   "that",   "this",  "what",    "here", "does", "belongs",
     "add",   "remove", "keep",    "between", "should", "where", "nothing", "you"});

/// The text outside of backticks, quotes and brackets: what is quoted there is the same in every language.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  char until = 0;
  for (const char c : text) {
    if (until != 0) {
      if (c == until) until = 0;
    } else if (c == '`' || c == '"' || c == '{' || c == '(') {
      until = c == '{' ? '}' : c == '(' ? ')' : c;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '/') {
      words.back() += c;
      continue;
    }
    words.emplace_back();
  }
  return words;
}

std::string english_word_in(std::string_view text) {
  for (const std::string& word : words_of(text)) {
    if (std::find(kEnglish.begin(), kEnglish.end(), word) != kEnglish.end()) return word;
  }
  return {};
}

TEST(Catalogue, HasEachTextOnceAndInIndonesian) {
  std::set<std::string_view> seen;
  for (const auto& table : said::kCatalogue) {
    for (const said::Entry& entry : table) {
      EXPECT_TRUE(seen.insert(entry.en).second) << "twice: " << entry.en;
      EXPECT_FALSE(entry.id.empty()) << entry.en;
      // Sets of words of the language itself, such as "area, district or city", hold English ones.
      if (said::looked_up(entry.en).en.find(" or ") == std::string_view::npos) {
        EXPECT_EQ(english_word_in(entry.id), "") << entry.en << "\n" << entry.id;
      }
    }
  }
  EXPECT_GT(seen.size(), 800U);
}

TEST(Catalogue, ASentenceTakesItsArgumentsInEachLanguage) {
  const Text text = say("{} has no key `{}`", TextView("a rule"), "severty");
  EXPECT_EQ(text.en, "a rule has no key `severty`");
  EXPECT_EQ(text.id, "kunci `severty` tidak dikenal di aturan");
  EXPECT_EQ(say("{} must be {}, not {}", TextView("`to`"), TextView("a list"), TextView("a text")).id,
            "`to` harus berupa daftar, bukan teks");
  EXPECT_EQ(said::looked_up("words of nobody").id, "words of nobody");
  EXPECT_EQ(said::looked_up("Free text").id, "Teks bebas");
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Indonesian, IsWhatEveryBadFileIsToldIn) {
  std::size_t told = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(KENTONGAN_SOURCE_DIR) / "tests/rules/files")) {
    if (!entry.path().string().ends_with(".bad.yaml")) continue;
    for (const Diagnostic& found : load_text(read(entry.path())).diagnostics.all) {
      ++told;
      // A regular expression is judged by a library that speaks English only.
      if (found.message.en.starts_with("not a regular expression")) continue;
      EXPECT_NE(found.message.id, found.message.en) << entry.path();
      EXPECT_EQ(english_word_in(found.message.id), "") << found.message.id << "\n" << entry.path();
      EXPECT_EQ(english_word_in(found.hint.id), "") << found.hint.id << "\n" << entry.path();
    }
  }
  EXPECT_GT(told, 300U);
}

TEST(Indonesian, ReadsAsEnglishDoes) {
  const Loaded loaded = load_text(with_rule("id: a\nmatch: {severty: 3}\ncheck: {}\nalret: {}"), "a.yaml");
  EXPECT_EQ(to_text(loaded.diagnostics, Colour::no, said::Language::indonesian),
            "a.yaml:4:13: kesalahan: `match` menyebut `severty`, yang bukan isian `report` [unknown-field]\n"
            "    4 |     match: {severty: 3}\n"
            "      |             ^\n"
            "      = maksud Anda `severity`?\n"
            "a.yaml:6:5: kesalahan: kunci `alret` tidak dikenal di aturan [unknown-key]\n"
            "    6 |     alret: {}\n"
            "      |     ^\n"
            "      = maksud Anda `alert`?\n");
  EXPECT_EQ(summary(loaded.diagnostics, 1, 1, said::Language::indonesian),
            "2 kesalahan dan 0 peringatan di 1 berkas (1 aturan)");
  EXPECT_NE(to_sarif(loaded.diagnostics, "1", said::Language::indonesian).find("maksud Anda `alert`?"),
            std::string::npos);
}

}  // namespace
}  // namespace kentongan::rules
