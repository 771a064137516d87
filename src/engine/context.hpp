// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "domain/reference.hpp"
#include "engine/options.hpp"
#include "engine/rule_form.hpp"
#include "engine/sequence_runs.hpp"
#include "engine/window.hpp"
#include "rules/matcher.hpp"
#include "rules/rule.hpp"

namespace kentongan::engine {

/// What is asked of a rule for each event that satisfies it.
struct RuleTraits {
  bool score = false;
  bool scores = false;  ///< the same, and it is live
  bool check = false;
  bool counts = false;      ///< check or count: its windows say when it holds
  bool takes_part = false;  ///< events take part in scopes of it
  bool staged = false;
  bool asks_later = false;  ///< some of its conditions leave something open that the event alone does not decide
  bool per_area = false;    ///< of check and count rules: one scope is one kelurahan
  std::optional<FieldId> distinct;
};

/// What all cities of an engine share: rules, reference data and what follows from them. Immutable.
class Context {
 public:
  Context(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference, Options options);

  [[nodiscard]] const rules::RuleSet& rules() const noexcept { return *rules_; }
  [[nodiscard]] const rules::Rule& rule(RuleIndex index) const { return rules_->rules[index.value()]; }
  [[nodiscard]] const Reference& reference() const noexcept { return *reference_; }
  [[nodiscard]] const rules::Matcher& matcher() const noexcept { return matcher_; }
  [[nodiscard]] const Options& options() const noexcept { return options_; }

  [[nodiscard]] const rules::ScoreBlock* score_block(RuleIndex index) const {
    return std::get_if<rules::ScoreBlock>(&rule(index).block);
  }
  [[nodiscard]] const WindowSpec& window_spec(RuleIndex index) const { return windows_[index.value()]; }
  [[nodiscard]] const RuleTraits& traits(RuleIndex index) const { return traits_[index.value()]; }
  [[nodiscard]] bool any_staged() const noexcept { return any_staged_; }
  /// When an entry of this time leaves the rule's windows: behind the moment until which it can matter, those of check
  /// and count rules many at a time. It depends on nothing else, so that a restart changes nothing.
  [[nodiscard]] TimePoint window_end(RuleIndex index, TimePoint entry) const;
  /// The entries before it have left by now: those whose window_end() is not behind it.
  [[nodiscard]] TimePoint window_begin(RuleIndex index, TimePoint now) const;
  /// Does the day lie in a stage that the rule is limited to?
  [[nodiscard]] bool in_stages(RuleIndex index, LocalDay day) const;
  /// The first day of its stages from this one on.
  [[nodiscard]] std::optional<LocalDay> next_stage_day(RuleIndex index, LocalDay from) const;
  /// The first day from this one on that is outside its stages.
  [[nodiscard]] LocalDay next_day_outside(RuleIndex index, LocalDay from) const;
  /// Of a sequence rule.
  [[nodiscard]] const SequenceSpec& sequence(RuleIndex index) const { return sequences_.at(index); }
  /// Rules that wait for every member of a population, in id order.
  [[nodiscard]] const std::vector<RuleIndex>& member_rules() const noexcept { return member_rules_; }
  /// The longest time for which any event is remembered, scores aside.
  [[nodiscard]] Duration retention() const noexcept { return retention_; }
  /// Level rules by kind of place, in id order.
  [[nodiscard]] const std::vector<RuleIndex>& level_rules(PlaceKind kind) const {
    return level_rules_[static_cast<std::size_t>(kind)];
  }
  /// Clash and quota rules, in id order.
  [[nodiscard]] const std::vector<RuleIndex>& campaign_rules() const noexcept { return campaign_rules_; }
  [[nodiscard]] bool is_campaign_rule(RuleIndex index) const;
  /// The rule's condition lasts from a begin to an end, and may begin again only behind its end.
  [[nodiscard]] bool lasting(RuleIndex index) const;
  [[nodiscard]] bool voice_on() const noexcept { return rules_->risk.voice_factor != 1.0; }
  [[nodiscard]] double voice_weight(std::uint32_t rank) const;
  /// The first rank at which the heaviest report adds nothing to a sum with this factor.
  [[nodiscard]] static std::uint32_t most_rank(double voice_factor);
  /// The weight below which no report can stand behind a level that asks for reporters; infinite: none asks.
  [[nodiscard]] double heavy_weight() const noexcept { return heavy_weight_; }
  [[nodiscard]] const RuleForm& form(RuleIndex index) const { return forms_[index.value()]; }
  [[nodiscard]] std::uint64_t level_form() const noexcept { return level_form_; }
  /// The index of a rule by its id, for state that was saved under it.
  [[nodiscard]] std::optional<RuleIndex> find_rule(std::string_view id) const;

 private:
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const Reference> reference_;
  rules::Matcher matcher_;
  Options options_;
  std::vector<RuleTraits> traits_;  ///< by RuleIndex
  bool any_staged_ = false;
  std::vector<WindowSpec> windows_;
  /// Of each rule the days of its stages, [first, last], apart and ascending.
  std::vector<std::vector<std::pair<LocalDay, LocalDay>>> stage_days_;
  struct Retention {
    Duration span;  ///< how long an entry can matter
    Duration slot;  ///< entries leave when one of these begins
  };
  std::vector<Retention> retentions_;  ///< by RuleIndex
  std::vector<RuleForm> forms_;
  std::uint64_t level_form_ = 0;
  std::map<RuleIndex, SequenceSpec> sequences_;
  std::vector<RuleIndex> member_rules_;
  std::array<std::vector<RuleIndex>, 3> level_rules_;
  std::vector<RuleIndex> campaign_rules_;
  std::array<double, 64> voice_weights_{};
  Duration retention_{};
  double heavy_weight_ = 0;
};

}  // namespace kentongan::engine
