// SPDX-License-Identifier: Apache-2.0
// What windows, sequences, absences and spikes hold.
#include <algorithm>

#include "engine/calendar.hpp"
#include "engine/insight.hpp"

namespace kentongan::engine {
namespace {

/// The days that EARS compares a day with, and how long before it they end.
constexpr int kEarsDays = 7;
constexpr int kEarsGap = 2;

/// The first so many steps that must come; nothing is asked of what comes behind them.
SequenceSpec first_steps(const SequenceSpec& spec, std::size_t steps, bool barriers) {
  SequenceSpec part;
  part.within = spec.within;
  part.steps.assign(spec.steps.begin(), spec.steps.begin() + static_cast<std::ptrdiff_t>(steps));
  part.barriers.assign(steps, 0);
  if (barriers) std::copy_n(spec.barriers.begin(), steps, part.barriers.begin());
  return part;
}

/// The latest run of these steps.
std::optional<Run> latest_run(std::span<const SequenceEvent> events, const SequenceSpec& spec) {
  for (std::size_t at = events.size(); at-- > 0;) {
    if (auto run = run_with(events, at, spec)) return run;
  }
  return std::nullopt;
}

/// What came between so many steps, without which they would all have come.
std::optional<std::size_t> between_steps(std::span<const SequenceEvent> events, const SequenceSpec& spec,
                                         std::size_t steps) {
  const auto run = latest_run(events, first_steps(spec, steps, false));
  if (!run) return std::nullopt;
  for (std::size_t step = 1; step < run->size(); ++step) {
    for (std::size_t at = (*run)[step - 1] + 1; at < (*run)[step]; ++at) {
      if ((events[at].parts & spec.barriers[step]) != 0) return at;
    }
  }
  return std::nullopt;
}

/// What came behind the last step, and must not.
std::optional<std::size_t> behind_steps(std::span<const SequenceEvent> events, const SequenceSpec& spec,
                                        std::size_t last) {
  for (std::size_t at = last + 1; at < events.size(); ++at) {
    if ((events[at].parts & spec.closing) != 0) return at;
  }
  return std::nullopt;
}

}  // namespace

void Insight::fill(Holding& holding, const Pattern& pattern, RecordId own) const {
  const rules::Block& block = city_.context_.rule(pattern.rule).block;
  if (std::holds_alternative<rules::SequenceBlock>(block)) return fill_sequence(holding, pattern, own);
  if (std::holds_alternative<rules::AbsenceBlock>(block)) return fill_absence(holding, pattern);
  fill_count(holding, pattern, own);
}

/// The largest window with the event in hand, or else that behind the clock.
void Insight::fill_count(Holding& holding, const Pattern& pattern, RecordId own) const {
  const WindowSpec& spec = city_.context_.window_spec(pattern.rule);
  std::vector<RecordId> records;
  if (own != kNoRecord && pattern.window.find(own, city_.records_) != nullptr) {
    records = pattern.window.largest_with(own, spec, city_.records_).records;
  } else {
    for (const Window::Entry& entry : pattern.window.entries()) {
      if (entry.time > holding.clock - spec.within && entry.time <= holding.clock) records.push_back(entry.record);
    }
  }
  list(holding, records, &pattern);
  holding.size.count = static_cast<std::int64_t>(records.size());
  std::vector<Interner::Id> values;
  for (const RecordId record : records) values.push_back(pattern.window.find(record, city_.records_)->value);
  std::sort(values.begin(), values.end());
  holding.size.distinct = std::unique(values.begin(), values.end()) - values.begin();
  holding.enough = (spec.distinct ? holding.size.distinct : holding.size.count) >= spec.at_least;
}

void Insight::fill_sequence(Holding& holding, const Pattern& pattern, RecordId own) const {
  const SequenceSpec& spec = city_.context_.sequence(pattern.rule);
  City::Nearby around;
  std::vector<RecordId> records;
  for (const Window::Entry& entry : pattern.window.entries()) {
    if (entry.time <= holding.clock - spec.within) continue;
    around.events.push_back({entry.time, entry.value});
    around.records.push_back(entry.record);
  }
  list(holding, around.records, &pattern);
  SequenceHeld held;
  held.needed = spec.steps.size();
  std::optional<std::size_t> last;
  // A run that is whole without the event in hand is none of its doing.
  bool takes_part = own == kNoRecord;
  for (std::size_t steps = spec.steps.size(); steps > 0 && held.steps == 0; --steps) {
    const auto run = latest_run(around.events, first_steps(spec, steps, true));
    if (!run) continue;
    held.steps = steps;
    last = run->back();
    held.until = around.events[run->front()].time + spec.within;
    for (const std::size_t at : *run) {
      held.events.push_back(city_.records_.at(around.records[at]).id);
      takes_part = takes_part || around.records[at] == own;
    }
  }
  const auto preventing = held.steps < held.needed ? between_steps(around.events, spec, held.steps + 1)
                          : last                   ? behind_steps(around.events, spec, *last)
                                                   : std::nullopt;
  if (preventing) held.prevented_by = city_.records_.at(around.records[*preventing]).id;
  holding.enough = takes_part && held.steps == held.needed && !held.prevented_by && spec.closing == 0;
  holding.more = std::move(held);
}

void Insight::fill_absence(Holding& holding, const Pattern& pattern) const {
  const Duration within = std::get<rules::AbsenceBlock>(city_.context_.rule(pattern.rule).block).within;
  AbsenceHeld held;
  for (const RecordId id : city_.unanswered_in(pattern)) {
    const Record& record = city_.records_.at(id);
    if (held.waiting.size() < Holding::kMostEvents)
      held.waiting.push_back({record.id, record.time, record.time + within});
  }
  std::vector<RecordId> records;
  for (const Window::Entry& entry : pattern.window.entries()) {
    records.push_back(entry.record);
    if ((entry.value & City::kAnswers) != 0) held.answer = city_.records_.at(entry.record).id;
  }
  list(holding, records, &pattern);
  holding.enough = pattern.holding;
  holding.more = std::move(held);
}

/// `pattern` null: nothing is known of the member.
void Insight::fill_member(Holding& holding, const Pattern* pattern, RuleIndex rule) const {
  MemberHeld held;
  if (pattern != nullptr) {
    const auto entries = pattern->window.entries();
    const TimePoint came =
        entries.empty() ? pattern->last_expected : std::max(pattern->last_expected, entries.back().time);
    if (came != Window::kNever) held.came = came;
    holding.enough = pattern->holding;
  }
  const auto times = city_.waiting_times_.find(rule);
  if (times != city_.waiting_times_.end()) {
    for (const WaitingTime& time : times->second) {
      if (time.end <= holding.clock) continue;
      held.by = time.by;
      held.end = time.end;
      break;
    }
  }
  holding.more = held;
}

void Insight::fill_spike(Holding& holding, const Pattern* pattern, RuleIndex rule) const {
  const auto& block = std::get<rules::SpikeBlock>(city_.context_.rule(rule).block);
  const DailyCounts::Day today = city_.local_day(holding.clock);
  const DailyCounts::Day first = city_.local_day(*city_.started_);
  const bool gap = block.method == rules::SpikeMethod::ears_c2 || block.method == rules::SpikeMethod::ears_c3;
  const int days = block.method == rules::SpikeMethod::cusum ? block.baseline_days : kEarsDays;
  const DailyCounts::Day last = today - 1 - (gap ? kEarsGap : 0);
  const DailyCounts::Day from = std::max(last - days + 1, first);
  SpikeHeld held;
  held.days_before = std::max(0, last - from + 1);
  if (pattern != nullptr && pattern->days) {
    held.today = pattern->days->on(today);
    std::int64_t sum = 0;
    for (DailyCounts::Day day = from; day <= last; ++day) sum += pattern->days->on(day);
    if (held.days_before > 0) held.mean_before = static_cast<double>(sum) / held.days_before;
    held.statistic = pattern->days->statistic(block, today, first);
    holding.enough = pattern->days->unusual(block, today, first);
    std::vector<RecordId> records;
    for (const Window::Entry& entry : pattern->window.entries()) {
      if (city_.local_day(entry.time) == today) records.push_back(entry.record);
    }
    list(holding, records, pattern);
  } else if (today - first >= DailyCounts::kDaysBefore) {
    held.statistic = 0;
  }
  holding.size = {held.today, held.today};
  holding.more = held;
}

}  // namespace kentongan::engine
