// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

using ports::OutputTopic;

constexpr OutputTopic kAll[]{OutputTopic::alerts, OutputTopic::risk, OutputTopic::deadletters};

void commit_outputs(EmbeddedJournal& journal, std::vector<ports::OutputRecord> outputs) {
  const auto done =
      journal.journal().commit({.next = journal.status().committed, .outputs = std::move(outputs), .state = {}});
  ASSERT_TRUE(done) << done.error().message;
}

TEST(Dump, FiltersByTopicInCommitOrder) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  commit_outputs(*journal, {output(OutputTopic::risk, "1"), output(OutputTopic::deadletters, "2")});
  commit_outputs(*journal, {alert_output("a", "fired", "firing", at(1)), output(OutputTopic::risk, "0")});
  EXPECT_EQ((std::vector<std::string>{R"(1 1 {"id":"1"})", R"(1 0 {"id":"0"})"}),
            dumped(folder / "k.db", {OutputTopic::risk}));
  EXPECT_EQ((std::vector<std::string>{
                R"(0 a/fired {"id":"a/fired"})",
            }),
            dumped(folder / "k.db", {OutputTopic::alerts}));
  EXPECT_EQ((std::vector<std::string>{R"(2 2 {"id":"2"})", R"(0 a/fired {"id":"a/fired"})"}),
            dumped(folder / "k.db", {OutputTopic::deadletters, OutputTopic::alerts}));
  EXPECT_EQ(4U, dumped(folder / "k.db").size());
  EXPECT_TRUE(dumped(folder / "k.db", {}).empty());
}

TEST(Dump, HoldsNeitherUpNorIsHeldUp) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  std::vector<ports::OutputRecord> outputs;
  for (int i = 0; i < 2000; ++i) outputs.push_back(output(OutputTopic::risk, std::to_string(i)));
  commit_outputs(*journal, outputs);
  auto dump = Dump::open(folder / "k.db");
  ASSERT_TRUE(dump);
  std::int64_t last = 0;
  int seen = 0;
  ASSERT_TRUE(dump->visit(kAll, [&](const DumpedOutput& output) {
    EXPECT_GT(output.sequence, last);
    last = output.sequence;
    EXPECT_EQ(std::to_string(seen), output.id);
    // A service that goes on while its dump is read.
    if (seen++ % 100 == 0) {
      must_append(*journal, {"x"});
      commit_outputs(*journal, {ports::OutputRecord(outputs.front())});
    }
    return true;
  }));
  EXPECT_EQ(2000, seen) << "what is committed later belongs to a later dump";
  EXPECT_EQ(2020U, dumped(folder / "k.db").size());
}

TEST(Dump, ShowsTheInputsThatWereApplied) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  must_append(*journal, {"one", "two"});
  must_append(*journal, {"three"});
  ASSERT_TRUE(journal->journal().commit({.next = Offset{2}, .outputs = {}, .state = {}}));
  auto dump = Dump::open(folder / "k.db");
  ASSERT_TRUE(dump);
  std::vector<std::string> seen;
  ASSERT_TRUE(dump->visit_inputs([&](const KeptInput& input) {
    seen.push_back(fmt::format("{} {}", input.offset.value(), input.value));
    EXPECT_GT(input.received, TimePoint{});
    return true;
  }));
  EXPECT_EQ((std::vector<std::string>{"1 one", "2 two"}), seen) << "the third is not applied";
  int visits = 0;
  ASSERT_TRUE(dump->visit_inputs([&](const KeptInput&) { return ++visits < 1; }));
  EXPECT_EQ(1, visits);
}

TEST(Dump, EndsWhenTheVisitorHasEnough) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  commit_outputs(*journal, {output(OutputTopic::risk, "1"), output(OutputTopic::risk, "2")});
  int seen = 0;
  EXPECT_TRUE(Dump::open(folder / "k.db")->visit(kAll, [&](const DumpedOutput&) { return ++seen < 1; }));
  EXPECT_EQ(1, seen);
}

TEST(Dump, ReadsWhatIsLargerThanASlice) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  std::vector<ports::OutputRecord> outputs(7, output(OutputTopic::deadletters, "x"));
  for (auto& record : outputs) record.value = std::string(3 << 20, 'v');
  commit_outputs(*journal, outputs);
  std::size_t bytes = 0;
  EXPECT_TRUE(Dump::open(folder / "k.db")->visit(kAll, [&](const DumpedOutput& output) {
    bytes += output.value.size();
    return true;
  }));
  EXPECT_EQ(std::size_t{21} << 20, bytes);
}

TEST(Dump, AfterTheServiceHasStopped) {
  const TempFolder folder;
  {
    const auto journal = open_journal(folder / "k.db");
    commit_outputs(*journal, {output(OutputTopic::risk, "1")});
  }
  EXPECT_EQ(1U, dumped(folder / "k.db").size());
  EXPECT_FALSE(open_journal(folder / "k.db")->recovered()) << "a dump does not make the journal look used";
}

TEST(Dump, RefusesWhatIsNoJournal) {
  const TempFolder folder;
  EXPECT_EQ((folder / "none.db").string() + ": there is no journal; check journal.path",
            Dump::open(folder / "none.db").error().message);
  EXPECT_FALSE(std::filesystem::exists(folder / "none.db")) << "a reader creates nothing";
  tamper(folder / "other.db", "CREATE TABLE t(a)");
  EXPECT_EQ((folder / "other.db").string() +
                ": not a Kentongan journal (a database of another program); give journal.path a file of its own",
            Dump::open(folder / "other.db").error().message);
}

}  // namespace
}  // namespace kentongan::sqlite::testing
