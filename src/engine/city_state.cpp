// SPDX-License-Identifier: Apache-2.0
// Saving and restoring one city.
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
#include <charconv>
#include <map>
#include <unordered_map>
#include <utility>

#include <google/protobuf/arena.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include "engine/city.hpp"
#include "engine/saved_time.hpp"
#include "state.pb.h"

namespace kentongan::engine {
namespace {

constexpr std::uint32_t kSchemaVersion = 2;

void save_sum(const DecayedSum& sum, Duration half_life, state::Sum& saved) {
  saved.set_half_life(half_life.count());
  for (const DecayedSum::Bucket& bucket : sum.buckets()) {
    state::Bucket& one = *saved.add_buckets();
    one.set_index(bucket.index);
    one.set_high(static_cast<std::int64_t>(bucket.amount >> 64));
    one.set_low(static_cast<std::uint64_t>(bucket.amount));
  }
}

DecayedSum load_sum(const state::Sum& saved) {
  std::vector<DecayedSum::Bucket> buckets;
  for (const state::Bucket& bucket : saved.buckets()) {
    const auto high = static_cast<unsigned __int128>(static_cast<__int128>(bucket.high()));
    buckets.push_back({bucket.index(), static_cast<__int128>((high << 64) | bucket.low())});
  }
  DecayedSum sum;
  sum.restore(std::move(buckets));
  return sum;
}

}  // namespace

/// Collects records into a chunk, texts that recur by number.
class City::ChunkWriter {
 public:
  explicit ChunkWriter(const City& city)
      : city_(city), chunk_(*google::protobuf::Arena::CreateMessage<state::Chunk>(&arena_)) {
    chunk_.set_clock(to_ms(*city.clock_));
  }

  void write(const Record& record) {
    state::Record& saved = *chunk_.add_records();
    saved.set_serial(record.serial);
    saved.set_id(record.id);
    saved.set_source(interned(record.source));
    saved.set_time(to_ms(record.time));
    saved.set_seen(to_ms(record.seen));
    saved.set_is_report(record.is_report);
    saved.set_accepted(record.accepted);
    saved.set_stands(record.stands);
    saved.set_late(record.late);
    saved.set_settled(record.settled);
    saved.set_ever_effective(record.ever_effective);
    saved.set_remembered(record.remembered);
    write_correction(record, saved);
    saved.set_area(place(record.area));
    if (record.reporter != 0) saved.set_reporter(interned(record.reporter));
    if (record.category) {
      saved.set_category(number(Kind::category, record.category->value(),
                                [&] { return city_.context_.reference().category_name(*record.category); }));
    }
    saved.set_rank(record.rank);
    for (const ScoreShare& share : record.scores) {
      state::Share& one = *saved.add_scores();
      one.set_rule(rule(share.rule));
      one.set_base(share.base);
    }
    if (record.recommendation) {
      saved.set_has_recommendation(true);
      saved.set_recommendation(*record.recommendation);
    }
    if (record.kept) saved.set_kept(record.kept->save(city_.context_.reference()));
    if (record.plan) {
      saved.set_plan(true);
      for (const RuleIndex planned : record.plan->rules) saved.add_plan_rules(rule(planned));
    }
  }
  void write_entry(PatternId id, const Window::Entry& entry) {
    const Pattern& pattern = city_.patterns_.at(id);
    state::Entry& saved = *chunk_.mutable_records(chunk_.records_size() - 1)->add_entries();
    saved.set_rule(rule(pattern.rule));
    saved.set_scope_kind(static_cast<std::uint32_t>(pattern.scope.kind));
    saved.set_scope_key(pattern.scope.place ? place(*pattern.scope.place) : number(Kind::scope, id, [&] {
      return std::string_view(pattern.scope.text);
    }));
    if (entry.held_at != Window::kNever) saved.set_held_at(to_ms(entry.held_at));
    saved.set_arrival(entry.arrival);
    if (city_.context_.window_spec(pattern.rule).distinct) {
      saved.set_has_value(true);
      saved.set_value(std::string(city_.texts_.text(entry.value)));
    } else {
      saved.set_parts(entry.value);
    }
  }
  [[nodiscard]] std::string bytes() const { return chunk_.SerializeAsString(); }

 private:
  void write_correction(const Record& record, state::Record& saved) {
    if (record.root != kNoRecord) saved.set_root(city_.records_.at(record.root).serial);
    if (record.corrected) {
      saved.set_has_correction(true);
      saved.set_correction_time(to_ms(record.corrected->time));
      saved.set_correction_id(record.corrected->id);
    }
  }
  enum class Kind : std::uint8_t { interned, place, category, rule, scope };

  /// The number of a text in the chunk, known by what it is the text of.
  template <class Text>
  std::uint32_t number(Kind kind, std::uint32_t of, Text text) {
    const std::uint64_t key = (static_cast<std::uint64_t>(kind) << 32U) | of;
    const auto [at, added] = numbers_.try_emplace(key, static_cast<std::uint32_t>(numbers_.size() + 1));
    if (added) chunk_.add_texts(std::string(std::string_view(text())));
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
  google::protobuf::Arena arena_;
  state::Chunk& chunk_;
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> numbers_;
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
      if (const Window::Entry* entry = patterns_.at(pattern).window.find(id)) {
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
    for (const RecordId id : oldest.records) {
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
  const auto& half_lives = context_.rules().half_lives;
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

bool City::restore(std::string_view kind, std::string_view key, std::string_view value) {
  const int size = static_cast<int>(value.size());
  if (kind == "city") {
    state::City saved;
    if (!saved.ParseFromArray(value.data(), size) || saved.schema() > kSchemaVersion) return false;
    clock_ = from_ms(saved.clock());
    started_ = from_ms(saved.started());
    arrivals_ = saved.arrivals();
    outputs_ = saved.outputs();
    next_chunk_ = saved.next_chunk();
    records_.continue_serials(saved.last_serial());
    saved_city_.assign(value);
    return true;
  }
  if (kind == "place") return restore_place(key, value);
  if (kind == "pattern") return restore_pattern(value);
  if (kind == "consignment") return restore_consignment(key, value);
  if (kind == "campaign-start") return restore_campaign_starts(key, value);
  if (kind == "closed") {
    std::int64_t ms = 0;
    std::from_chars(value.data(), value.data() + value.size(), ms);
    closed_alerts_.emplace(key, from_ms(ms));
    closed_order_.emplace_back(from_ms(ms), key);
    return true;
  }
  if (kind == "events") {
    std::uint64_t number = 0;
    std::from_chars(key.data(), key.data() + key.size(), number);
    waiting_chunks_.emplace_back(number, value);
    return true;
  }
  return false;
}

bool City::restore_place(std::string_view key, std::string_view value) {
  state::Place saved;
  if (!saved.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
  const auto place = context_.reference().find_place(key);
  if (!place) return true;
  places_[local(*place)].level = static_cast<Level>(saved.level());
  Ledger::AreaSums& sums = ledger_.area(*place);
  const auto& half_lives = context_.rules().half_lives;
  for (const state::Sum& sum : saved.sums()) {
    const auto at = std::find(half_lives.begin(), half_lives.end(), Duration{sum.half_life()});
    // Of a half-life that no rule uses any more nothing is left.
    if (at == half_lives.end()) continue;
    sums.by_half_life.resize(half_lives.size());
    sums.by_half_life[static_cast<std::size_t>(at - half_lives.begin())] = load_sum(sum);
  }
  sums.fast = load_sum(saved.fast());
  sums.slow = load_sum(saved.slow());
  return true;
}

/// Brings the records of a chunk back; a record that is there already is replaced.
class City::ChunkReader {
 public:
  explicit ChunkReader(City& city) : city_(city) {}

  /// In the order of their numbers.
  bool read(std::uint64_t number, std::string_view value) {
    number_ = number;
    if (!chunk_.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
    SavedChunk saved{number_, from_ms(chunk_.clock()), {}};
    for (const state::Record& record : chunk_.records()) saved.records.push_back(read_record(record));
    city_.chunks_.push_back(std::move(saved));
    return true;
  }
  /// When all chunks are read: corrections lead to their reports again.
  void link() {
    for (const auto& [id, serial] : roots_) {
      const auto root = ids_.find(serial);
      if (root == ids_.end() || city_.records_.at(id).root != kNoRecord) continue;
      city_.records_.at(id).root = root->second;
      city_.records_.use(root->second);
    }
  }
  /// Valid versions of campaign entries come into the book again.
  void put_plans() {
    for (const auto& [serial, id] : ids_) {
      const Record& record = city_.records_.at(id);
      if (!record.plan) continue;
      const RecordId before = city_.campaigns_.put(campaign_of(record).campaign, id, city_.context_.options().dedupe);
      if (before != kNoRecord) city_.records_.release(before);
    }
  }

 private:
  std::string_view text(std::uint32_t number) const {
    return number == 0 ? std::string_view{} : std::string_view(chunk_.texts(static_cast<int>(number) - 1));
  }

  RecordId read_record(const state::Record& saved) {
    const RecordId id = fresh(saved);
    Record& record = city_.records_.at(id);
    record.time = from_ms(saved.time());
    record.seen = from_ms(saved.seen());
    record.is_report = saved.is_report();
    record.accepted = saved.accepted();
    record.late = saved.late();
    record.ever_effective = saved.ever_effective();
    record.rank = saved.rank();
    record.chunk = number_;
    if (saved.root() != 0) roots_.insert_or_assign(id, saved.root());
    if (saved.has_correction()) {
      record.corrected =
          std::make_unique<CorrectionKey>(CorrectionKey{from_ms(saved.correction_time()), saved.correction_id()});
    }
    if (const auto area = city_.context_.reference().find_place(text(saved.area()))) record.area = *area;
    if (saved.reporter() != 0) record.reporter = city_.texts_.acquire(text(saved.reporter()));
    if (saved.category() != 0) record.category = city_.context_.reference().find_category(text(saved.category()));
    if (saved.has_recommendation()) record.recommendation = std::make_unique<std::string>(saved.recommendation());
    if (!saved.kept().empty()) {
      record.kept = KeptEvent::load(saved.kept(), city_.id_, city_.context_.reference());
    }
    if (saved.plan() && record.kept) plan(record, saved);
    if (saved.stands()) stand(id, saved);
    if (!saved.remembered()) city_.records_.forget_key(id);
    return id;
  }

  /// The record of this serial number, emptied; a new one is held by the memory of events.
  RecordId fresh(const state::Record& saved) {
    const auto [known, added] = ids_.try_emplace(saved.serial(), kNoRecord);
    if (added) {
      known->second = city_.records_.recreate(saved.serial(), text(saved.source()), saved.id(), saved.remembered());
      city_.memory_.push_back({known->second, {}});
    }
    const RecordId id = known->second;
    Record& record = city_.records_.at(id);
    for (const Earlier& entry : city_.leave_windows(id)) city_.release_value(entry.pattern, entry.entry);
    if (record.stands) {
      city_.ledger_.unlist(id);
      if (city_.context_.voice_on() && record.reporter != 0) city_.voice_.remove(id, [](RecordId, std::uint32_t) {});
    }
    city_.texts_.release(std::exchange(record.reporter, 0));
    record.stands = false;
    record.scores.clear();
    record.recommendation.reset();
    record.corrected.reset();
    record.plan.reset();
    record.kept.reset();
    return id;
  }

  void plan(Record& record, const state::Record& saved) {
    record.plan = std::make_unique<Plan>();
    for (const std::uint32_t number : saved.plan_rules()) {
      const auto rule = city_.context_.find_rule(text(number));
      if (rule && city_.context_.is_campaign_rule(*rule)) record.plan->rules.push_back(*rule);
    }
  }

  void stand(RecordId id, const state::Record& saved) {
    Record& record = city_.records_.at(id);
    record.stands = true;
    for (const state::Share& share : saved.scores()) {
      if (const auto rule = city_.context_.find_rule(text(share.rule())); rule && city_.context_.score_block(*rule)) {
        record.scores.push_back({*rule, share.base()});
      }
    }
    if (record.is_report) {
      const std::uint32_t rank = record.rank;
      if (city_.context_.voice_on() && record.reporter != 0) city_.voice_.insert(id, [](RecordId, std::uint32_t) {});
      record.rank = rank;
      city_.ledger_.list(id);
    }
    for (const state::Entry& entry : saved.entries()) read_entry(id, entry);
  }

  void read_entry(RecordId id, const state::Entry& saved) {
    const auto rule = city_.context_.find_rule(text(saved.rule()));
    const auto scope = city_.saved_scope(saved.scope_kind(), std::string(text(saved.scope_key())));
    if (!rule || !scope) return;
    Window::Entry entry;
    entry.held_at = saved.held_at() == 0 ? Window::kNever : from_ms(saved.held_at());
    entry.arrival = saved.arrival();
    if (saved.has_value()) entry.value = city_.texts_.acquire(saved.value());
    if (saved.parts() != 0) entry.value = saved.parts();
    if (city_.context_.window_spec(*rule).distinct != saved.has_value()) return;
    city_.reenter(id, {city_.patterns_.find_or_create(*rule, *scope), entry});
  }

  City& city_;
  std::uint64_t number_ = 0;
  state::Chunk chunk_;
  std::unordered_map<std::uint64_t, RecordId> ids_;  ///< by serial number
  std::map<RecordId, std::uint64_t> roots_;
};

bool City::finish_restore() {
  if (!clock_) return true;
  restoring_ = true;
  schedule_calendar(*started_);
  std::sort(waiting_chunks_.begin(), waiting_chunks_.end());
  ChunkReader reader(*this);
  for (const auto& [number, value] : waiting_chunks_) {
    if (!reader.read(number, value)) return false;
  }
  reader.link();
  reader.put_plans();
  waiting_chunks_.clear();
  waiting_chunks_.shrink_to_fit();
  for (Remembered& one : memory_) one.seen = records_.at(one.record).seen;
  std::stable_sort(memory_.begin(), memory_.end(),
                   [](const Remembered& a, const Remembered& b) { return a.seen < b.seen; });
  std::sort(closed_order_.begin(), closed_order_.end());
  forget();
  for (PatternId id = 0; id < patterns_.slots(); ++id) {
    Pattern& pattern = patterns_.at(id);
    if (!pattern.used) continue;
    pattern.window.set_taken_out(taken_out_.contains(id));
    if (!pattern.window.empty()) {
      // What was evicted before is still in the chunks; what it held was saved with the pattern.
      (void)drop_entries(id, *clock_);
      pattern.last_event_hold = std::max(pattern.last_event_hold, last_hold(pattern, 0));
    }
    schedule(id);
    free_if_idle(id);
  }
  taken_out_.clear();
  restoring_ = false;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (has_own_level(global(i))) {
      schedule_fall(global(i), *clock_, true);
    } else if (places_[i].level != highest_level(global(i))) {
      levels_apart_ = true;
    }
  }
  return true;
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
