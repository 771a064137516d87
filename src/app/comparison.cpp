// SPDX-License-Identifier: Apache-2.0
#include "app/comparison.hpp"

#include <algorithm>
#include <utility>

namespace kentongan::app {
namespace {

bool closes(AlertState state) { return state != AlertState::firing && state != AlertState::acknowledged; }

/// Where one ends as the other begins they are two; where both begin at once they are one, however short.
bool overlap(const EpisodeSeen& a, const EpisodeSeen& b) {
  const auto until = [](const EpisodeSeen& episode) { return episode.end.value_or(TimePoint::max()); };
  return a.since == b.since || (a.since < until(b) && b.since < until(a));
}

bool same(const EpisodeSeen& a, const EpisodeSeen& b) {
  return a.since == b.since && a.level == b.level && a.highest == b.highest && a.shadow == b.shadow;
}

/// An alert's id begins with its city's code and a dash.
std::string city_of(const AlertId& alert) { return alert.value().substr(0, alert.value().find('-')); }

}  // namespace

Comparison::Counts& Comparison::Counts::operator+=(const Counts& other) {
  before += other.before;
  after += other.after;
  same += other.same;
  moves += other.moves;
  appears += other.appears;
  vanishes += other.vanishes;
  return *this;
}

TimePoint Comparison::Pair::end() const {
  TimePoint last = TimePoint::min();
  for (const auto* one : {&before, &after}) {
    if (*one) last = std::max(last, (*one)->end.value_or(TimePoint::max()));
  }
  return last;
}

EpisodeSeen* Comparison::find(Pairs& pairs, Side side, const AlertId& alert) {
  for (Pair& pair : pairs) {
    if (pair.of(side) && pair.of(side)->alert == alert) return &*pair.of(side);
  }
  return nullptr;
}

/// The earliest counterpart that has none itself, or a pair of its own.
void Comparison::begin(Pairs& pairs, Side side, EpisodeSeen episode) {
  const Side other = side == Side::before ? Side::after : Side::before;
  for (Pair& pair : pairs) {
    if (pair.of(side) || !pair.of(other) || !overlap(*pair.of(other), episode)) continue;
    pair.of(side) = std::move(episode);
    return;
  }
  pairs.emplace_back().of(side) = std::move(episode);
}

void Comparison::see(Side side, const AlertStep& step, TimePoint time) {
  const Key key{step.rule, step.scope.kind, step.scope.key};
  Pairs& pairs = open_[key];
  if (step.step == AlertStepKind::fired) {
    begin(pairs, side, {step.alert, step.area, step.since, {}, step.level, step.level, step.shadow});
  }
  EpisodeSeen* episode = find(pairs, side, step.alert);
  if (episode == nullptr) return;
  episode->highest = std::max(episode->highest, step.level);
  if (!closes(step.state)) return;
  episode->end = time;
  waiting_[city_of(step.alert)].push_back({time, key});
}

void Comparison::advance(const std::function<TimePoint(const std::string& city)>& clock_of) {
  for (auto& [city, waiting] : waiting_) {
    if (waiting.empty()) continue;
    const TimePoint clock = clock_of(city);
    // What begins from now on begins after these have ended, so it is none of theirs.
    while (!waiting.empty() && waiting.front().end < clock) {
      const Key key = std::move(waiting.front().key);
      waiting.pop_front();
      settle(key, clock);
    }
  }
}

void Comparison::settle(const Key& key, std::optional<TimePoint> clock) {
  const auto found = open_.find(key);
  if (found == open_.end()) return;
  Pairs left;
  for (Pair& pair : found->second) {
    if (!clock || (pair.closed() && pair.end() < *clock)) {
      report(key, std::move(pair));
    } else {
      left.push_back(std::move(pair));
    }
  }
  if (left.empty()) {
    open_.erase(found);
  } else {
    found->second = std::move(left);
  }
}

void Comparison::report(const Key& key, Pair pair) {
  const auto& [rule, kind, scope] = key;
  OfRule& of = rules_[rule];
  of.counts.before += pair.before ? 1 : 0;
  of.counts.after += pair.after ? 1 : 0;
  Change change{Kind::moves, {kind, scope}, std::move(pair.before), std::move(pair.after)};
  if (!change.before) {
    change.kind = Kind::appears;
    ++of.counts.appears;
  } else if (!change.after) {
    change.kind = Kind::vanishes;
    ++of.counts.vanishes;
  } else if (same(*change.before, *change.after)) {
    ++of.counts.same;
    return;
  } else {
    ++of.counts.moves;
  }
  if (of.changes.size() < kMostChanges) of.changes.push_back(std::move(change));
}

void Comparison::finish() {
  while (!open_.empty()) settle(Key(open_.begin()->first), std::nullopt);
  waiting_.clear();
}

Comparison::Counts Comparison::total() const {
  Counts total;
  for (const auto& [rule, of] : rules_) total += of.counts;
  return total;
}

}  // namespace kentongan::app
