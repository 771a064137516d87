// SPDX-License-Identifier: Apache-2.0
// Restoring one city from what city_state.cpp saved.
#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>
#include <utility>

#include "engine/city.hpp"
#include "engine/saved_time.hpp"
#include "state.pb.h"

namespace kentongan::engine {
namespace {

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
    levels_changed_ = saved.level_rules() != 0 && saved.level_rules() != context_.level_form();
    if (saved.has_voice() && saved.voice() != context_.rules().risk.voice_factor) voice_before_ = saved.voice();
    saved_city_.assign(value);
    return true;
  }
  if (kind == "place") return restore_place(key, value);
  if (kind == "pattern") return restore_pattern(key, value);
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
  for (const state::Sum& sum : saved.sums()) {
    // What was added under a half-life that no rule has any more goes on halving as it did.
    const std::uint32_t index = ledger_.half_life_index(Duration{sum.half_life()});
    sums.by_half_life.resize(ledger_.half_lives().size());
    sums.by_half_life[index] = load_sum(sum);
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
    forms_.clear();
    for (const state::WindowForm& form : chunk_.forms()) forms_.emplace(form.rule(), form.form());
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
    const auto area = city_.context_.reference().find_place(text(saved.area()));
    const bool at_home = area && city_.context_.reference().place(*area).city == city_.id_;
    record.area = at_home ? *area : city_.id_;
    if (saved.reporter() != 0) record.reporter = city_.texts_.acquire(text(saved.reporter()));
    if (saved.category() != 0) record.category = city_.context_.reference().find_category(text(saved.category()));
    if (saved.has_recommendation()) record.recommendation = std::make_unique<std::string>(saved.recommendation());
    if (!saved.kept().empty()) {
      record.kept = KeptEvent::load(saved.kept(), city_.id_, city_.context_.reference());
    }
    if (saved.plan() && record.kept) plan(record, saved);
    if (saved.stands()) stand(id, saved, at_home);
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

  /// The rule by which a share weighs; of one that was saved without its term, the rule as it is now.
  std::optional<RuleIndex> term_of(const state::Share& share) {
    if (share.term() != 0) {
      const state::ScoreTerm& term = chunk_.terms(static_cast<int>(share.term()) - 1);
      return city_.ledger_.term_number(text(term.rule()), Duration{term.half_life()}, term.spill());
    }
    const auto rule = city_.context_.find_rule(text(share.rule()));
    return rule && city_.context_.score_block(*rule) != nullptr ? rule : std::nullopt;
  }

  /// `scored`: not when its area is gone from the reference data, and with it what it added there.
  void stand(RecordId id, const state::Record& saved, bool scored) {
    Record& record = city_.records_.at(id);
    record.stands = true;
    for (const state::Share& share : saved.scores()) {
      if (const auto rule = term_of(share); rule && scored) record.scores.push_back({*rule, share.base()});
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
    if (!rule || !scope || !fits(saved.rule(), *rule)) return;
    Window::Entry entry;
    entry.held_at = saved.held_at() == 0 ? Window::kNever : from_ms(saved.held_at());
    entry.arrival = saved.arrival();
    if (saved.has_value()) entry.value = city_.texts_.acquire(saved.value());
    if (saved.parts() != 0) entry.value = saved.parts();
    if (city_.context_.window_spec(*rule).distinct != saved.has_value()) return;
    city_.reenter(id, {city_.patterns_.find_or_create(*rule, *scope), entry});
  }

  /// Whether events of a window still mean to the rule what they did.
  bool fits(std::uint32_t rule_text, RuleIndex rule) {
    const auto form = forms_.find(rule_text);
    if (form == forms_.end() || form->second == city_.context_.form(rule).window) return true;
    city_.emptied_.insert(rule);
    return false;
  }

  City& city_;
  std::uint64_t number_ = 0;
  state::Chunk chunk_;
  std::unordered_map<std::uint32_t, std::uint64_t> forms_;
  std::unordered_map<std::uint64_t, RecordId> ids_;  ///< by serial number
  std::map<RecordId, std::uint64_t> roots_;
};

bool City::finish_restore() {
  if (!clock_) return true;
  restoring_ = true;
  restored_at_ = *clock_;
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
    note_kept(pattern);
    // Its events are gone, which is no sign that it is over: its quiet time begins now.
    if (pattern.episode && emptied_.contains(pattern.rule)) pattern.settled_hold = *clock_;
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
  emptied_.clear();
  restoring_ = false;
  if (voice_before_) {
    ledger_.reweigh(*std::exchange(voice_before_, std::nullopt), [this](RecordId id) {
      put(id);
      return voice_.rank_of(id);
    });
  }
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (has_own_level(global(i))) {
      schedule_fall(global(i), *clock_, true);
    } else if (places_[i].level != highest_level(global(i))) {
      levels_apart_ = true;
    }
  }
  return true;
}

}  // namespace kentongan::engine
