// SPDX-License-Identifier: Apache-2.0
// Reports: voice, scores, corrections, refutations.
#include <algorithm>
#include <utility>

#include "engine/city.hpp"

namespace kentongan::engine {

void City::apply_report(const Event& event, const Report& report, bool late) {
  const RecordId id = remember(event, *clock_);
  Record& record = records_.at(id);
  // Else a correction came before it and stands in its place.
  if (!record.ever_effective) {
    record.time = event.time;
    record.late = late;
    record.ever_effective = true;
    record.is_report = true;
    record.area = report.area;
    if (report.status != ReportStatus::refuted) {
      match(event, record.time);
      stand(id, report);
      look_at_touched(Look::normal, true);
      apply_conditions(id, event, late, {});
    }
  }
  put(id);
}

/// The record in which the correction comes to stand: that of the report it names, if that is remembered and
/// young enough; else a new one under the key it names, as if that report were still to come. `own` where
/// nothing can be corrected: without memory, or when what it names is no report.
RecordId City::target_of(RecordId own, const Event& event, const Report& report) {
  const std::string_view source = report.corrects_source.value_or(event.source);
  const RecordId named = records_.find(source, *report.corrects);
  if (context_.options().dedupe.count() == 0 || named == own) return own;
  if (named != kNoRecord) {
    const RecordId root = records_.root_of(named);
    const Record& record = records_.at(root);
    if (!record.is_report) return own;
    if (record.ever_effective && *clock_ - record.time <= context_.options().dedupe) return root;
    // Too old: its id is still known, for duplicates, and leads to the new record from now on.
    const RecordId apart = await_report(records_.create_apart(source, *report.corrects));
    Record& leads = records_.at(named);
    if (leads.root != kNoRecord) records_.release(leads.root);
    leads.root = apart;
    records_.use(apart);
    put(named);
    return apart;
  }
  return await_report(records_.create(source, *report.corrects));
}

/// The record is of a report that has not come; its correction will stand in it.
RecordId City::await_report(RecordId created) {
  records_.at(created).seen = *clock_;
  records_.at(created).area = id_;
  memory_.push_back({created, *clock_});
  return created;
}

void City::apply_correction(const Event& event, const Report& report, bool late) {
  const RecordId own = remember(event, *clock_);
  const RecordId root = target_of(own, event, report);
  const CorrectionKey key{event.time, std::string(event.id)};
  ledger_.watch();
  std::vector<Earlier> earlier = join(own, root, key);
  Record& record = records_.at(root);
  const bool valid = !record.corrected || *record.corrected <= key;
  const bool stands = valid && report.status != ReportStatus::refuted;
  if (valid) {
    if (!record.ever_effective) {
      record.time = event.time;
      record.late = late;
      record.ever_effective = true;
      record.is_report = true;
      record.area = report.area;
    }
    record.corrected = std::make_unique<CorrectionKey>(key);
    const std::vector<Earlier> replaced = take_out(root);
    earlier.insert(earlier.begin(), replaced.begin(), replaced.end());
    if (stands) {
      match(event, record.time);
      stand(root, report);
    }
  }
  look_at_touched(Look::anew, stands);
  if (stands) apply_conditions(root, event, late || record.late, earlier);
  settle_withdrawals(earlier);
  put(own);
  put(root);
}

/// The correction's own record leads to the report it corrects. Where corrections of this correction came before
/// it, what stands in its place leaves; it goes on to stand in the report if it is the most valid of all.
/// Returns the entries in windows that were left.
std::vector<City::Earlier> City::join(RecordId own, RecordId root, const CorrectionKey& key) {
  if (own == root) return {};
  Record& record = records_.at(own);
  record.is_report = true;
  std::vector<Earlier> left;
  if (record.ever_effective && record.root == kNoRecord) {
    const auto& known = records_.at(root).corrected;
    const bool wins = record.corrected && key < *record.corrected && (!known || *known < *record.corrected);
    left = wins ? adopt(own, root) : take_out(own);
  }
  if (record.root == kNoRecord) {
    record.root = root;
    records_.use(root);
  }
  return left;
}

/// What stands in `from` goes on to stand in `root`.
std::vector<City::Earlier> City::adopt(RecordId from, RecordId root) {
  Record& source = records_.at(from);
  Record& record = records_.at(root);
  const bool stood = source.stands;
  auto scores = source.scores;
  std::unique_ptr<KeptEvent> kept = std::move(source.kept);
  std::vector<Earlier> left = take_out(from);
  const std::vector<Earlier> replaced = take_out(root);
  if (!record.ever_effective) {
    record.time = source.time;
    record.late = source.late;
  }
  record.ever_effective = true;
  record.is_report = true;
  record.corrected = std::move(source.corrected);
  record.area = source.area;
  record.category = source.category;
  record.recommendation = std::move(source.recommendation);
  std::swap(record.reporter, source.reporter);
  record.scores = std::move(scores);
  record.kept = std::move(kept);
  if (stood) stand_again(root);
  for (const Earlier& entry : left) {
    if (!stood || record.late) continue;
    if (context_.window_spec(patterns_.at(entry.pattern).rule).distinct) (void)texts_.acquire(entry.entry.value);
    reenter(root, entry);
    schedule(entry.pattern);
  }
  left.insert(left.end(), replaced.begin(), replaced.end());
  return left;
}

/// What the rule adds for the event in hand. An expression that fails, is negative or not finite adds nothing.
double City::added_by(RuleIndex rule) {
  const rules::ScoreBlock& score = *context_.score_block(rule);
  if (score.computed == nullptr) return score.add;
  const auto number = evaluator_.number(*score.computed);
  if (!number) ++effects_->rules[rule.value()].failed;
  return number.value_or(0);
}

void City::score_shares(Record& record, const Report& report) {
  const rules::RiskModel& risk = context_.rules().risk;
  const double factor = risk.source[static_cast<std::size_t>(report.source - 'A')] * risk.content[report.content - 1U];
  record.scores.clear();
  for (const auto [rule, part] : matched_) {
    if (!context_.traits(rule).scores) continue;
    if (const double base = added_by(rule) * factor; base > 0) record.scores.push_back({rule, base});
  }
}

/// The report comes to stand in the record: ranked, scored, listed.
void City::stand(RecordId id, const Report& report) {
  Record& record = records_.at(id);
  record.is_report = true;
  record.area = report.area;
  record.category = report.category;
  texts_.release(record.reporter);
  record.reporter = acquire_voice(texts_, report);
  record.recommendation = report.recommendation ? std::make_unique<std::string>(*report.recommendation) : nullptr;
  score_shares(record, report);
  stand_again(id);
}

void City::stand_again(RecordId id) {
  Record& record = records_.at(id);
  record.stands = true;
  record.rank = 1;
  if (context_.voice_on() && record.reporter != 0) {
    record.rank = voice_.insert(id, [this](RecordId other, std::uint32_t rank) { rerank(other, rank); });
  }
  ledger_.add(id);
  ledger_.list(id);
}

/// What stands in the record leaves ranks, scores and windows. Returns its entries in windows.
std::vector<City::Earlier> City::take_out(RecordId id) {
  Record& record = records_.at(id);
  if (!record.stands) return {};
  ledger_.remove(id);
  ledger_.unlist(id);
  if (context_.voice_on() && record.reporter != 0) {
    voice_.remove(id, [this](RecordId other, std::uint32_t rank) { rerank(other, rank); });
  }
  record.scores.clear();
  record.stands = false;
  record.kept.reset();
  return leave_windows(id);
}

void City::rerank(RecordId id, std::uint32_t rank) {
  ledger_.remove(id);
  if (rank > records_.at(id).rank) weights_fell_ = true;
  records_.at(id).rank = rank;
  ledger_.add(id);
  put(id);
}

}  // namespace kentongan::engine
