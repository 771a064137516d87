// SPDX-License-Identifier: Apache-2.0
// Generated campaigns through the engine with the rule pack: what is accepted, found, left alone and taken back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "play.hpp"

namespace kentongan::scenario::testing {
namespace {

using ::testing::IsEmpty;

Options with_seed(std::uint64_t seed) {
  Options options;
  options.seed = seed;
  return options;
}

const KindScore* kind_of(const Scorecard& card, std::string_view kind) {
  for (const KindScore& score : card.kinds) {
    if (score.kind == kind) return &score;
  }
  return nullptr;
}

TEST(Replay, AcceptsEveryLineThatIsNotMeantToBeBroken) {
  for (const std::uint64_t seed : {1U, 2U}) {
    Options options = with_seed(seed);
    options.noise.malformed = 20'000;
    const Generated generated = generate(options);
    const app::Tally tally = replay(generated.lines).tally;
    EXPECT_EQ(tally.read(), generated.counts.lines);
    EXPECT_EQ(tally.of(Verdict::dead_letter), generated.counts.malformed);
    EXPECT_EQ(tally.of(Verdict::duplicate), generated.counts.duplicates);
    EXPECT_EQ(tally.of(Verdict::late), generated.counts.late);
    EXPECT_GT(generated.counts.malformed, 100U);
    EXPECT_GT(generated.counts.duplicates, 50U);
    EXPECT_GT(generated.counts.late, 20U);
  }
}

TEST(Replay, FindsNearlyAllStoriesAndIsSilentWhereItMust) {
  std::uint64_t stories = 0;
  std::uint64_t missed = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Generated generated = generate(with_seed(seed));
    const Scorecard card = score(generated, replay(generated.lines));
    for (const KindScore& kind : card.kinds) {
      stories += kind.stories;
      missed += kind.missed.size();
      if (!kind.must_alert) {
        EXPECT_THAT(kind.missed, IsEmpty()) << kind.kind << ", seed " << seed;
      }
    }
    EXPECT_LT(card.false_alarm_rate(), 10) << "seed " << seed;
  }
  EXPECT_GE(stories, 120U);
  EXPECT_LE(missed * 20, stories) << to_text(score(generate(with_seed(1)), replay(generate(with_seed(1)).lines)));
}

TEST(Replay, OnePersonWithThirtyReportsReachesNoSiaga) {
  Options options = with_seed(11);
  options.stories = 3;
  const Generated generated = generate(options);
  const Scorecard card = score(generated, replay(generated.lines));
  for (const char* kind : {"report_bombing", "hearsay_bombing", "household_bombing", "stuck_sender"}) {
    ASSERT_NE(kind_of(card, kind), nullptr);
    EXPECT_EQ(kind_of(card, kind)->stories, 3U);
    EXPECT_THAT(kind_of(card, kind)->missed, IsEmpty());
  }
}

TEST(Replay, RefutingTakesTheAlertBack) {
  Options options = with_seed(12);
  options.stories = 3;
  const Generated generated = generate(options);
  const Scorecard card = score(generated, replay(generated.lines));
  ASSERT_NE(kind_of(card, "rumour_taken_back"), nullptr);
  EXPECT_EQ(kind_of(card, "rumour_taken_back")->found, 3U);

  // The same without the refutations: nothing takes it back.
  std::vector<std::string> unrefuted;
  for (const std::string& line : generated.lines) {
    const bool refutes = line.find("\"status\":\"refuted\"") != std::string::npos;
    if (!refutes || line.find("rumour_taken_back") == std::string::npos) unrefuted.push_back(line);
  }
  EXPECT_EQ(kind_of(score(generated, replay(unrefuted)), "rumour_taken_back")->found, 0U);
}

/// Two parties change their names everywhere.
std::string swapped(const std::string& line) {
  std::string out = line;
  for (std::size_t at = out.find("\"party\":\"P"); at != std::string::npos; at = out.find("\"party\":\"P", at + 1)) {
    char& number = out[at + 10];
    number = number == '1' ? '2' : number == '2' ? '1' : number;
  }
  return out;
}

/// Ids of alerts are derived from what began them, never from a party, so the outputs are the same bytes.
TEST(Replay, SwappingTwoPartiesChangesNothing) {
  for (const std::uint64_t seed : {21U, 22U, 23U}) {
    Options options = with_seed(seed);
    options.events = 12'000;
    options.stories = 2;
    const Generated generated = generate(options);
    std::vector<std::string> other;
    std::size_t changed = 0;
    for (const std::string& line : generated.lines) {
      other.push_back(swapped(line));
      changed += other.back() == line ? 0 : 1;
    }
    ASSERT_GT(changed, 50U);
    EXPECT_EQ(replay(generated.lines).outputs, replay(other).outputs) << "seed " << seed;
  }
}

}  // namespace
}  // namespace kentongan::scenario::testing
