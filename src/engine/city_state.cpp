// SPDX-License-Identifier: Apache-2.0
// Saving one city. What is restored of it: city_restore.cpp.
//
//   kind     key                       value
//   city     ""                        clock and counters
//   place    code                      level; of a kelurahan its sums
//   events   chunk number (20 digits)  the events that one batch added or changed, never rewritten; when a chunk
//                                      is older than anything is remembered, what is still needed of it is
//                                      written into the newest one and it is removed
//   pattern  rule LF scope kind LF key an open alert or what else a rule knows of a scope
//   closed   alert id                  when it was closed
//   consignment, campaign-start        id  see city_histories.cpp
//
// Windows, voice ranks and the reasons of scores are rebuilt from the events; sums are kept as exact integers.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "engine/city.hpp"
#include "engine/saved_time.hpp"
#include "engine/wire_writer.hpp"
#include "state.pb.h"

namespace kentongan::engine {
namespace {

void save_sum(const DecayedSum& sum, Duration half_life, state::Sum& saved) {
  saved.set_half_life(half_life.count());
  for (const DecayedSum::Bucket& bucket : sum.buckets()) {
    state::Bucket& one = *saved.add_buckets();
    one.set_index(bucket.index);
    one.set_high(static_cast<std::int64_t>(bucket.amount >> 64));
    one.set_low(static_cast<std::uint64_t>(bucket.amount));
  }
}

}  // namespace

/// Collects records into a chunk, texts that recur by number: the message Chunk of state.proto.
class City::ChunkWriter {
 public:
  explicit ChunkWriter(const City& city) : city_(city) { chunk_.number(Chunk::kClockFieldNumber, to_ms(*city.clock_)); }

  /// The entries of the record follow it.
  void write(const Record& record) {
    close_record();
    record_.number(Saved::kSerialFieldNumber, record.serial);
    record_.text(Saved::kIdFieldNumber, record.id);
    record_.number(Saved::kSourceFieldNumber, interned(record.source));
    record_.number(Saved::kTimeFieldNumber, to_ms(record.time));
    record_.number(Saved::kSeenFieldNumber, to_ms(record.seen));
    write_flags(record);
    write_correction(record);
    record_.number(Saved::kAreaFieldNumber, place(record.area));
    if (record.reporter != 0) record_.number(Saved::kReporterFieldNumber, interned(record.reporter));
    if (record.category) {
      record_.number(Saved::kCategoryFieldNumber, number(Kind::category, record.category->value(), [&] {
                       return city_.context_.reference().category_name(*record.category);
                     }));
    }
    record_.number(Saved::kRankFieldNumber, record.rank);
    for (const ScoreShare& share : record.scores) write_share(share);
    if (record.recommendation) {
      record_.flag(Saved::kHasRecommendationFieldNumber, true);
      record_.text(Saved::kRecommendationFieldNumber, *record.recommendation);
    }
    if (record.kept) record_.text(Saved::kKeptFieldNumber, record.kept->save(city_.context_.reference()));
    if (record.plan) {
      record_.flag(Saved::kPlanFieldNumber, true);
      for (const RuleIndex planned : record.plan->rules) record_.item(Saved::kPlanRulesFieldNumber, rule(planned));
    }
  }
  void write_entry(PatternId id, const Window::Entry& entry) {
    using Entry = state::Entry;
    const Pattern& pattern = city_.patterns_.at(id);
    const std::uint32_t named = rule(pattern.rule);
    note_form(pattern.rule, named);
    part_.clear();
    part_.number(Entry::kRuleFieldNumber, named);
    part_.number(Entry::kScopeKindFieldNumber, static_cast<std::uint32_t>(pattern.scope.kind));
    part_.number(Entry::kScopeKeyFieldNumber,
                 pattern.scope.place ? place(*pattern.scope.place)
                                     : number(Kind::scope, id, [&] { return std::string_view(pattern.scope.text); }));
    if (entry.held_at != Window::kNever) part_.number(Entry::kHeldAtFieldNumber, to_ms(entry.held_at));
    part_.number(Entry::kArrivalFieldNumber, entry.arrival);
    if (city_.context_.window_spec(pattern.rule).distinct) {
      part_.flag(Entry::kHasValueFieldNumber, true);
      part_.text(Entry::kValueFieldNumber, city_.texts_.text(entry.value));
    } else {
      part_.number(Entry::kPartsFieldNumber, entry.value);
    }
    record_.item(Saved::kEntriesFieldNumber, part_.bytes());
  }
  [[nodiscard]] std::string bytes() {
    close_record();
    return chunk_.take();
  }

 private:
  using Chunk = state::Chunk;
  using Saved = state::Record;
  enum class Kind : std::uint8_t { interned, place, category, rule, scope, term };

  void close_record() {
    if (!record_.bytes().empty()) chunk_.item(Chunk::kRecordsFieldNumber, record_.bytes());
    record_.clear();
  }
  void write_flags(const Record& record) {
    record_.flag(Saved::kIsReportFieldNumber, record.is_report);
    record_.flag(Saved::kAcceptedFieldNumber, record.accepted);
    record_.flag(Saved::kStandsFieldNumber, record.stands);
    record_.flag(Saved::kLateFieldNumber, record.late);
    record_.flag(Saved::kSettledFieldNumber, record.settled);
    record_.flag(Saved::kEverEffectiveFieldNumber, record.ever_effective);
    record_.flag(Saved::kRememberedFieldNumber, record.remembered);
  }
  void write_correction(const Record& record) {
    if (record.root != kNoRecord) record_.number(Saved::kRootFieldNumber, city_.records_.at(record.root).serial);
    if (record.corrected) {
      record_.flag(Saved::kHasCorrectionFieldNumber, true);
      record_.number(Saved::kCorrectionTimeFieldNumber, to_ms(record.corrected->time));
      record_.text(Saved::kCorrectionIdFieldNumber, record.corrected->id);
    }
  }
  void write_share(const ScoreShare& share) {
    const std::uint32_t by = term(share.rule);
    part_.clear();
    part_.real(state::Share::kBaseFieldNumber, share.base);
    part_.number(state::Share::kTermFieldNumber, by);
    record_.item(Saved::kScoresFieldNumber, part_.bytes());
  }
  std::uint32_t term(RuleIndex added_by) {
    const auto [at, added] = terms_.try_emplace(added_by.value(), static_cast<std::uint32_t>(terms_.size() + 1));
    if (!added) return at->second;
    const Ledger::Term by = city_.ledger_.term(added_by);
    part_.clear();
    part_.number(state::ScoreTerm::kRuleFieldNumber,
                 number(Kind::term, added_by.value(), [&] { return std::string_view(by.rule); }));
    part_.number(state::ScoreTerm::kHalfLifeFieldNumber, std::int64_t{by.half_life.count()});
    part_.real(state::ScoreTerm::kSpillFieldNumber, by.spill);
    chunk_.item(Chunk::kTermsFieldNumber, part_.bytes());
    return at->second;
  }
  /// Of a rule whose entries are in the chunk, once.
  void note_form(RuleIndex index, std::uint32_t named) {
    if (!forms_.insert(named).second) return;
    part_.clear();
    part_.number(state::WindowForm::kRuleFieldNumber, named);
    part_.fixed(state::WindowForm::kFormFieldNumber, city_.context_.form(index).window);
    chunk_.item(Chunk::kFormsFieldNumber, part_.bytes());
  }

  /// The number of a text in the chunk, known by what it is the text of.
  template <class Text>
  std::uint32_t number(Kind kind, std::uint32_t of, Text text) {
    const std::uint64_t key = (static_cast<std::uint64_t>(kind) << 32U) | of;
    const auto [at, added] = numbers_.try_emplace(key, static_cast<std::uint32_t>(numbers_.size() + 1));
    if (added) chunk_.item(Chunk::kTextsFieldNumber, std::string_view(text()));
    return at->second;
  }
  std::uint32_t interned(Interner::Id id) {
    return number(Kind::interned, id, [&] { return city_.texts_.text(id); });
  }
  std::uint32_t place(PlaceId id) {
    return number(Kind::place, id.value(), [&] { return std::string_view(city_.context_.reference().place(id).code); });
  }
  std::uint32_t rule(RuleIndex index) {
    return number(Kind::rule, index.value(), [&] { return std::string_view(city_.context_.rule(index).id.value()); });
  }

  const City& city_;
  WireWriter chunk_;
  WireWriter record_;  ///< the one in hand
  WireWriter part_;    ///< scratch
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> numbers_;
  boost::unordered_flat_map<std::uint32_t, std::uint32_t> terms_;
  boost::unordered_flat_set<std::uint32_t> forms_;  ///< texts of the rules whose form is noted
};

void City::put(RecordId id) {
  Record& record = records_.at(id);
  if (record.changed || !context_.options().durable) return;
  record.changed = true;
  // Forgotten or not: it stays until it is saved as it was in the end, as what was saved of it before is no longer so.
  records_.use(id);
  changed_records_.push_back(id);
}

void City::mark(PatternId id) {
  Pattern& pattern = patterns_.at(id);
  if (pattern.dirty || !context_.options().durable) return;
  pattern.dirty = true;
  dirty_patterns_.push_back(id);
}

void City::collect_changes(std::vector<StateChange>& changes) {
  retire_chunks(changes);
  save_places(changes);
  save_patterns(changes);
  save_closed(changes);
  save_histories(changes);
  save_records(changes);
  state::City saved;
  saved.set_schema(kSchemaVersion);
  saved.set_clock(to_ms(*clock_));
  saved.set_started(to_ms(*started_));
  saved.set_arrivals(arrivals_);
  saved.set_outputs(outputs_);
  saved.set_next_chunk(next_chunk_);
  saved.set_last_serial(records_.last_serial());
  saved.set_level_rules(context_.level_form());
  saved.set_voice(context_.rules().risk.voice_factor);
  std::string bytes = saved.SerializeAsString();
  if (bytes == saved_city_) return;
  saved_city_ = bytes;
  changes.push_back({code(), "city", "", std::move(bytes)});
}

void City::save_records(std::vector<StateChange>& changes) {
  const std::vector<RecordId> changed = std::exchange(changed_records_, {});
  SavedChunk chunk{next_chunk_, *clock_, {}};
  ChunkWriter writer(*this);
  for (const RecordId id : changed) {
    Record& record = records_.at(id);
    record.changed = false;
    record.chunk = chunk.number;
    chunk.records.push_back(id);
    writer.write(record);
    for (const PatternId pattern : record.patterns) {
      if (const Window::Entry* entry = patterns_.at(pattern).window.find(id, records_)) {
        writer.write_entry(pattern, *entry);
      }
    }
    records_.release(id);
  }
  if (chunk.records.empty()) return;
  ++next_chunk_;
  changes.push_back({code(), "events", fmt::format("{:020}", chunk.number), writer.bytes()});
  chunks_.push_back(std::move(chunk));
}

/// Removes chunks that are older than anything is remembered; what a score still needs goes into the new one.
void City::retire_chunks(std::vector<StateChange>& changes) {
  while (!chunks_.empty() && *clock_ - chunks_.front().clock > context_.retention() + kMinute) {
    const SavedChunk& oldest = chunks_.front();
    constexpr std::size_t kAhead = 8;
    for (std::size_t i = 0; i < oldest.records.size(); ++i) {
      if (i + kAhead < oldest.records.size()) records_.fetch(oldest.records[i + kAhead]);
      const RecordId id = oldest.records[i];
      const Record& record = records_.at(id);
      if (record.uses > 0 && record.chunk == oldest.number) put(id);
    }
    changes.push_back({code(), "events", fmt::format("{:020}", oldest.number), std::nullopt});
    chunks_.pop_front();
  }
}

void City::save_places(std::vector<StateChange>& changes) {
  std::set<PlaceId> dirty = ledger_.take_dirty();
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (std::exchange(places_[i].dirty, false)) dirty.insert(global(i));
  }
  const auto& half_lives = ledger_.half_lives();
  for (const PlaceId place : dirty) {
    state::Place saved;
    saved.set_level(static_cast<std::uint32_t>(level(place)));
    Ledger::AreaSums& sums = ledger_.area(place);
    for (std::size_t i = 0; i < sums.by_half_life.size(); ++i) {
      sums.by_half_life[i].prune(*clock_, half_lives[i]);
      if (!sums.by_half_life[i].empty()) save_sum(sums.by_half_life[i], half_lives[i], *saved.add_sums());
    }
    sums.fast.prune(*clock_, Ledger::kFastTrend);
    sums.slow.prune(*clock_, Ledger::kSlowTrend);
    save_sum(sums.fast, Ledger::kFastTrend, *saved.mutable_fast());
    save_sum(sums.slow, Ledger::kSlowTrend, *saved.mutable_slow());
    changes.push_back({code(), "place", context_.reference().place(place).code, saved.SerializeAsString()});
  }
}

void City::save_closed(std::vector<StateChange>& changes) {
  for (const std::string& alert : new_closed_) {
    const auto closed = closed_alerts_.find(alert);
    if (closed != closed_alerts_.end()) {
      changes.push_back({code(), "closed", alert, std::to_string(to_ms(closed->second))});
    }
  }
  new_closed_.clear();
  for (std::string& alert : forgotten_closed_) changes.push_back({code(), "closed", std::move(alert), std::nullopt});
  forgotten_closed_.clear();
}

PlaceView City::view(PlaceId place, std::size_t contributions) const {
  return {place, ledger_.score(place, *clock_), level(place), ledger_.rising(place, *clock_),
          contributions == 0 ? std::vector<Contribution>{} : ledger_.contributions(place, *clock_, contributions)};
}

std::vector<const Pattern*> City::patterns_of(RuleIndex rule) const {
  std::vector<const Pattern*> found;
  for (PatternId id = 0; id < patterns_.slots(); ++id) {
    if (patterns_.at(id).used && patterns_.at(id).rule == rule) found.push_back(&patterns_.at(id));
  }
  return found;
}

}  // namespace kentongan::engine
