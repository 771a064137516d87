// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "support.hpp"

namespace kentongan::sqlite::testing {
namespace {

void commit_alert(EmbeddedJournal& journal, const std::string& alert, const std::string& step, const std::string& state,
                  TimePoint time) {
  const auto done = journal.journal().commit(
      {.next = journal.status().committed, .outputs = {alert_output(alert, step, state, time)}, .state = {}});
  ASSERT_TRUE(done) << done.error().message;
}

std::vector<std::string> names(const Result<ports::AlertPage>& page) {
  std::vector<std::string> names;
  for (const auto& alert : page->alerts) names.push_back(alert.data.substr(10, alert.data.find('"', 10) - 10));
  return names;
}

TEST(Alerts, OneRowPerAlertWithItsLastDataAndAllItsSteps) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  commit_alert(*journal, "35.73-x", "fired", "firing", at(10));
  commit_alert(*journal, "35.73-x", "escalated", "firing", at(20));
  commit_alert(*journal, "35.73-x", "acknowledged", "acknowledged", at(20));
  const auto alert = journal->alerts().alert("35.73-x");
  ASSERT_TRUE(alert && *alert);
  EXPECT_EQ(R"({"alert":"35.73-x","step":"acknowledged"})", (*alert)->data);
  EXPECT_EQ("35.73", (*alert)->city);
  ASSERT_EQ(3U, (*alert)->steps.size());
  EXPECT_EQ("fired", (*alert)->steps[0].step);
  EXPECT_EQ(at(10), (*alert)->steps[0].time);
  EXPECT_EQ("escalated", (*alert)->steps[1].step);
  EXPECT_EQ("acknowledged", (*alert)->steps[2].step);
  EXPECT_EQ(at(20), (*alert)->steps[2].time);
}

TEST(Alerts, AnUnknownOneIsNone) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  const auto alert = journal->alerts().alert("35.73-none");
  ASSERT_TRUE(alert);
  EXPECT_FALSE(*alert);
}

TEST(Alerts, NewestFiredFirstWhateverHappenedSince) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  commit_alert(*journal, "a", "fired", "firing", at(20));
  commit_alert(*journal, "b", "fired", "firing", at(10));
  commit_alert(*journal, "c", "fired", "firing", at(20));
  commit_alert(*journal, "b", "resolved", "resolved", at(30));
  EXPECT_EQ((std::vector<std::string>{"c", "a", "b"}), names(journal->alerts().alerts("", "", 10)));
}

TEST(Alerts, OfAState) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  commit_alert(*journal, "a", "fired", "firing", at(1));
  commit_alert(*journal, "b", "fired", "firing", at(2));
  commit_alert(*journal, "a", "resolved", "resolved", at(3));
  EXPECT_EQ((std::vector<std::string>{"b"}), names(journal->alerts().alerts("firing", "", 10)));
  EXPECT_EQ((std::vector<std::string>{"a"}), names(journal->alerts().alerts("resolved", "", 10)));
  EXPECT_TRUE(names(journal->alerts().alerts("nonsense", "", 10)).empty());
}

TEST(Alerts, PagesHoldEachAlertOnce) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  ports::Commit commit{.next = Offset(0), .outputs = {}, .state = {}};
  for (int i = 0; i < 1005; ++i) {
    commit.outputs.push_back(
        alert_output("35.73-" + std::to_string(i), "fired", i % 2 ? "firing" : "resolved", at(i / 7)));
  }
  ASSERT_TRUE(journal->journal().commit(commit));
  for (const std::string state : {"", "firing"}) {
    for (const std::size_t limit : {1U, 7U, 100U, 1000U, 5000U}) {
      if (limit == 1 && state.empty()) continue;  // a thousand queries tell nothing new
      std::set<std::string> seen;
      std::string next;
      for (;;) {
        const auto page = journal->alerts().alerts(state, next, limit);
        ASSERT_TRUE(page);
        ASSERT_LE(page->alerts.size(), std::min<std::size_t>(limit, 1000));
        for (const auto& name : names(page)) EXPECT_TRUE(seen.insert(name).second) << name;
        if (!page->next) break;
        ASSERT_EQ(std::min<std::size_t>(limit, 1000), page->alerts.size()) << "only the last page is short";
        next = *page->next;
      }
      EXPECT_EQ(state.empty() ? 1005U : 502U, seen.size());
    }
  }
}

TEST(Alerts, AFullLastPageHasNoNext) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  for (const std::string name : {"a", "b"}) commit_alert(*journal, name, "fired", "firing", at(1));
  const auto page = journal->alerts().alerts("", "", 2);
  EXPECT_EQ(2U, page->alerts.size());
  EXPECT_FALSE(page->next);
}

TEST(Alerts, AnAlertThatFiresBetweenTwoPagesDoesNotMoveTheSecond) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  for (const std::string name : {"a", "b", "c"}) commit_alert(*journal, name, "fired", "firing", at(1));
  const auto first = journal->alerts().alerts("", "", 2);
  commit_alert(*journal, "d", "fired", "firing", at(2));
  EXPECT_EQ((std::vector<std::string>{"a"}), names(journal->alerts().alerts("", *first->next, 2)));
}

TEST(Alerts, ANextThatNoPageGaveIsRefused) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  for (const std::string next : {"x", "1", "1-", "-", "1-2x", "1 2", "99999999999999999999-1", "' OR 1=1"}) {
    const auto page = journal->alerts().alerts("", next, 10);
    ASSERT_FALSE(page) << next;
    EXPECT_EQ(Error::Kind::invalid, page.error().kind);
    EXPECT_EQ("next is not a value that a page of alerts gave; begin again without it", page.error().message);
  }
}

TEST(Alerts, BeforeTheEpochPagesToo) {
  const TempFolder folder;
  const auto journal = open_journal(folder / "k.db");
  for (const std::string name : {"a", "b", "c"}) commit_alert(*journal, name, "fired", "firing", at(-5));
  const auto first = journal->alerts().alerts("", "", 2);
  EXPECT_EQ((std::vector<std::string>{"a"}), names(journal->alerts().alerts("", *first->next, 2)));
}

}  // namespace
}  // namespace kentongan::sqlite::testing
