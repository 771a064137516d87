// SPDX-License-Identifier: Apache-2.0
// generate, replay and score as a user runs them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process.hpp"

namespace kentongan::app::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kRules = std::string(KENTONGAN_SOURCE_DIR) + "/rules";
const std::string kReference = kRules + "/reference";

TEST(GenerateCommand, ReplayAndScoreTakeWhatItWrites) {
  const TemporaryFolder folder;
  const Finished events = run_program({"generate", "--reference", kReference, "--days", "4", "--labels",
                                       folder / "labels", "--summary", folder / "summary"});
  ASSERT_EQ(events.code, 0) << events.err;
  EXPECT_THAT(events.err, HasSubstr("stories: "));
  EXPECT_THAT(read_file(folder.path() / "summary"), HasSubstr("\"malformed\":"));
  EXPECT_THAT(read_file(folder.path() / "labels"),
              HasSubstr(R"({"scenario":"malang-2024","seed":1,"cities":1,"areas":57,"days":5})"));

  write_file(folder.path() / "events", events.out);
  const Finished alerts =
      run_program({"replay", "--rules", kRules, "--until", "2024-11-30T00:00:00+07:00", folder / "events"});
  ASSERT_EQ(alerts.code, 0) << alerts.err;
  const Finished text = run_program({"score", "--labels", folder / "labels"}, alerts.out);
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("per 1,000 area-days"));
  const Finished json = run_program({"score", "--labels", folder / "labels", "--format", "json", "-"}, alerts.out);
  EXPECT_THAT(json.out, HasSubstr(R"("area_days":285)"));
}

TEST(GenerateCommand, MakesANationThatReplayKnows) {
  const TemporaryFolder folder;
  const Finished events =
      run_program({"generate", "--reference", kReference, "--days", "1", "--cities", "3", "--areas", "4", "--events",
                   "1", "--malformed", "0", "--write-reference", folder / "nation"});
  ASSERT_EQ(events.code, 0) << events.err;
  write_file(folder.path() / "events", events.out);
  write_file(folder.path() / "rules/a.yaml",
             "version: 1\nrules:\n  - {id: any, check: {}, alert: {level: waspada, message: {id: m}}}\n");
  const Finished alerts = run_program(
      {"replay", "--rules", folder / "rules", "--reference", folder / "nation", "--strict", folder / "events"});
  EXPECT_EQ(alerts.code, 0) << alerts.err;
  EXPECT_THAT(alerts.out, HasSubstr("/kentongan/36.02"));
}

TEST(GenerateCommand, SaysWhatItCannotDo) {
  const TemporaryFolder folder;
  const auto expect = [&](std::vector<std::string> arguments, int code, const char* what) {
    arguments.insert(arguments.begin(), "generate");
    const Finished finished = run_program(arguments);
    EXPECT_EQ(finished.code, code) << what << finished.err;
    EXPECT_THAT(finished.err + finished.out, HasSubstr(what));
  };
  expect({"--scenario", "other"}, 2, "malang-2024");
  expect({"--days", "46"}, 2, "--days");
  expect({"--late", "1.5"}, 2, "--late");
  expect({"--cities", "3", "--reference", kReference}, 2, "add --write-reference");
  expect({"--reference", folder / "none"}, 2, "there is no folder");
  expect({"--reference", kReference, "--write-reference", kReference}, 2, "name another one");
  expect({"--reference", kReference, "--days", "1", "--labels", folder / "no/labels"}, 3, "cannot write the labels");
}

TEST(GenerateCommand, AFullDiskIsExitCode3) {
  EXPECT_EQ(run_program({"generate", "--reference", kReference, "--days", "1"}, "", "/dev/full").code, 3);
}

constexpr const char* kLabels = R"({"scenario":"mine","areas":2,"days":5}
{"story":"s","kind":"k","areas":["35.73.01.1001"],"rules":["r"],"from":"2024-11-10T08:00:00+07:00","expected_by":"2024-11-10T10:00:00+07:00","must":"alert"}
)";
constexpr const char* kAlert =
    R"({"type":"kentongan.alert.v1","time":"2024-11-10T09:30:00+07:00","data":{"alert":"35.73-1","rule":"r","scope":{"kind":"area","key":"35.73.01.1001"},"area":"35.73.01.1001","step":"fired","events":["s.1"]}})"
    "\n";

TEST(ScoreCommand, TakesLabelsThatSomebodyWrote) {
  const TemporaryFolder folder;
  write_file(folder.path() / "labels", kLabels);
  const Finished found = run_program({"score", "--labels", folder / "labels", "--strict"}, kAlert);
  EXPECT_EQ(found.code, 0) << found.err;
  EXPECT_THAT(found.out, HasSubstr("1.5"));
  const Finished missed = run_program({"score", "--labels", folder / "labels", "--strict"}, "");
  EXPECT_EQ(missed.code, 1);
  EXPECT_THAT(missed.out, HasSubstr("missed: s"));
  EXPECT_EQ(run_program({"score", "--labels", folder / "labels"}, "").code, 0);
}

TEST(ScoreCommand, NamesTheLineThatIsWrong) {
  const TemporaryFolder folder;
  const auto expect = [&](const std::string& labels, const std::string& alerts, int code, const char* what) {
    write_file(folder.path() / "labels", labels);
    const Finished finished = run_program({"score", "--labels", folder / "labels"}, alerts);
    EXPECT_EQ(finished.code, code) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr(what));
    EXPECT_THAT(finished.out, IsEmpty());
  };
  const std::string head = R"({"areas":2,"days":5})"
                           "\n";
  expect("", "", 1, "no labels in it");
  expect("{}\n", "", 1, "label line 1 lacks whole numbers `areas` and `days`");
  expect(head + "[]\n", "", 1, "label line 2 is no JSON object");
  expect(head + "{\n", "", 1, "label line 2 is no JSON:");
  expect(head + R"({"story":"s"})"
                "\n",
         "", 1, "lacks one of `story`");
  std::string label = std::string(kLabels).substr(std::string(kLabels).find('\n') + 1);
  expect(head + label + label, "", 1, "\"s\" has two labels");
  label.replace(label.find("\"alert\""), 7, "\"maybe\"");
  expect(head + label, "", 1, "neither \"alert\" nor \"silence\"");
  expect(kLabels, "\n\n{\"a\":", 1, "-: line 1 is no JSON");
  expect(kLabels, R"({"type":"kentongan.alert.v1","data":{}})", 1, "is an alert without");
  const Finished none = run_program({"score", "--labels", folder / "nothing"}, "");
  EXPECT_NE(none.code, 0);
  EXPECT_THAT(none.err, Not(IsEmpty()));
}

TEST(Help, HasExamples) {
  for (const char* command : {"generate", "score"}) {
    EXPECT_THAT(run_program({command, "--help"}).out, HasSubstr("example: kentongan"));
  }
}

}  // namespace
}  // namespace kentongan::app::testing
