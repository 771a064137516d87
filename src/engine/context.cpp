// SPDX-License-Identifier: Apache-2.0
#include "engine/context.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/decayed_sum.hpp"

namespace kentongan::engine {
namespace {

WindowSpec spec_of_rule(const rules::Rule& rule) {
  if (const auto* count = std::get_if<rules::CountBlock>(&rule.block)) {
    return {count->at_least, count->within, count->distinct.has_value()};
  }
  return {};
}

using Days = std::vector<std::pair<LocalDay, LocalDay>>;

Days days_of_stages(const rules::Rule& rule, const Reference& reference) {
  Days all;
  for (const Stage& stage : reference.stages) {
    const bool named = std::find(rule.stages.begin(), rule.stages.end(), stage.name) != rule.stages.end();
    if (named) all.emplace_back(stage.first_day, stage.last_day);
  }
  std::sort(all.begin(), all.end());
  Days apart;
  for (const auto& [first, last] : all) {
    if (!apart.empty() && first <= apart.back().second + std::chrono::days(1)) {
      apart.back().second = std::max(apart.back().second, last);
    } else {
      apart.emplace_back(first, last);
    }
  }
  return apart;
}

SequenceSpec spec_of_sequence(const rules::SequenceBlock& block) {
  SequenceSpec spec;
  spec.within = block.within;
  std::uint32_t barrier = 0;
  for (std::size_t i = 0; i < block.steps.size(); ++i) {
    const std::uint32_t bit = std::uint32_t{1} << i;
    if (block.steps[i].negated) {
      barrier |= bit;
      continue;
    }
    spec.steps.push_back(bit);
    spec.barriers.push_back(std::exchange(barrier, 0));
  }
  spec.closing = barrier;
  return spec;
}

/// How long an event in a scope of the rule can still matter.
Duration retention_of(const rules::Rule& rule, const Options& options) {
  const Duration changes = std::max(options.dedupe, options.lateness);
  if (const auto* count = std::get_if<rules::CountBlock>(&rule.block)) return count->within + changes;
  if (const auto* sequence = std::get_if<rules::SequenceBlock>(&rule.block)) return sequence->within + changes;
  if (const auto* absence = std::get_if<rules::AbsenceBlock>(&rule.block)) return absence->within + changes;
  if (std::holds_alternative<rules::SpikeBlock>(rule.block)) return changes + kDay;
  // Else only corrections look back.
  return options.dedupe;
}

/// The clock's steps at which old entries leave.
Duration slot_of(const rules::Rule& rule, Duration retention) {
  const bool many =
      std::holds_alternative<rules::CheckBlock>(rule.block) || std::holds_alternative<rules::CountBlock>(rule.block);
  if (!many) return Duration{1};
  return std::clamp<Duration>(retention / 32, Duration{1}, std::chrono::hours(1));
}

RuleTraits traits_of(const rules::Rule& rule, const Options& options) {
  RuleTraits traits;
  const auto* count = std::get_if<rules::CountBlock>(&rule.block);
  traits.score = std::holds_alternative<rules::ScoreBlock>(rule.block);
  traits.scores = traits.score && rule.status == rules::RuleStatus::live;
  traits.check = std::holds_alternative<rules::CheckBlock>(rule.block);
  traits.counts = traits.check || count != nullptr;
  const rules::Per* per = rules::per_of(rule, 0);
  traits.takes_part = per != nullptr;
  traits.per_area = traits.counts && per->kind == rules::PerKind::area;
  traits.staged = rule.staged;
  for (const rules::Condition* condition : rules::conditions_of(rule)) {
    const rules::When* when = condition->when.get();
    if (when != nullptr && (options.full_scan || !when->deferred.empty())) traits.asks_later = true;
  }
  if (count != nullptr) traits.distinct = count->distinct;
  return traits;
}

double lightest_heavy_weight(const rules::RiskModel& risk) {
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < kLevels; ++i) {
    if (risk.independent[i] > 1) lowest = std::min(lowest, risk.thresholds[i]);
  }
  // Half of 1 %: with `sum`, a report counts with what it spills to the neighbours too, which is less than itself.
  return lowest * 0.005;
}

}  // namespace

Context::Context(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference,
                 Options options)
    : rules_(std::move(rules)), reference_(std::move(reference)), matcher_(*rules_, *reference_), options_(options) {
  retention_ = options_.dedupe + (voice_on() ? rules_->risk.voice_within : Duration{0});
  for (std::size_t i = 0; i < rules_->rules.size(); ++i) {
    const rules::Rule& rule = rules_->rules[i];
    const RuleIndex index{static_cast<std::uint32_t>(i)};
    windows_.push_back(spec_of_rule(rule));
    traits_.push_back(traits_of(rule, options_));
    any_staged_ = any_staged_ || rule.staged;
    stage_days_.push_back(days_of_stages(rule, *reference_));
    const Duration span = retention_of(rule, options_);
    retentions_.push_back({span, slot_of(rule, span)});
    forms_.push_back(form_of(rule));
    if (const auto* sequence = std::get_if<rules::SequenceBlock>(&rule.block)) {
      sequences_.emplace(index, spec_of_sequence(*sequence));
    }
    if (std::holds_alternative<rules::MemberAbsenceBlock>(rule.block)) member_rules_.push_back(index);
    if (is_campaign_rule(index)) campaign_rules_.push_back(index);
    retention_ = std::max(retention_, span + retentions_.back().slot);
    if (const auto* level = std::get_if<rules::LevelBlock>(&rule.block)) {
      level_rules_[static_cast<std::size_t>(level->per)].push_back(index);
    }
  }
  double weight = 1;
  for (double& slot : voice_weights_) {
    slot = weight;
    weight *= rules_->risk.voice_factor;
  }
  heavy_weight_ = lightest_heavy_weight(rules_->risk);
  level_form_ = form_of_levels(*rules_);
}

TimePoint Context::window_end(RuleIndex index, TimePoint entry) const {
  const auto [span, slot] = retentions_[index.value()];
  const Duration::rep past = (entry + span).time_since_epoch().count();
  // The next step behind it, also of times before 1970.
  const Duration::rep into = (past % slot.count() + slot.count()) % slot.count();
  return entry + span + (slot - Duration{into});
}

TimePoint Context::window_begin(RuleIndex index, TimePoint now) const {
  const auto [span, slot] = retentions_[index.value()];
  const Duration::rep clock = now.time_since_epoch().count();
  const Duration::rep into = (clock % slot.count() + slot.count()) % slot.count();
  return now - Duration{into} - span;
}

bool Context::in_stages(RuleIndex index, LocalDay day) const {
  const Days& days = stage_days_[index.value()];
  return std::any_of(days.begin(), days.end(),
                     [&](const auto& span) { return span.first <= day && day <= span.second; });
}

std::optional<LocalDay> Context::next_stage_day(RuleIndex index, LocalDay from) const {
  for (const auto& [first, last] : stage_days_[index.value()]) {
    if (last >= from) return std::max(first, from);
  }
  return std::nullopt;
}

LocalDay Context::next_day_outside(RuleIndex index, LocalDay from) const {
  for (const auto& [first, last] : stage_days_[index.value()]) {
    if (first <= from && from <= last) return last + std::chrono::days(1);
  }
  return from;
}

bool Context::is_campaign_rule(RuleIndex index) const {
  const rules::Block& block = rule(index).block;
  return std::holds_alternative<rules::ClashBlock>(block) || std::holds_alternative<rules::QuotaBlock>(block);
}

bool Context::lasting(RuleIndex index) const {
  const rules::Block& block = rule(index).block;
  return std::holds_alternative<rules::LevelBlock>(block) || std::holds_alternative<rules::AbsenceBlock>(block) ||
         std::holds_alternative<rules::MemberAbsenceBlock>(block) || is_campaign_rule(index);
}

double Context::voice_weight(std::uint32_t rank) const {
  if (rank <= voice_weights_.size()) return voice_weights_[rank - 1];
  return std::pow(rules_->risk.voice_factor, static_cast<double>(rank - 1));
}

std::uint32_t Context::most_rank(double voice_factor) {
  if (voice_factor >= 1) return UINT32_MAX;
  if (voice_factor <= 0) return 2;
  const double ranks = -std::log2(DecayedSum::kLargestWeight * DecayedSum::kLargestScale) / std::log2(voice_factor);
  return ranks < UINT32_MAX / 2 ? static_cast<std::uint32_t>(ranks) + 2 : UINT32_MAX;
}

std::optional<RuleIndex> Context::find_rule(std::string_view id) const {
  const auto& rules = rules_->rules;
  const auto at = std::lower_bound(
      rules.begin(), rules.end(), id,
      [](const rules::Rule& rule, std::string_view wanted) { return std::string_view(rule.id.value()) < wanted; });
  if (at == rules.end() || at->id.value() != id) return std::nullopt;
  return RuleIndex{static_cast<std::uint32_t>(at - rules.begin())};
}

}  // namespace kentongan::engine
