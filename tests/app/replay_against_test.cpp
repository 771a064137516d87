// SPDX-License-Identifier: Apache-2.0
// kentongan replay --against, as an author runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process.hpp"

namespace kentongan::app::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kSource = KENTONGAN_SOURCE_DIR;
const std::string kReference = kSource + "/rules/reference";
const std::string kDay = kSource + "/deploy/example/malang-day.ndjson";

constexpr const char* kOld = R"(version: 1
rules:
  - id: pressure
    match: {category: intimidation}
    count: {at_least: 3, within: 24h}
    alert: {level: siaga, message: {id: m}}
  - id: rumour
    match: {category: hoax}
    check: {}
    alert: {level: waspada, message: {id: m}}
  - id: gone
    match: {category: vote_buying}
    check: {}
    alert: {level: waspada, message: {id: m}}
)";
constexpr const char* kNew = R"(version: 1
rules:
  - id: pressure
    match: {category: intimidation}
    count: {at_least: 2, within: 24h}
    alert: {level: siaga, message: {id: m}}
  - id: rumour
    match: {category: hoax}
    check: {}
    alert: {level: waspada, message: {id: m}}
  - id: fresh
    match: {category: asn_neutrality}
    check: {}
    alert: {level: siaga, message: {id: m}}
)";

struct TwoSets : TemporaryFolder {
  TwoSets() {
    write_file(*this / "old/a.yaml", kOld);
    write_file(*this / "new/a.yaml", kNew);
  }
  [[nodiscard]] Finished replay(const std::string& after, const std::string& before,
                                std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"replay",       "--rules",     *this / after, "--against",
                                       *this / before, "--reference", kReference};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.push_back(kDay);
    return run_program(arguments);
  }
};

TEST(ReplayAgainst, SaysWhatAppearsVanishesAndMoves) {
  const TwoSets sets;
  const Finished told = sets.replay("new", "old");
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, StartsWith("rule         old     new    same   moves  appears  vanishes\n"));
  EXPECT_THAT(told.out, HasSubstr("\nfresh          0       1       0       0        1         0\n"));
  EXPECT_THAT(told.out, HasSubstr("\nfresh (only in the new rules)\n  appears   35.73.05.1004 (Dinoyo): "
                                  "2024-11-23T10:30:00+07:00 siaga  [35.73-"));
  EXPECT_THAT(told.out, HasSubstr("\ngone (only in the old rules)\n  vanishes  "));
  EXPECT_THAT(told.out, HasSubstr("  moves     35.73.03.1001 (Kotalama): 2024-11-23T11:20:00+07:00 siaga -> "
                                  "2024-11-23T10:05:00+07:00 siaga"));
  EXPECT_THAT(told.out, Not(HasSubstr("rumour")));
  EXPECT_THAT(told.err, HasSubstr("read 372: applied 367"));
}

TEST(ReplayAgainst, TheSameRulesMakeNoDifference) {
  const TwoSets sets;
  const Finished told = sets.replay("old", "old", {"--until", "2024-12-24T00:00:00+07:00"});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, EndsWith(" same, 0 move, 0 appear, 0 vanish\n"));
  EXPECT_THAT(told.out, Not(HasSubstr("35.73")));
}

TEST(ReplayAgainst, IsTheMirrorOfTheOtherWayRound) {
  const TwoSets sets;
  const Finished there = sets.replay("new", "old", {"--format", "json"});
  const Finished back = sets.replay("old", "new", {"--format", "json"});
  EXPECT_THAT(there.out, StartsWith(R"({"total":{"old":)"));
  EXPECT_THAT(there.out, HasSubstr(R"({"rule":"fresh","in":"new","old":0,"new":1,"same":0,"moves":0,"appears":1,)"
                                   R"("vanishes":0,"left_out":0,"changes":[{"change":"appears","scope":{"kind":"area",)"
                                   R"("key":"35.73.05.1004"},"new":{"alert":"35.73-)"));
  EXPECT_THAT(back.out, HasSubstr(R"({"rule":"fresh","in":"old","old":1,"new":0,"same":0,"moves":0,"appears":0,)"
                                  R"("vanishes":1,"left_out":0,"changes":[{"change":"vanishes")"));
}

TEST(ReplayAgainst, RefusesWhatDoesNotGoTogether) {
  const TwoSets sets;
  write_file(sets / "bad/a.yaml", "version: 1\nrules:\n  - {id: one, chek: {}}\n");
  EXPECT_EQ(sets.replay("new", "none").code, 2);
  EXPECT_EQ(sets.replay("new", "old", {"--emit", "risk"}).code, 2);
  EXPECT_EQ(sets.replay("new", "old", {"--format", "xml"}).code, 2);
  EXPECT_EQ(run_program({"replay", "--rules", kSource + "/rules", "--format", "json", kDay}).code, 2);
  const Finished bad = sets.replay("new", "bad");
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.out, IsEmpty());
  EXPECT_THAT(bad.err, HasSubstr("check"));
}

}  // namespace
}  // namespace kentongan::app::testing
