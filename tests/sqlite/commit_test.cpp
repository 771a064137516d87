// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

using namespace std::chrono_literals;
using ports::OutputTopic;

TEST(Poll, WaitsForTheInbox) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  const std::jthread later([&] {
    std::this_thread::sleep_for(20ms);
    must_append(*journal, {"a"});
  });
  const auto records = journal->journal().poll(Offset(0), 10, 60s);
  ASSERT_TRUE(records);
  EXPECT_EQ(1U, records->size());
}

TEST(Poll, EndsEmptyAfterItsWait) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(journal->journal().poll(Offset(0), 10, 30ms)->empty());
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 30ms);
}

TEST(Poll, IsInterrupted) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  const std::jthread other([&] { journal->interrupt(); });
  EXPECT_TRUE(journal->journal().poll(Offset(0), 10, 1h)->empty());
}

TEST(Poll, ReturnsAtMostMaxAndGoesOnBehind) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  must_append(*journal, {"a", "b", "c"});
  const auto first = journal->journal().poll(Offset(0), 2, 0ms);
  ASSERT_EQ(2U, first->size());
  const auto second = journal->journal().poll(first->back().offset, 2, 0ms);
  ASSERT_EQ(1U, second->size());
  EXPECT_EQ("c", second->front().value.view());
  EXPECT_TRUE(journal->journal().poll(Offset(0), 0, 0ms)->empty());
}

TEST(Poll, EndsEarlyOnceItHasEnoughBytes) {
  const TempFolder folder;
  const auto journal = open_journal(Options{.path = folder / "k.db", .poll_bytes = 100});
  must_append(*journal, {std::string(500, 'a'), std::string(60, 'b'), std::string(60, 'c'), "d"});
  EXPECT_EQ(1U, journal->journal().poll(Offset(0), 10, 0ms)->size());
  EXPECT_EQ(2U, journal->journal().poll(Offset(1), 10, 0ms)->size());
}

TEST(Commit, AllOfItIsThereAfterReopening) {
  const TempFolder folder;
  auto journal = open_journal(folder / "k.db");
  must_append(*journal, {"a", "b"});
  ASSERT_TRUE(journal->journal().commit(
      {.next = Offset(2),
       .outputs = {output(OutputTopic::risk, "r-1"), alert_output("35.73-x", "fired", "firing", at(10)),
                   output(OutputTopic::deadletters, "d-1")},
       .state = {put("35.73", "area", "1", "one"), put("35.73", "area", "0", "zero")}}));
  const Picture before = picture_of(*journal, folder / "k.db");
  journal.reset();
  journal = open_journal(folder / "k.db");
  EXPECT_EQ(before, picture_of(*journal, folder / "k.db"));
  EXPECT_EQ(2, before.committed);
  EXPECT_EQ((std::vector<std::string>{R"(1 r-1 {"id":"r-1"})", R"(0 35.73-x/fired {"id":"35.73-x/fired"})",
                                      R"(2 d-1 {"id":"d-1"})"}),
            before.outputs);
  EXPECT_EQ((std::vector<std::string>{R"({"alert":"35.73-x","step":"fired"} fired)"}), before.alerts);
  EXPECT_EQ("zero", before.state.at(0).second);
  EXPECT_EQ(Offset(2), journal->status().committed);
}

TEST(Commit, StateIsReplacedAndRemoved) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  ASSERT_TRUE(journal->journal().commit(
      {.next = Offset(0),
       .outputs = {},
       .state = {put("a", "k", "1", "x"), put("a", "k", "2", "y"), put("b", "k", "1", "z")}}));
  ASSERT_TRUE(
      journal->journal().commit({.next = Offset(0),
                                 .outputs = {},
                                 .state = {put("a", "k", "1", ""), remove("a", "k", "2"), remove("a", "k", "9")}}));
  const Picture picture = picture_of(*journal, folder / "k.db");
  const std::vector<std::pair<ports::StateKey, std::string>> expected{{{"a", "k", "1"}, ""}, {{"b", "k", "1"}, "z"}};
  EXPECT_EQ(expected, picture.state);
}

TEST(Commit, StateKeysAreBytesInTheOrderOfStateKey) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  std::vector<ports::StateKey> keys;
  for (const std::string& key : {std::string(), std::string("\0", 1), std::string("a\0b", 3), std::string("a"),
                                 std::string("\xff\xfe"), std::string("\x7f"), std::string("aa"), std::string("Z")}) {
    for (const std::string city : {"35.73", "35.7", "9"}) keys.push_back({city, "kind", key});
  }
  ports::Commit commit{.next = Offset(0), .outputs = {}, .state = {}};
  for (const auto& key : keys) commit.state.push_back({key, key.key});
  ASSERT_TRUE(journal->journal().commit(commit));
  std::sort(keys.begin(), keys.end());
  std::vector<ports::StateKey> restored;
  ASSERT_TRUE(journal->journal().restore([&](ports::StateKey key, std::string_view value) {
    EXPECT_EQ(key.key, value);
    restored.push_back(std::move(key));
  }));
  EXPECT_EQ(keys, restored);
}

TEST(Commit, AnOffsetNeverGoesBackOrAhead) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  must_append(*journal, {"a", "b"});
  ASSERT_TRUE(journal->journal().commit({.next = Offset(2), .outputs = {}, .state = {}}));
  const Picture before = picture_of(*journal, folder / "k.db");
  for (const std::int64_t wrong : {1, 3}) {
    const auto refused = journal->journal().commit(
        {.next = Offset(wrong), .outputs = {output(OutputTopic::risk, "r")}, .state = {put("a", "b", "c", "d")}});
    ASSERT_FALSE(refused);
    EXPECT_NE(std::string::npos, refused.error().message.find("does not follow the committed offset 2"));
  }
  EXPECT_EQ(before, picture_of(*journal, folder / "k.db"));
  EXPECT_TRUE(journal->journal().commit({.next = Offset(2), .outputs = {output(OutputTopic::risk, "r")}, .state = {}}))
      << "deadlines commit without a new input";
}

TEST(Commit, AnErrorInTheMiddleLeavesNothing) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  must_append(*journal, {"a"});
  const Picture before = picture_of(*journal, folder / "k.db");
  tamper(folder / "k.db", "CREATE TRIGGER t BEFORE INSERT ON state BEGIN SELECT RAISE(FAIL, 'no'); END");
  ports::Commit commit{.next = Offset(1),
                       .outputs = {alert_output("35.73-x", "fired", "firing", at(1)), output(OutputTopic::risk, "r")},
                       .state = {put("a", "b", "c", "d")}};
  const auto refused = journal->journal().commit(commit);
  ASSERT_FALSE(refused);
  EXPECT_NE(std::string::npos, refused.error().message.find("committing results"));
  EXPECT_EQ(before, picture_of(*journal, folder / "k.db"));
  EXPECT_EQ(Offset(0), journal->status().committed);
  tamper(folder / "k.db", "DROP TRIGGER t");
  EXPECT_TRUE(journal->journal().commit(commit));
}

TEST(Commit, GoesOnAfterReopeningWithHigherOffsets) {
  const TempFolder folder;
  for (std::int64_t round = 1; round <= 3; ++round) {
    const auto journal = open_journal(folder / "k.db");
    must_append(*journal, {"x"});
    const auto records = journal->journal().poll(Offset(round - 1), 10, 0ms);
    ASSERT_EQ(1U, records->size());
    EXPECT_EQ(Offset(round), records->front().offset);
    ASSERT_TRUE(journal->journal().commit({.next = Offset(round), .outputs = {}, .state = {}}));
  }
}

class Retention : public ::testing::Test {
 protected:
  std::unique_ptr<EmbeddedJournal> open() {
    return open_journal(Options{.path = folder_ / "k.db", .keep_inputs = 30 * kDay, .now = [this] { return now_; }});
  }
  static std::size_t inputs(EmbeddedJournal& journal) {
    return journal.journal().poll(Offset(0), 100'000, 0ms)->size();
  }
  TempFolder folder_;
  TimePoint now_ = at(1'700'000'000);
};

TEST_F(Retention, OnlyAppliedInputsThatAreOldEnoughLeave) {
  const auto journal = open();
  must_append(*journal, {"a", "b", "c"});
  ASSERT_TRUE(journal->journal().commit({.next = Offset(2), .outputs = {}, .state = {}}));
  now_ += 30 * kDay;
  ASSERT_TRUE(journal->journal().commit({.next = Offset(2), .outputs = {}, .state = {}}));
  EXPECT_EQ(3U, inputs(*journal)) << "30 days old is not older than 30 days";
  now_ += Duration(1);
  ASSERT_TRUE(journal->journal().commit({.next = Offset(2), .outputs = {}, .state = {}}));
  const auto left = journal->journal().poll(Offset(0), 10, 0ms);
  ASSERT_EQ(1U, left->size());
  EXPECT_EQ(Offset(3), left->front().offset) << "not applied yet";
}

TEST_F(Retention, WorksInSlices) {
  const auto journal = open();
  must_append(*journal, std::vector<std::string>(1000, "x"));
  ASSERT_TRUE(journal->journal().commit({.next = Offset(1000), .outputs = {}, .state = {}}));
  now_ += 31 * kDay;
  ASSERT_TRUE(journal->journal().commit({.next = Offset(1000), .outputs = {}, .state = {}}));
  EXPECT_EQ(1000U - 256U, inputs(*journal));
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(journal->journal().commit({.next = Offset(1000), .outputs = {}, .state = {}}));
  EXPECT_EQ(0U, inputs(*journal));
}

TEST_F(Retention, OffsetsAreNotUsedAgainOnceAllInputsHaveLeft) {
  auto journal = open();
  must_append(*journal, {"a", "b"});
  ASSERT_TRUE(journal->journal().commit({.next = Offset(2), .outputs = {}, .state = {}}));
  now_ += 31 * kDay;
  ASSERT_TRUE(journal->journal().commit({.next = Offset(2), .outputs = {}, .state = {}}));
  ASSERT_EQ(0U, inputs(*journal));
  journal.reset();
  journal = open();
  must_append(*journal, {"c"});
  EXPECT_EQ(Offset(3), journal->journal().poll(Offset(2), 10, 0ms)->front().offset);
}

}  // namespace
}  // namespace kentongan::sqlite::testing
