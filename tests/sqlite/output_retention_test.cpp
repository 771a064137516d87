// SPDX-License-Identifier: Apache-2.0
// What leaves the journal when it is old, and what stays.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

using namespace std::chrono_literals;
using ports::OutputTopic;

constexpr Duration kDay = 24h;

class OutputRetentionTest : public ::testing::Test {
 protected:
  std::unique_ptr<EmbeddedJournal> open(Duration keep) {
    return open_journal(Options{.path = folder_ / "k.db",
                                .keep_outputs = keep,
                                .tell_retention = [this](const std::string& line) { told_ += line + '\n'; },
                                .now = [this] { return now_; }});
  }
  void commit(EmbeddedJournal& journal, std::vector<ports::OutputRecord> outputs = {}) {
    const auto done =
        journal.journal().commit({.next = journal.status().committed, .outputs = std::move(outputs), .state = {}});
    ASSERT_TRUE(done) << done.error().message;
  }
  [[nodiscard]] ports::OutputRecord timed(OutputTopic topic, const std::string& id, TimePoint time) const {
    ports::OutputRecord record = output(topic, id);
    record.value = fmt::format(R"({{"id":"{}","time":"{}"}})", id, format_rfc3339(time, 7h));
    return record;
  }
  void fill(EmbeddedJournal& journal) {
    commit(journal,
           {alert_output("35.73-old", "fired", "firing", now_), timed(OutputTopic::risk, "risk-old", now_),
            alert_output("35.73-open", "fired", "firing", now_), timed(OutputTopic::deadletters, "dead-old", now_),
            alert_output("35.73-old", "resolved", "resolved", now_ + 1h),
            alert_output("35.73-open", "acknowledged", "acknowledged", now_ + 1h)});
    now_ += 5 * kDay;
    commit(journal, {alert_output("35.73-new", "fired", "firing", now_), timed(OutputTopic::risk, "risk-new", now_),
                     alert_output("35.73-new", "resolved", "resolved", now_)});
  }

  TempFolder folder_;
  TimePoint now_ = at(1'700'000'000);
  std::string told_;
};

TEST_F(OutputRetentionTest, ClosedAlertsRiskAndDeadLettersLeaveWithAllTheirOutputs) {
  const auto journal = open(10 * kDay);
  fill(*journal);
  EXPECT_EQ(dumped(folder_ / "k.db").size(), 9U);
  now_ += 5 * kDay;
  commit(*journal);
  EXPECT_EQ(dumped(folder_ / "k.db").size(), 9U) << "10 days old is not older than 10 days";
  now_ += 1s;
  commit(*journal);
  EXPECT_FALSE(journal->alerts().alert("35.73-old")->has_value());
  EXPECT_TRUE(journal->alerts().alert("35.73-open")->has_value()) << "an open alert stays, however old";
  EXPECT_TRUE(journal->alerts().alert("35.73-new")->has_value());
  EXPECT_EQ(dumped(folder_ / "k.db").size(), 5U);
  EXPECT_EQ(dumped(folder_ / "k.db", {OutputTopic::deadletters}).size(), 0U);
  EXPECT_EQ(told_, "inputs=0 alerts=1 risk_and_dead_letters=2\n");
}

TEST_F(OutputRetentionTest, WithoutASpanEverythingStays) {
  const auto journal = open(Duration(0));
  fill(*journal);
  now_ += 1000 * kDay;
  commit(*journal);
  EXPECT_EQ(dumped(folder_ / "k.db").size(), 9U);
  EXPECT_EQ(told_, "");
}

TEST_F(OutputRetentionTest, WorksInSlicesAndOverWhatHasNoTime) {
  const auto journal = open(kDay);
  std::vector<ports::OutputRecord> outputs;
  for (int i = 0; i < 200; ++i) {
    const std::string alert = fmt::format("35.73-{}", i);
    outputs.push_back(alert_output(alert, "fired", "firing", now_));
    outputs.push_back(alert_output(alert, "resolved", "resolved", now_));
  }
  ports::OutputRecord odd = output(OutputTopic::risk, "odd");
  odd.value = "no JSON";
  outputs.push_back(odd);
  commit(*journal, outputs);
  now_ += 2 * kDay;
  for (std::size_t left : {136U, 72U, 8U, 0U, 0U}) {
    now_ += 1s;
    commit(*journal);
    EXPECT_EQ(dumped(folder_ / "k.db").size(), 2 * left + 1);
  }
}

}  // namespace
}  // namespace kentongan::sqlite::testing
