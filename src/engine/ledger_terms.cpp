// SPDX-License-Identifier: Apache-2.0
// What shares weigh by when rules are no longer what they were.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include "engine/ledger.hpp"

namespace kentongan::engine {
namespace {

/// As Context::voice_weight() makes it, to the last bit: else what was added could not be taken out.
double voice_weight_by(double factor, std::uint32_t rank) {
  constexpr std::uint32_t kRanksMultiplied = 64;
  if (rank > kRanksMultiplied) return std::pow(factor, static_cast<double>(rank - 1));
  double weight = 1;
  for (std::uint32_t i = 1; i < rank; ++i) weight *= factor;
  return weight;
}

}  // namespace

Ledger::Term Ledger::term(RuleIndex number) const {
  const auto& rules = context_.rules().rules;
  if (number.value() < rules.size()) {
    const rules::ScoreBlock& block = *context_.score_block(number);
    return {rules[number.value()].id.value(), block.half_life, block.spill, block.half_life_index};
  }
  const Retired& retired = retired_[number.value() - rules.size()];
  return {retired.rule, retired.half_life, retired.spill, retired.half_life_index};
}

RuleIndex Ledger::term_number(std::string_view rule, Duration half_life, double spill) {
  if (const auto index = context_.find_rule(rule)) {
    const rules::ScoreBlock* block = context_.score_block(*index);
    const bool live = context_.rule(*index).status == rules::RuleStatus::live;
    if (live && block != nullptr && block->half_life == half_life && block->spill == spill) return *index;
  }
  const auto known = std::find_if(retired_.begin(), retired_.end(), [&](const Retired& one) {
    return one.rule == rule && one.half_life == half_life && one.spill == spill;
  });
  const auto at = static_cast<std::size_t>(known - retired_.begin());
  if (known == retired_.end()) {
    const std::uint32_t index = half_life_index(half_life);
    retired_.push_back({std::string(rule), half_life, spill, index});
    spills_ = spills_ || spill > 0;
  }
  return RuleIndex{static_cast<std::uint32_t>(context_.rules().rules.size() + at)};
}

/// Retired half-lives stand in their order, whenever they came in: sums of floating point numbers depend on it.
std::uint32_t Ledger::half_life_index(Duration half_life) {
  const auto retired = half_lives_.begin() + static_cast<std::ptrdiff_t>(context_.rules().half_lives.size());
  const auto current = std::find(half_lives_.begin(), retired, half_life);
  if (current != retired) return static_cast<std::uint32_t>(current - half_lives_.begin());
  const auto place = std::lower_bound(retired, half_lives_.end(), half_life);
  const auto index = static_cast<std::uint32_t>(place - half_lives_.begin());
  if (place != half_lives_.end() && *place == half_life) return index;
  half_lives_.insert(place, half_life);
  for (AreaSums& sums : areas_) {
    auto& all = sums.by_half_life;
    if (all.size() > index) all.insert(all.begin() + static_cast<std::ptrdiff_t>(index), DecayedSum{});
  }
  for (Retired& one : retired_) {
    if (one.half_life_index >= index) ++one.half_life_index;
  }
  return index;
}

/// By rule, as rules are numbered by their ids.
bool Ledger::term_before(RuleIndex a, RuleIndex b) const {
  const std::size_t rules = context_.rules().rules.size();
  if (a.value() < rules && b.value() < rules) return a < b;
  const auto key = [&](RuleIndex number) {
    const Term by = term(number);
    return std::tuple(by.rule, number.value() >= rules, by.half_life, by.spill);
  };
  return key(a) < key(b);
}

void Ledger::reweigh(double voice_factor, const std::function<std::uint32_t(RecordId)>& rank_of) {
  const std::uint32_t most = Context::most_rank(voice_factor);
  for (const AreaSums& sums : areas_) {
    for (const RecordId id : sums.recent) {
      change_by(id, -1, voice_weight_by(voice_factor, records_.at(id).rank));
      if (Record& record = records_.at(id); record.rank >= most) record.rank = rank_of(id);
      change(id, 1);
    }
  }
  dirty_.insert(touched_.begin(), touched_.end());
}

}  // namespace kentongan::engine
