// SPDX-License-Identifier: Apache-2.0
// The reference pages against the program: the key tables of rules.md are the checker's own, and the
// examples of diagnostics.md give the code that they are about. KENTONGAN_UPDATE=1 writes the tables anew.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "domain/reference.hpp"
#include "rules/diagnostic_output.hpp"
#include "rules/expectations.hpp"
#include "rules/key_tables.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

namespace fs = std::filesystem;

fs::path root() { return KENTONGAN_SOURCE_DIR; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string table_of(const KeyTable& table) {
  std::string text = "| key | type | default | meaning |\n| --- | --- | --- | --- |\n";
  for (const KeySpec& key : table.keys) {
    const std::string fallback = key.need == KeySpec::Need::required ? "required"
                                 : key.fallback.empty()              ? "-"
                                                                     : fmt::format("`{}`", key.fallback);
    text += fmt::format("| `{}` | {} | {} | {} |\n", key.name, key.type.en, fallback, key.meaning.en);
  }
  return text;
}

TEST(RulesPage, NamesTheReasonsOfSilence) {
  std::string names;
  for (const std::string_view reason : kSilenceReasons)
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", reason);
  EXPECT_NE(read(root() / "docs/reference/rules.md").find("`because` is one of " + names + "."), std::string::npos)
      << names;
}

TEST(EventsPage, HasTheBuiltInCategories) {
  const std::string page = read(root() / "docs/reference/events.md");
  std::string table = "<!-- built-in categories -->\n| id | Indonesian | English |\n| --- | --- | --- |\n";
  for (const Category& category : builtin_categories()) {
    table += fmt::format("| `{}` | {} | {} |\n", category.id, category.title.id, category.title.en);
  }
  EXPECT_NE(page.find(table + "<!-- end -->"), std::string::npos) << "the table should be\n" << table;
}

TEST(RulesPage, HasTheKeyTablesOfTheChecker) {
  const fs::path path = root() / "docs/reference/rules.md";
  std::string page = read(path);
  for (const KeyTable* table : all_key_tables()) {
    const std::string begin = fmt::format("<!-- keys of {} -->\n", table->place.en);
    const std::size_t from = page.find(begin);
    ASSERT_NE(from, std::string::npos) << begin;
    const std::size_t start = from + begin.size();
    const std::size_t end = page.find("<!-- end -->", start);
    ASSERT_NE(end, std::string::npos) << begin;
    if (std::getenv("KENTONGAN_UPDATE") != nullptr) {
      page.replace(start, end - start, table_of(*table));
    } else {
      EXPECT_EQ(page.substr(start, end - start), table_of(*table)) << table->place.en;
    }
  }
  if (std::getenv("KENTONGAN_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << page;
}

struct Section {
  std::string code;
  bool warning = false;
  std::string bad;
  std::string good;
};

std::string block(const std::string& section, const std::string& label) {
  const std::string begin = label + "\n\n```yaml\n";
  const std::size_t from = section.find(begin);
  if (from == std::string::npos) return {};
  return section.substr(from + begin.size(), section.find("```\n", from + begin.size()) - from - begin.size());
}

std::vector<Section> sections() {
  std::vector<Section> all;
  const std::string page = read(root() / "docs/reference/diagnostics.md");
  const std::regex heading("## `([a-z0-9-]+)` \\((error|warning)\\)\n");
  for (std::sregex_iterator it(page.begin(), page.end(), heading), end; it != end; ++it) {
    const auto from = static_cast<std::size_t>(it->position() + it->length());
    const std::string body = page.substr(from, page.find("\n## ", from) - from);
    all.push_back({(*it)[1], (*it)[2] == "warning", block(body, "Wrong:"), block(body, "Right:")});
  }
  return all;
}

/// Those that a page of text cannot show.
const std::set<std::string> kWithoutExample{
    "control-character", "file-too-large",  "not-utf8",        "nul-byte",   "tab",
    "too-many-problems", "too-many-values", "unreadable-file", "empty-file", "duplicate-section"};

TEST(DiagnosticsPage, ExamplesGiveTheirCode) {
  for (const Section& section : sections()) {
    if (kWithoutExample.contains(section.code)) continue;
    ASSERT_FALSE(section.bad.empty()) << section.code;
    ASSERT_FALSE(section.good.empty()) << section.code;
    const Loaded bad = load_text(section.bad);
    std::set<std::string> codes;
    for (const Diagnostic& found : bad.diagnostics.all) {
      codes.insert(found.code);
      EXPECT_EQ(found.severity == Severity::warning, section.warning) << section.code;
    }
    EXPECT_EQ(codes, std::set<std::string>{section.code}) << to_text(bad.diagnostics);
    EXPECT_EQ(to_text(load_text(section.good).diagnostics), "") << section.code;
  }
}

TEST(DiagnosticsPage, HasASectionForEveryCode) {
  std::set<std::string> documented;
  for (const Section& section : sections()) {
    EXPECT_TRUE(documented.insert(section.code).second) << section.code << " has two sections";
  }
  std::set<std::string> known = kWithoutExample;
  const std::regex code(": (?:error|warning): .* \\[([a-z0-9-]+)\\]\n");
  for (const auto& entry : fs::directory_iterator(root() / "tests/rules/files")) {
    if (entry.path().extension() != ".expected") continue;
    const std::string text = read(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), code), end; it != end; ++it) known.insert((*it)[1]);
  }
  EXPECT_EQ(documented, known);
}

}  // namespace
}  // namespace kentongan::rules
