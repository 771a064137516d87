// SPDX-License-Identifier: Apache-2.0
#include "rules/loader.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "rules/diagnostic_output.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAlert = "\nalert: {level: waspada, message: {id: Pesan}}";

std::string check_rule(std::string_view id) { return "id: " + std::string(id) + "\ncheck: {}" + std::string(kAlert); }

TEST(Loader, SortsByIdAndLeavesOutWhatIsOff) {
  const Loaded loaded = load({{"a.yaml", with_rule(check_rule("z1") + "\nmatch: {severity: 1}")},
                              {"b.yaml", with_rule(check_rule("B"))},
                              {"c.yaml", with_rule(check_rule("a") + "\nstatus: off\nmatch: {severity: 2}")},
                              {"d.yaml", with_rule(check_rule("m") + "\nstatus: shadow\nmatch: {severity: 3}")}},
                             test_reference());
  ASSERT_NE(loaded.set, nullptr) << to_text(loaded.diagnostics);
  EXPECT_EQ(loaded.files, 4U);
  EXPECT_EQ(loaded.rules, 4U);
  std::string ids;
  for (const Rule& rule : loaded.set->rules) ids += rule.id.value() + ' ';
  EXPECT_EQ(ids, "B m z1 ");
  EXPECT_EQ(loaded.set->rules[2].file, "a.yaml");
  EXPECT_EQ(loaded.set->rules[2].line, 3);
}

TEST(Loader, CompilesTheBlocks) {
  const Loaded loaded = load_text(
      "version: 1\nlists: {c: [hoax, provocation]}\nrisk: {levels: {siaga: 30}, rollup: sum, content: {6: "
      "0.4}}\nrules:\n"
      "  - {id: a, score: {add: 4, half_life: 3d, spill: 0.1}, match: {category: $c, severity: [3, 4]}}\n"
      "  - {id: b, score: {add: 2.5, half_life: 1d}}\n"
      "  - {id: c, status: shadow, score: {add: 2, half_life: 9h}}\n"
      "  - {id: d, level: {at: awas, for: 30m, per: city}, alert: {message: {id: x}}}\n"
      "  - {id: e, count: {at_least: 3, within: 24h, distinct: reporter.ref}, per: [reporter.role, site],\n"
      "     alert: {level: siaga, message: {id: x}, to: [lurah], quiet_for: 0s, again_after: 6h, remind: {every: 1h},\n"
      "             escalate: [{after: 15m, to: [camat]}]}}\n");
  ASSERT_NE(loaded.set, nullptr) << to_text(loaded.diagnostics);
  const RuleSet& set = *loaded.set;
  EXPECT_EQ(set.half_lives, (std::vector<Duration>{std::chrono::hours(24), std::chrono::hours(72)}));
  const auto& a = std::get<ScoreBlock>(set.rules[0].block);
  EXPECT_EQ(a.add, 4);
  EXPECT_EQ(a.spill, 0.1);
  EXPECT_EQ(a.half_life_index, 1U);
  ASSERT_EQ(set.rules[0].condition.all.size(), 2U);
  EXPECT_EQ(std::get<FieldIn>(set.rules[0].condition.all[1]).mask, 0b11000U);
  EXPECT_EQ(std::get<ScoreBlock>(set.rules[1].block).half_life_index, 0U);
  const auto& d = std::get<LevelBlock>(set.rules[3].block);
  EXPECT_EQ(d.at, Level::awas);
  EXPECT_EQ(d.hold_for, std::chrono::minutes(30));
  EXPECT_EQ(d.per, PlaceKind::city);
  EXPECT_EQ(set.rules[3].alert.level, std::nullopt);
  const auto& e = std::get<CountBlock>(set.rules[4].block);
  EXPECT_EQ(e.at_least, 3);
  EXPECT_EQ(e.distinct, FieldId::report_reporter_ref);
  EXPECT_EQ(e.per.fields, (std::vector<FieldId>{FieldId::report_reporter_role, FieldId::report_site}));
  const AlertSpec& alert = set.rules[4].alert;
  EXPECT_EQ(alert.quiet_for, Duration{0});
  EXPECT_EQ(alert.again_after, std::chrono::hours(6));
  EXPECT_EQ(alert.remind_every, std::chrono::hours(1));
  ASSERT_EQ(alert.escalate.size(), 1U);
  EXPECT_EQ(alert.escalate[0].to, std::vector<std::string>{"camat"});
  EXPECT_EQ(set.risk.thresholds, (std::array<double, kLevels>{0, 10, 30, 60}));
  EXPECT_EQ(set.risk.content[5], 0.4);
  EXPECT_EQ(set.risk.content[0], 1.0);
  EXPECT_EQ(set.risk.rollup, Rollup::sum);
}

TEST(Loader, ReportsAcrossFilesAtTheSecondPlace) {
  const std::string lists = "version: 1\nlists: {a: [hoax]}\nrisk: {rollup: max}\n";
  const Loaded loaded = load(
      {{"1.yaml",
        lists + "rules:\n  - {id: x, check: {}, match: {category: $a}, alert: {level: siaga, message: {id: m}}}\n"},
       {"2.yaml", lists + "rules:\n  - {id: x, check: {per: city}, alert: {level: siaga, message: {id: m}}}\n"}},
      test_reference());
  EXPECT_EQ(loaded.set, nullptr);
  EXPECT_EQ(codes_of(loaded), "duplicate-name duplicate-section duplicate-rule");
  for (const Diagnostic& found : loaded.diagnostics.all) EXPECT_EQ(found.file, "2.yaml");
}

TEST(Loader, AListOfAnotherFileIsKnown) {
  const Loaded loaded = load({{"1.yaml", with_rule(check_rule("x") + "\nmatch: {category: $a}")},
                              {"2.yaml", "version: 1\nlists: {a: [hoax]}\n"}},
                             test_reference());
  EXPECT_EQ(codes_of(loaded), "");
}

TEST(Loader, AFileThatCannotBeReadBlamesNoOther) {
  const Loaded loaded = load({{"1.yaml", with_rule(check_rule("x") + "\nmatch: {category: $a}")},
                              {"2.yaml", "version: 1\nlists: {a: [hoax}\n"}},
                             test_reference());
  EXPECT_EQ(codes_of(loaded), "syntax");
  EXPECT_EQ(loaded.set, nullptr);
}

TEST(Loader, ManyProblemsAreCutOff) {
  std::string text = "version: 1\nrules:\n";
  for (int i = 0; i < 3000; ++i) text += "  - {idd: x}\n";
  const Loaded loaded = load_text(text);
  EXPECT_EQ(loaded.diagnostics.all.size(), 1001U);
  EXPECT_EQ(loaded.diagnostics.all.back().code, "too-many-problems");
  EXPECT_EQ(loaded.rules, 3000U);
}

TEST(Loader, ManyWarningsAreStillNoError) {
  std::string text = "version: 1\nlists:\n";
  for (int i = 0; i < 3000; ++i) text += "  l" + std::to_string(i) + ": [hoax]\n";
  const Loaded loaded = load_text(text);
  EXPECT_EQ(loaded.diagnostics.warnings(), 1001U);
  EXPECT_EQ(loaded.diagnostics.errors(), 0U);
  EXPECT_NE(loaded.set, nullptr);
}

TEST(Loader, JsonHasTheShapeOfTheContract) {
  const Loaded loaded = load_text("version: 1\nlists: {\"a\\\"\\n\": [hoax]}\nrulez: []\n", "d/é.yaml");
  EXPECT_EQ(to_json(loaded.diagnostics, loaded.files, loaded.rules),
            R"({"files":1,"rules":0,"errors":[{"file":"d/é.yaml","line":3,"column":1,"code":"unknown-key",)"
            R"("message":"the top level of a file has no key `rulez`","hint":"did you mean `rules`?",)"
            R"("fix":[{"line":3,"column":1,"end_line":3,"end_column":6,"text":"rules"}]}],)"
            R"("warnings":[{"file":"d/é.yaml","line":2,"column":9,"code":"unused-list",)"
            R"("message":"no rule uses the list `a\"\n`","hint":"use it in `match` as `$a\"\n`, or remove it"}]})");
  EXPECT_EQ(summary(loaded.diagnostics, 1, 0), "1 error and 1 warning in 1 file (0 rules)");
  EXPECT_EQ(to_json({}, 0, 0), R"({"files":0,"rules":0,"errors":[],"warnings":[]})");
}

TEST(Loader, ColourOnlyWhenAsked) {
  const Loaded loaded = load_text("version: 1\nrulez: []\n");
  EXPECT_EQ(to_text(loaded.diagnostics).find('\x1b'), std::string::npos);
  EXPECT_NE(to_text(loaded.diagnostics, Colour::yes).find("\x1b[1;31merror"), std::string::npos);
}

class Folder {
 public:
  Folder() : root_(fs::temp_directory_path() / ("kentongan-rules-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~Folder() { fs::remove_all(root_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, std::string_view text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] const fs::path& path() const { return root_; }

 private:
  fs::path root_;
};

TEST(RuleFiles, AreFoundBelowAFolderExceptReferenceData) {
  const Folder folder;
  for (const char* name : {"b.yaml", "a.yml", "sub/c.yaml", "reference/routing.yaml", "sub/reference/x.yaml",
                           "notes.txt", "..2024_11_10/b.yaml"}) {
    folder.write(name, "version: 1\n");
  }
  const auto found = find_rule_files({folder.path(), folder.path() / "b.yaml"});
  ASSERT_TRUE(found);
  std::string names;
  for (const fs::path& path : *found) names += fs::relative(path, folder.path()).generic_string() + ' ';
  EXPECT_EQ(names, "a.yml b.yaml sub/c.yaml ");
  const auto missing = find_rule_files({folder.path() / "nowhere"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Error::Kind::usage);
}

TEST(RuleFiles, OneThatCannotBeReadIsAFinding) {
  const Folder folder;
  folder.write("a.yaml", "version: 1\n");
  fs::create_symlink("nowhere", folder.path() / "b.yaml");
  const auto loaded = load_paths({folder.path()}, test_reference());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->files, 2U);
  EXPECT_EQ(codes_of(*loaded), "unreadable-file");
  EXPECT_EQ(loaded->set, nullptr);
}

TEST(RuleFiles, AFolderNamedAsAFileIsToldAndAPipeIsNotRead) {
  const Folder folder;
  folder.write("x.yaml/a.yaml", "version: 1\n");
  ASSERT_EQ(::mkfifo((folder.path() / "pipe.yaml").c_str(), 0600), 0);
  const auto loaded = load_paths({folder.path()}, test_reference());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->files, 1U) << "nobody waits for a pipe";
  EXPECT_EQ(codes_of(*loaded), "unreadable-file");
  const auto named = load_paths({folder.path() / "x.yaml"}, test_reference());
  ASSERT_TRUE(named);
  EXPECT_EQ(named->files, 1U);
}

TEST(RuleFiles, ASingleFileMayLackWhatAnotherOneHolds) {
  const Folder folder;
  folder.write("a.yaml", with_rule(check_rule("x") + "\nmatch: {category: $pressure}"));
  const auto hint_of = [&](const fs::path& path) {
    const auto loaded = load_paths({path}, test_reference());
    EXPECT_EQ(codes_of(*loaded), "unknown-list");
    return loaded->diagnostics.all.at(0).hint.en;
  };
  EXPECT_NE(hint_of(folder.path() / "a.yaml").find("check the folder"), std::string::npos);
  EXPECT_EQ(hint_of(folder.path()).find("check the folder"), std::string::npos);
}

TEST(RuleFiles, OneThatIsTooLargeIsAFinding) {
  const Folder folder;
  folder.write("a.yaml", std::string(10 * 1024 * 1024, '#'));
  const auto loaded = load_paths({folder.path()}, test_reference());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(codes_of(*loaded), "file-too-large");
}

}  // namespace
}  // namespace kentongan::rules
