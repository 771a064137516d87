// SPDX-License-Identifier: Apache-2.0
// The program as a user runs it: exit codes, what goes where, what it says when it cannot.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process.hpp"

namespace kentongan::app::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kSource = KENTONGAN_SOURCE_DIR;
const std::string kRules = kSource + "/rules";
const std::string kReference = kSource + "/rules/reference";
const std::string kDay = kSource + "/deploy/example/malang-day.ndjson";

constexpr const char* kGoodRule = R"(version: 1
rules:
  - {id: any, check: {}, alert: {level: siaga, message: {id: m}, quiet_for: 2h}}
)";
constexpr const char* kBadRules = R"(version: 1
rules:
  - {id: one, chek: {}, alert: {level: siaga, message: {id: m}}}
  - {id: two, check: {}, alert: {level: sigaa, message: {id: m}}}
)";

std::string report(const std::string& id, const std::string& time) {
  return fmt::format(R"({{"specversion":"1.0","id":"{}","source":"/t","type":"kentongan.report.v1","time":"{}",)"
                     R"("data":{{"area":"35.73.02.1004","category":"hoax","severity":2,"reporter":{{"ref":"a"}}}}}})",
                     id, time) +
         "\n";
}

/// A folder with one rule file.
struct Rules : TemporaryFolder {
  explicit Rules(const std::string& text) { write_file(*this / "rules/a.yaml", text); }
  [[nodiscard]] std::vector<std::string> with(std::vector<std::string> command) const {
    command.insert(command.begin() + 1, {"--rules", *this / "rules", "--reference", kReference});
    return command;
  }
};

TEST(Help, EveryCommandHasOneWithAnExample) {
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {}, {"run"}, {"check"}, {"test"}, {"schema"}, {"replay"}, {"explain"}, {"journal"}, {"journal", "dump"}}) {
    auto arguments = command;
    arguments.push_back("--help");
    const Finished help = run_program(arguments);
    EXPECT_EQ(help.code, 0);
    if (!command.empty() && command != std::vector<std::string>{"journal"}) {
      EXPECT_THAT(help.out, HasSubstr("example: kentongan"));
    }
  }
  EXPECT_EQ(run_program({"--version"}).code, 0);
}

TEST(Usage, IsExitCode2AndSaysWhy) {
  const Rules rules(kGoodRule);
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"rum"},
                                             {"replay", "--no-such-option"},
                                             {"journal"},
                                             {"check", "--rules", "/no/such/folder"},
                                             {"test", "--rules", "/no/such/folder"},
                                             {"replay", "--rules", "/no/such/folder", "-"},
                                             {"replay", "--rules", kRules, "--reference", "/no/such/folder", "-"},
                                             {"check", kRules, "--format", "xml"},
                                             rules.with({"replay", "--emit", "alarms", "-"}),
                                             rules.with({"replay", "--until", "tomorrow", "-"}),
                                             rules.with({"replay", "--dedupe", "7", "-"}),
                                             {"run", "--config", "/no/such/file"},
                                             {"journal", "dump", "--config", "/no/such/file"}}) {
    const Finished finished = run_program(arguments);
    EXPECT_EQ(finished.code, 2) << fmt::format("{}", arguments.empty() ? "" : arguments.back()) << finished.err;
    EXPECT_THAT(finished.err + finished.out, Not(IsEmpty()));
  }
}

TEST(Check, CodesFollowWhatWasFound) {
  EXPECT_EQ(run_program({"check", kRules}).code, 0);
  const Rules bad(kBadRules);
  const Finished checked = run_program(bad.with({"check", "--format", "json"}));
  EXPECT_EQ(checked.code, 1);
  EXPECT_THAT(checked.out, HasSubstr(R"("files":1,"rules":2)"));
  EXPECT_THAT(checked.out, HasSubstr("check"));
  EXPECT_THAT(checked.out, HasSubstr("siaga"));
  const Rules warned(R"(version: 1
lists: {unused: [hoax]}
rules:
  - {id: any, check: {}, alert: {level: siaga, message: {id: m}}}
)");
  EXPECT_EQ(run_program(warned.with({"check"})).code, 0);
  EXPECT_EQ(run_program(warned.with({"check", "--strict"})).code, 1);
}

TEST(Check, SpeaksToOtherPrograms) {
  const Rules bad(kBadRules);
  const Finished sarif = run_program(bad.with({"check", "--format", "sarif"}));
  EXPECT_EQ(sarif.code, 1);
  EXPECT_THAT(sarif.out, HasSubstr(R"("startLine":3,"startColumn":)"));
  const Finished github = run_program(bad.with({"check", "--format", "github"}));
  EXPECT_EQ(github.code, 1);
  EXPECT_THAT(github.out, HasSubstr("/a.yaml,line=4,col="));
  const Rules good(kGoodRule);
  EXPECT_THAT(run_program(good.with({"check", "--format", "github"})).out, IsEmpty());
}

TEST(Check, FixRepairsInPlaceAndReportsTheRest) {
  const Rules rules(std::string("# sebelum\n") + kBadRules + "  - {id: three}\n");
  const std::string file = rules / "rules/a.yaml";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const Finished dry = run_program(rules.with({"check", "--fix", "--dry-run"}));
  EXPECT_EQ(dry.code, 1);
  EXPECT_THAT(dry.out, HasSubstr("--- " + file + "\n+++ " + file + "\n@@ -1,6 +1,6 @@\n # sebelum\n"));
  EXPECT_THAT(dry.out, HasSubstr("\n-  - {id: one, chek: {}, "));
  EXPECT_THAT(dry.out, HasSubstr("\n+  - {id: one, check: {}, "));
  EXPECT_THAT(read_file(file), HasSubstr("chek"));
  const Finished fixed = run_program(rules.with({"check", "--fix"}));
  EXPECT_EQ(fixed.code, 1);
  EXPECT_THAT(fixed.out, HasSubstr("repaired: 2 in 1 file"));
  EXPECT_THAT(fixed.out, HasSubstr("[missing-block]"));
  EXPECT_THAT(fixed.out, Not(HasSubstr("[unknown-key]")));
  EXPECT_EQ(read_file(file), std::string("# sebelum\n") + R"(version: 1
rules:
  - {id: one, check: {}, alert: {level: siaga, message: {id: m}}}
  - {id: two, check: {}, alert: {level: siaga, message: {id: m}}}
)" + "  - {id: three}\n");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(rules / "rules"), {}), 1) << "nothing is left beside it";
  EXPECT_EQ(run_program(rules.with({"check", "--dry-run"})).code, 2);
}

TEST(Check, FixFollowsALinkAndSaysTheRepairsToPrograms) {
  const Rules rules(kBadRules);
  const std::string file = rules / "rules/a.yaml";
  std::filesystem::rename(file, rules / "elsewhere.yaml");
  std::filesystem::create_symlink(rules / "elsewhere.yaml", file);
  EXPECT_THAT(run_program(rules.with({"check", "--format", "json"})).out,
              HasSubstr(R"("fix":[{"line":3,"column":15,"end_line":3,"end_column":19,"text":"check"}])"));
  EXPECT_THAT(run_program(rules.with({"check", "--format", "sarif"})).out,
              HasSubstr(R"("insertedContent":{"text":"check"})"));
  const Finished fixed = run_program(rules.with({"check", "--fix", "--format", "json"}));
  EXPECT_EQ(fixed.code, 0);
  EXPECT_THAT(fixed.out, HasSubstr("{\"files\":1,\"rules\":2,\"errors\":[],"));
  EXPECT_TRUE(std::filesystem::is_symlink(file));
  EXPECT_THAT(read_file(rules / "elsewhere.yaml"), Not(HasSubstr("chek")));
}

TEST(Check, SpeaksIndonesianToThoseWhoDo) {
  const Rules bad(kBadRules);
  const std::string told = "kunci `chek` tidak dikenal di aturan";
  EXPECT_THAT(run_program(bad.with({"check", "--lang", "id"})).out, HasSubstr(told));
  EXPECT_THAT(run_program(bad.with({"check", "--lang", "id", "--format", "json"})).out, HasSubstr(told));
  EXPECT_THAT(run_program(bad.with({"check", "--lang", "id", "--format", "sarif"})).out, HasSubstr(told));
  const Environment at_home{{"LANG", "id_ID.UTF-8"}};
  EXPECT_THAT(run_program(bad.with({"check"}), "", std::nullopt, at_home).out, HasSubstr(told));
  EXPECT_THAT(run_program(bad.with({"check", "--lang", "en"}), "", std::nullopt, at_home).out, Not(HasSubstr(told)));
  EXPECT_THAT(run_program(bad.with({"check", "--format", "json"}), "", std::nullopt, at_home).out,
              Not(HasSubstr(told)));
  EXPECT_EQ(run_program(bad.with({"check", "--lang", "fr"})).code, 2);
}

TEST(Test, TellsFailuresInIndonesianToo) {
  const Rules rules(R"(version: 1
rules:
  - id: any
    match: {category: hoax}
    check: {}
    alert: {level: siaga, message: {id: m}}
    tests:
      - name: nothing
        start: 2024-11-10T08:00:00+07:00
        events: [{at: 0m, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: a}}]
        expect: [{at: 0m, alert: siaga}]
)");
  const Finished text = run_program(rules.with({"test", "--lang", "id"}));
  EXPECT_EQ(text.code, 1);
  EXPECT_THAT(text.out, HasSubstr("harapan: peringatan siaga"));
  EXPECT_THAT(text.out, HasSubstr("tidak ada peringatan yang terbuka; no_match: tidak ada kejadian yang cocok; "
                                  "t-1 tidak cocok: `category` adalah intimidation, bukan hoax"));
  EXPECT_THAT(text.out, HasSubstr("0 lulus, 1 gagal"));
  EXPECT_THAT(run_program(rules.with({"test", "--lang", "id", "--format", "json"})).out,
              HasSubstr("\"expected\":\"peringatan siaga\""));
}

TEST(Test, CountsAndPlacesFailures) {
  const Finished bundled = run_program({"test", kRules, "--format", "json"});
  EXPECT_EQ(bundled.code, 0) << bundled.out << bundled.err;
  EXPECT_THAT(bundled.out, HasSubstr(R"("failed":0)"));
  const Rules wrong(R"(version: 1
rules:
  - id: any
    check: {}
    alert: {level: siaga, message: {id: m}}
    tests:
      - name: holds
        start: 2024-11-10T08:00:00+07:00
        events: [{at: 0s, report: {area: 35.73.02.1004, category: hoax, severity: 1, reporter: a}}]
        expect: [{at: 0s, alert: siaga}, {at: 2h, resolved: true}]
      - name: fails
        start: 2024-11-10T08:00:00+07:00
        events: [{at: 0s, report: {area: 35.73.02.1004, category: hoax, severity: 1, reporter: a}}]
        expect:
          - {at: 0s, alert: siaga, count: 1}
          - {at: 30m, silent: true}
)");
  const Finished tested = run_program(wrong.with({"test", "--format", "json"}));
  EXPECT_EQ(tested.code, 1);
  EXPECT_THAT(tested.out, HasSubstr(R"("passed":1,"failed":1)"));
  EXPECT_THAT(tested.out, HasSubstr(R"("line":16)"));
  EXPECT_THAT(tested.out, HasSubstr(R"("test":"fails")"));
  const Rules bad(kBadRules);
  const Finished refused = run_program(bad.with({"test"}));
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.out, IsEmpty());
}

constexpr const char* kHalfTested = R"(version: 1
rules:
  - id: crowd
    match: {category: crowd_gathering}
    when: report.severity >= 2 && report.crowd > 100
    check: {}
    alert: {level: siaga, message: {id: m}}
    tests:
      - name: a small <crowd> & "no more"
        start: 2024-11-10T08:00:00+07:00
        events:
          - {at: 0s, report: {area: 35.73.02.1004, category: crowd_gathering, severity: 3, crowd: 20, reporter: a}}
          - {at: 1m, report: {area: 35.73.02.1004, category: hoax, severity: 4, reporter: a}}
        expect: [{at: 1m, silent: true}]
  - id: rumour-then-crowd
    sequence: {within: 6h, steps: [{match: {category: hoax}}, {match: {category: crowd_gathering}}]}
    alert: {level: siaga, message: {id: m}}
)";

TEST(Test, CoverageNamesWhatNoTestReaches) {
  const Rules rules(kHalfTested);
  const Finished text = run_program(rules.with({"test", "--coverage"}));
  EXPECT_EQ(text.code, 0) << text.err;
  const std::string file = rules / "rules/a.yaml";
  EXPECT_EQ(text.out,
            file + ":3: crowd: fires in no test\n" +                                 //
                file + ":3: crowd: `when report.severity >= 2` was never false\n" +  //
                file + ":3: crowd: `when report.crowd > 100` was never true\n" +     //
                file + ":15: rumour-then-crowd: fires in no test\n" +                //
                file +
                ":15: rumour-then-crowd: `step 2` was never reached\n"  //
                "coverage: 0 of 2 rules fire, 3 of 5 conditions were true and false, 1 of 2 steps were reached\n"
                "1 passed, 0 failed\n");
  const Finished json = run_program(rules.with({"test", "--coverage", "--format", "json"}));
  EXPECT_THAT(json.out, HasSubstr(R"("failures":[],"coverage":{"rules":2,"rules_fired":0,"conditions":5,)"
                                  R"("conditions_both":3,"steps":2,"steps_reached":1,"gaps":[{"file":")"));
  EXPECT_THAT(json.out, HasSubstr(R"("rule":"crowd","kind":"never_true","part":"when report.crowd > 100"},)"));
  EXPECT_THAT(run_program(rules.with({"test", "--format", "json"})).out, Not(HasSubstr("coverage")));
}

TEST(Test, CoverageIsWholeWhenTestsReachAll) {
  const Rules rules(R"(version: 1
rules:
  - id: hoax-on-site
    score: {add: 3, half_life: 6h}
    match: {category: hoax}
  - id: two-steps
    sequence: {within: 6h, steps: [{match: {category: hoax}}, {match: {severity: 5}}]}
    alert: {level: siaga, message: {id: m}}
    tests:
      - name: both
        start: 2024-11-10T08:00:00+07:00
        events:
          - {at: 0s, report: {area: 35.73.02.1004, category: hoax, severity: 1, reporter: a}}
          - {at: 1m, report: {area: 35.73.02.1004, category: intimidation, severity: 5, reporter: a}}
        expect: [{at: 1m, alert: siaga}]
)");
  const Finished text = run_program(rules.with({"test", "--coverage"}));
  EXPECT_EQ(text.out,
            "coverage: 2 of 2 rules fire, 3 of 3 conditions were true and false, 2 of 2 steps were reached\n"
            "1 passed, 0 failed\n")
      << text.err;
}

TEST(Test, JUnitHasASuiteForEachFile) {
  const Rules rules(kHalfTested);
  write_file(rules / "rules/b.yaml", R"(version: 1
rules:
  - id: any
    check: {}
    alert: {level: siaga, message: {id: m}}
    tests:
      - name: fails
        start: 2024-11-10T08:00:00+07:00
        events: [{at: 0s, report: {area: 35.73.02.1004, category: hoax, severity: 1, reporter: a}}]
        expect: [{at: 30m, silent: true}]
)");
  const Finished junit = run_program(rules.with({"test", "--format", "junit", "--coverage"}));
  EXPECT_EQ(junit.code, 1);
  EXPECT_THAT(junit.out, ::testing::StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                               "<testsuites tests=\"2\" failures=\"1\">\n"));
  EXPECT_THAT(junit.out, HasSubstr("/a.yaml\" tests=\"1\" failures=\"0\">\n    <testcase classname=\"crowd\" "
                                   "name=\"a small &lt;crowd&gt; &amp; &quot;no more&quot;\""));
  EXPECT_THAT(junit.out, HasSubstr("/b.yaml\" tests=\"1\" failures=\"1\">"));
  EXPECT_THAT(junit.out, HasSubstr("<failure message=\"expected: no alert is open; actual: open: siaga for "
                                   "35.73.02.1004\">"));
  EXPECT_THAT(junit.out, HasSubstr("b.yaml:10&#10;expected: "));
  EXPECT_THAT(junit.err, HasSubstr("coverage: "));
}

TEST(Replay, WritesAlertsAndTheSummary) {
  const Rules rules(kGoodRule);
  const std::string input = report("r-1", "2024-11-10T08:00:00+07:00") + "\r\n\n" +
                            report("r-1", "2024-11-10T08:00:00+07:00") + "{\n" +
                            report("r-2", "2024-11-09T07:00:00+07:00");
  const std::string summary = rules / "summary.json";
  const Finished replayed =
      run_program(rules.with({"replay", "--summary", summary, "--emit", "alerts,deadletters", "-"}), input);
  EXPECT_EQ(replayed.code, 0) << replayed.err;
  EXPECT_THAT(replayed.out, HasSubstr(R"("step":"fired")"));
  EXPECT_THAT(replayed.out, HasSubstr(R"("reason":"malformed_json")"));
  EXPECT_THAT(replayed.out, Not(HasSubstr(R"("step":"resolved")"))) << "the clock stays at the last event";
  EXPECT_THAT(read_file(summary),
              HasSubstr(R"("read":4,"applied":1,"duplicate":1,"late":1,"dead_letter":1,"rekeyed":0,"alerts":1)"));
  EXPECT_EQ(run_program(rules.with({"replay", "--strict", "-"}), input).code, 1);
  const Finished until = run_program(rules.with({"replay", "--until", "2024-11-10T10:00:00+07:00", "-"}), input);
  EXPECT_THAT(until.out, HasSubstr(R"("step":"resolved")"));
  // The last line needs no LF; a CR goes.
  std::string open_end = input;
  open_end.replace(open_end.size() - 1, 1, "");
  EXPECT_EQ(run_program(rules.with({"replay", "--emit", "alerts,deadletters", "-"}), open_end).out, replayed.out);
}

TEST(Rules, AFolderWithoutRulesIsSaidOnStandardError) {
  const TemporaryFolder folder;
  write_file(folder / "empty/notes.txt", "");
  for (const std::string command : {"check", "test", "replay"}) {
    const Finished finished = run_program({command, "--rules", folder / "empty", "--reference", kReference});
    EXPECT_EQ(finished.code, 0) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr("kentongan " + command + ": no rules in " + (folder / "empty")));
  }
  EXPECT_THAT(run_program({"check", kRules}).err, IsEmpty());
}

TEST(Replay, SaysWhatIsWrongWithATime) {
  const Rules rules(kGoodRule);
  for (const auto& [time, why] : std::vector<std::pair<std::string, std::string>>{
           {"2024-11-31T00:00:00Z", "a day that does not exist"}, {"9999-12-31T23:59:59Z", "outside the years"}}) {
    const Finished refused = run_program(rules.with({"replay", "--until", time, "-"}));
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr(why));
  }
}

TEST(Replay, NothingInNothingOut) {
  const Rules rules(kGoodRule);
  const Finished empty = run_program(rules.with({"replay", "-"}));
  EXPECT_EQ(empty.code, 0);
  EXPECT_THAT(empty.out, IsEmpty());
}

TEST(Replay, FullScanWritesTheSameBytes) {
  const Finished fast = run_program({"replay", "--rules", kRules, kDay});
  const Finished slow = run_program({"replay", "--rules", kRules, "--full-scan", kDay});
  EXPECT_EQ(fast.code, 0) << fast.err;
  EXPECT_THAT(fast.out, Not(IsEmpty()));
  EXPECT_EQ(slow.out, fast.out);
}

TEST(Replay, WhatCannotBeDoneIsExitCode3) {
  const Rules rules(kGoodRule);
  const std::string input = report("r-1", "2024-11-10T08:00:00+07:00");
  const Finished full = run_program(rules.with({"replay", "-"}), input, "/dev/full");
  EXPECT_EQ(full.code, 3);
  EXPECT_THAT(full.err, HasSubstr("standard output"));
  const Finished missing = run_program(rules.with({"replay", "/no/such/file"}));
  EXPECT_EQ(missing.code, 3);
  EXPECT_THAT(missing.err, HasSubstr("/no/such/file"));
  EXPECT_EQ(run_program(rules.with({"replay", "/tmp"})).code, 3) << "a folder";
  EXPECT_EQ(run_program(rules.with({"replay", "--summary", "/no/such/folder/s.json", "-"}), input).code, 3);
  EXPECT_EQ(run_program(rules.with({"replay", "--summary", "/dev/full", "-"}), input).code, 3);
  const Finished checked = run_program({"check", kRules, "--format", "json"}, "", "/dev/full");
  EXPECT_EQ(checked.code, 3);
}

TEST(Replay, WrongRulesPrintNothing) {
  const Rules bad(kBadRules);
  const Finished refused = run_program(bad.with({"replay", "-"}), report("r-1", "2024-11-10T08:00:00+07:00"));
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.out, IsEmpty());
  EXPECT_THAT(refused.err, HasSubstr("a.yaml:3:"));
  EXPECT_THAT(refused.err, HasSubstr("a.yaml:4:"));
}

}  // namespace
}  // namespace kentongan::app::testing
