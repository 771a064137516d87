// SPDX-License-Identifier: Apache-2.0
// The parts of the engine by themselves, each against a slow and obvious one.
#include <cmath>

#include "engine/decayed_sum.hpp"
#include "engine/ledger.hpp"
#include "engine/voice.hpp"
#include "engine/window.hpp"
#include "random_city.hpp"

namespace kentongan::engine::testing {
namespace {

using namespace std::chrono_literals;

struct Weight {
  std::int64_t at;  ///< ms behind start()
  double weight;
};

std::vector<Weight> any_weights(std::int64_t span) {
  return *rc::gen::container<std::vector<Weight>>(rc::gen::map(
      rc::gen::pair(rc::gen::inRange<std::int64_t>(0, span), rc::gen::inRange(1, 1'000'000)), [](const auto& pair) {
        return Weight{pair.first, pair.second / 1000.0};
      }));
}

TEST(DecayedSum, IsTheSumItStandsFor) {
  hold("a decayed sum is the sum it stands for", 200, [] {
    const Duration half_life = *rc::gen::element<Duration>(90s, 6h, 72h, 24h * 365);
    const auto weights = any_weights(Duration(half_life * 20).count() + 1);
    const TimePoint now = start() + half_life * 21;
    DecayedSum sum;
    double expected = 0;
    for (const Weight& one : weights) {
      const TimePoint time = start() + Duration{one.at};
      sum.add(time, one.weight, half_life);
      expected +=
          one.weight * std::exp2(-static_cast<double>((now - time).count()) / static_cast<double>(half_life.count()));
    }
    RC_ASSERT(std::abs(sum.at(now, half_life) - expected) <= 1e-12 * expected + 1e-15);
  });
}

TEST(DecayedSum, OrderChangesNoBitAndWhatIsTakenOutLeavesNothing) {
  hold("order changes no bit", 200, [] {
    const Duration half_life = *rc::gen::element<Duration>(90s, 6h, 72h);
    const auto weights = any_weights(Duration(half_life * 50).count());
    const auto others = any_weights(Duration(half_life * 50).count());
    DecayedSum forward, backward;
    for (const Weight& one : weights) forward.add(start() + Duration{one.at}, one.weight, half_life);
    for (const Weight& one : others) backward.add(start() + Duration{one.at}, one.weight, half_life);
    for (auto one = weights.rbegin(); one != weights.rend(); ++one) {
      backward.add(start() + Duration{one->at}, one->weight, half_life);
    }
    for (const Weight& one : others) backward.remove(start() + Duration{one.at}, one.weight, half_life);
    RC_ASSERT(backward.buckets().size() == forward.buckets().size());
    const TimePoint now = start() + half_life * 51;
    RC_ASSERT(backward.at(now, half_life) == forward.at(now, half_life));
  });
}

TEST(DecayedSum, BucketsOverYears) {
  DecayedSum sum;
  const Duration half_life = 24h;
  for (int day = 0; day < 3000; ++day) {
    const TimePoint time = start() + half_life * day;
    sum.add(time, 1, half_life);
    sum.prune(time, half_life);
  }
  EXPECT_LE(sum.buckets().size(), 6U);
  EXPECT_NEAR(sum.at(start() + half_life * 2999, half_life), 2, 1e-12);
  // Before 1970 as well.
  DecayedSum old;
  old.add(TimePoint{-50h}, 8, 1h);
  EXPECT_DOUBLE_EQ(old.at(TimePoint{-48h}, 1h), 2);
  EXPECT_DOUBLE_EQ(decayed(8, 2h, 1h), 2);
}

TEST(DecayedSum, LargestWeightsDoNotOverflow) {
  DecayedSum sum;
  for (int i = 0; i < 1000; ++i) sum.add(start(), 1e300, 1h);
  EXPECT_DOUBLE_EQ(sum.at(start(), 1h), 1000 * DecayedSum::kLargestWeight);
}

/// The window as its definition says: every set of entries less than `within` apart, looked at one by one.
struct SlowWindow {
  struct Entry {
    TimePoint time;
    Interner::Id value;
    RecordId record;
  };
  std::vector<Entry> entries;  ///< in the order of events
  WindowSpec spec;

  [[nodiscard]] WindowSize size(std::size_t first, std::size_t last) const {
    std::set<Interner::Id> values;
    for (std::size_t i = first; i <= last; ++i) values.insert(entries[i].value);
    const auto count = static_cast<std::int64_t>(last - first + 1);
    return {count, spec.distinct ? static_cast<std::int64_t>(values.size()) : count};
  }
  [[nodiscard]] std::int64_t largest(RecordId record) const {
    std::int64_t best = 0;
    for (std::size_t first = 0; first < entries.size(); ++first) {
      for (std::size_t last = first; last < entries.size(); ++last) {
        if (entries[last].time - entries[first].time >= spec.within) break;
        bool contains = false;
        for (std::size_t i = first; i <= last; ++i) contains = contains || entries[i].record == record;
        const WindowSize measured = size(first, last);
        if (contains) best = std::max(best, spec.distinct ? measured.distinct : measured.count);
      }
    }
    return best;
  }
  /// Measure of (clock - within, clock].
  [[nodiscard]] std::int64_t behind(TimePoint clock) const {
    std::set<Interner::Id> values;
    std::int64_t count = 0;
    for (const Entry& entry : entries) {
      if (entry.time <= clock - spec.within || entry.time > clock) continue;
      ++count;
      values.insert(entry.value);
    }
    return spec.distinct ? static_cast<std::int64_t>(values.size()) : count;
  }
};

TEST(Window, AgreesWithItsDefinition) {
  hold("a window agrees with its definition", 300, [] {
    SlowWindow slow;
    // Small windows in which all happens, or large ones that need many different values.
    const bool large = *rc::gen::inRange(0, 8) == 0;
    slow.spec = {large ? 33 : *rc::gen::inRange<std::int64_t>(1, 6), Duration{large ? 90 : *rc::gen::inRange(1, 30)},
                 *rc::gen::arbitrary<bool>()};
    const auto picks = *rc::gen::container<std::vector<std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>>>(
        rc::gen::tuple(rc::gen::inRange<std::uint8_t>(0, 100), rc::gen::inRange<std::uint8_t>(1, large ? 60 : 5),
                       rc::gen::inRange<std::uint8_t>(0, large ? 40 : 4)));
    Interner texts;
    Records records(texts);
    Window window;
    TimePoint newest = start();
    for (std::size_t i = 0; i < picks.size(); ++i) {
      const auto& [ms, value, what] = picks[i];
      if (what == 1 && ms % 3 == 0 && !slow.entries.empty()) {
        (void)window.evict_front(slow.spec, false);
        slow.entries.erase(slow.entries.begin());
        continue;
      }
      if (what == 0 && !slow.entries.empty()) {
        const std::size_t victim = ms % slow.entries.size();
        RC_ASSERT(window.remove(slow.entries[victim].record, slow.spec, records).has_value());
        slow.entries.erase(slow.entries.begin() + static_cast<std::ptrdiff_t>(victim));
        continue;
      }
      const RecordId record = records.create("/s", "r" + std::to_string(i));
      records.at(record).time = start() + Duration{ms};
      newest = std::max(newest, records.at(record).time);
      const SlowWindow::Entry entry{records.at(record).time, value, record};
      slow.entries.insert(
          std::upper_bound(slow.entries.begin(), slow.entries.end(), entry,
                           [&](const auto& a, const auto& b) { return records.before(a.record, b.record); }),
          entry);
      const auto inserted = window.insert({entry.time, Window::kNever, i, record, value}, slow.spec, records);
      const auto [size, members] = window.largest_with(inserted.at, slow.spec);
      RC_ASSERT((slow.spec.distinct ? size.distinct : size.count) == slow.largest(record));
      RC_ASSERT(inserted.holds == (slow.largest(record) >= slow.spec.at_least));
      RC_ASSERT(window.find(record, records)->record == record);
      RC_ASSERT(std::find(members.begin(), members.end(), record) != members.end());
      // It goes on holding until the moment that holds_until names, and not at it.
      TimePoint until = Window::kNever;
      for (TimePoint clock = start(); clock < newest + slow.spec.within + 2ms; clock += 1ms) {
        if (slow.behind(clock) >= slow.spec.at_least) until = clock + 1ms;
      }
      RC_ASSERT(window.holds_until(slow.spec) == until);
      RC_ASSERT(window.behind(newest, slow.spec).distinct == slow.behind(newest));
    }
    RC_ASSERT(window.size() == slow.entries.size());
  });
}

TEST(Voice, RanksByTimeNeverByArrival) {
  hold("voice ranks by time", 200, [] {
    const Duration within{20};
    Interner texts;
    Records records(texts);
    const auto most = *rc::gen::inRange<std::uint32_t>(2, 6);
    Voice voice(records, within, most);
    const auto picks = *rc::gen::container<std::vector<std::pair<std::uint8_t, std::uint8_t>>>(
        rc::gen::pair(rc::gen::inRange<std::uint8_t>(0, 100), rc::gen::inRange<std::uint8_t>(0, 12)));
    std::map<RecordId, std::uint32_t> ranks;
    const auto rerank = [&](RecordId id, std::uint32_t rank) { records.at(id).rank = ranks[id] = rank; };
    for (std::size_t i = 0; i < picks.size(); ++i) {
      if (picks[i].second == 0 && !ranks.empty()) {
        const RecordId victim =
            std::next(ranks.begin(), static_cast<std::ptrdiff_t>(picks[i].first % ranks.size()))->first;
        ranks.erase(victim);
        voice.remove(victim, rerank);
      } else {
        const RecordId record = records.create("/s", "r" + std::to_string(i));
        records.at(record).time = start() + Duration{picks[i].first};
        records.at(record).reporter = 1 + picks[i].second % 2U;
        rerank(record, voice.insert(record, rerank));
      }
      for (const auto& [id, rank] : ranks) {
        std::uint32_t expected = 1;
        for (const auto& [other, unused] : ranks) {
          if (records.at(other).reporter != records.at(id).reporter || !records.before(other, id)) continue;
          if (records.at(id).time - records.at(other).time < within) ++expected;
        }
        RC_ASSERT(rank == std::min(expected, most));
      }
    }
    for (auto& [id, rank] : ranks) records.at(id).reporter = 0;  // not texts of this interner
  });
}

TEST(Interner, ForgetsWhatNobodyUses) {
  Interner texts;
  const auto a = texts.acquire("a");
  EXPECT_EQ(texts.acquire("a"), a);
  EXPECT_EQ(texts.text(a), "a");
  texts.release(a);
  EXPECT_EQ(texts.find("a"), a);
  texts.release(a);
  EXPECT_EQ(texts.find("a"), 0U);
  EXPECT_EQ(texts.size(), 0U);
  EXPECT_EQ(texts.text(0), "");
}

constexpr std::string_view kLedgerRules = R"(
risk: {levels: {waspada: 1, siaga: 1000, awas: 2000}, voice: {factor: 1}}
rules:
  - {id: heavy, match: {category: hoax}, score: {add: 5, half_life: 365d}}
  - {id: light, match: {category: intimidation}, score: {add: 1, half_life: 365d, spill: 0.3}}
)";

TEST(Ledger, ContributionsAreTheLargestFive) {
  Play play(kLedgerRules);
  for (int i = 1; i <= 7; ++i) {
    play.take(report("r-" + std::to_string(i), at("0s") + std::chrono::hours(i), {.category = "hoax", .severity = 1}));
  }
  const PlaceView view = play.engine().view(*town()->find_place("35.73.02.1004"));
  ASSERT_EQ(view.contributions.size(), 5U);
  EXPECT_EQ(view.contributions[0].event, "r-7");
  EXPECT_EQ(view.contributions[4].event, "r-3");
  EXPECT_DOUBLE_EQ(view.contributions[0].weight, 5);
  EXPECT_TRUE(view.rising);
}

TEST(Ledger, AFreshWeightIsTheScoreAtAnyHour) {
  for (int minute = 0; minute < 24 * 60; minute += 17) {
    Play play("risk: {voice: {factor: 1}}\nrules:\n  - {id: score, score: {add: 20, half_life: 3d}}\n");
    play.take(report("r-1", at("0s") + std::chrono::minutes(minute)));
    EXPECT_EQ(play.score("35.73.02.1004"), 20) << minute;
  }
}

TEST(Ledger, TheLargestWeightIsCutWhereverItIsShown) {
  Play play("risk: {voice: {factor: 1}}\nrules:\n  - {id: score, score: {add: 1e12, half_life: 3d}}\n");
  play.take(report("r-1", at("0s")));
  EXPECT_DOUBLE_EQ(play.score("35.73.02.1004"), 1e9);
  const PlaceView view = play.engine().view(*town()->find_place("35.73.02.1004"));
  ASSERT_EQ(view.contributions.size(), 1U);
  EXPECT_EQ(view.contributions[0].weight, 1e9);
}

/// What is too old to be corrected is kept only where it can be among the largest: of the neighbours as well.
TEST(Ledger, OldReasonsOfANeighbourAreKept) {
  Options options;
  options.dedupe = 1h;
  Play play(rules_of(kLedgerRules), options);
  int number = 0;
  const auto send = [&](const char* category) {
    const TimePoint time = at("0s") + std::chrono::minutes(++number);
    play.take(report("r-" + std::to_string(number), time, {.category = category}));
  };
  for (int i = 0; i < 5; ++i) send("intimidation");
  for (int i = 0; i < 300; ++i) send("hoax");
  play.until("1d");
  const PlaceView view = play.engine().view(*town()->find_place("35.73.01.1003"));
  EXPECT_NEAR(view.score, 1.5, 0.01);
  EXPECT_EQ(view.contributions.size(), 5U);
}

TEST(Ledger, MemoryFollowsWhatIsRemembered) {
  Options options;
  options.durable = false;
  Play play(busy_rules(0), options);
  for (int i = 0; i < 3000; ++i) {
    play.take(
        report("r-" + std::to_string(i), at("0s") + std::chrono::hours(i), {.reporter = "p" + std::to_string(i)}));
    (void)play.outputs();
  }
  // What is kept for the reasons of an area is looked through when it is twice what was needed last time.
  EXPECT_LT(play.engine().remembered(), 24U * 7 + 600);
}

TEST(State, GrowsWithWhatIsRememberedNotWithWhatCame) {
  Play play(busy_rules(0));
  SavedState saved;
  std::size_t early = 0;
  for (int i = 0; i < 3000; ++i) {
    play.take(
        report("r-" + std::to_string(i), at("0s") + std::chrono::hours(i), {.reporter = "p" + std::to_string(i % 50)}));
    (void)play.outputs();
    play.save(saved);
    if (i == 1000) early = saved.size();
  }
  // Closed alerts are remembered for a year.
  std::size_t late = 0;
  for (const auto& [key, value] : saved) late += std::get<1>(key) != "closed" ? 1U : 0U;
  EXPECT_LT(late, early + 50);
}

}  // namespace
}  // namespace kentongan::engine::testing
