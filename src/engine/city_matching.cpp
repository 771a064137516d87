// SPDX-License-Identifier: Apache-2.0
// Which rules an event satisfies: what expressions are told about it, stages, and the two moments at which
// conditions are judged.
#include <algorithm>

#include "engine/city.hpp"
#include "engine/fetch_patterns.hpp"
#include "rules/predicate.hpp"
#include "rules/said/say.hpp"

namespace kentongan::engine {

/// `time`: that of the event; of a correction that of the report whose place it takes. Score rules are judged whole;
/// of the others what depends on the risk of the area is left to settle_matches().
void City::match(const Event& event, TimePoint time) {
  situation_ = {};
  situation_.event = &event;
  situation_.time = time;
  situation_.now = *clock_;
  situation_.place = place_of(event, context_.reference());
  situation_.risks = this;
  if (const auto* consignment = std::get_if<Consignment>(&event.data)) look_back(event, *consignment);
  evaluator_.begin(situation_);
  if (context_.options().full_scan) {
    context_.matcher().match_by_full_scan(event, matched_, effects_->rules);
  } else {
    context_.matcher().match(event, evaluator_, matched_, effects_->rules);
  }
  keep_in_stages(event, time);
  if (const Report* report = event.report()) fetch_patterns(matched_, report->area, context_, patterns_);
  settle_matches(true);
}

/// `previous` and `first` of a consignment: the step is remembered, those before it are shown.
void City::look_back(const Event& event, const Consignment& consignment) {
  const EventKey key = key_of(event);
  custody_.add(consignment.consignment, {key, KeptEvent::save(event, context_.reference())},
               *clock_ - context_.options().dedupe);
  const auto& steps = custody_.of(consignment.consignment);
  const auto own = std::find_if(steps.begin(), steps.end(), [&](const CustodyStep& step) { return step.key == key; });
  const auto show = [&](const CustodyStep& step, std::unique_ptr<KeptEvent>& kept) {
    kept = KeptEvent::load(step.event, id_, context_.reference());
    return kept == nullptr ? nullptr : &kept->event();
  };
  if (own != steps.begin() && own != steps.end()) situation_.previous = show(*std::prev(own), previous_);
  situation_.first = show(steps.front(), first_);
}

/// The moment by which stages count; none: outside all of them. Of a campaign entry it is the start; a cancellation
/// without one has that of the version before.
std::optional<TimePoint> City::stage_time(const Event& event, TimePoint time) const {
  const auto* campaign = std::get_if<Campaign>(&event.data);
  if (campaign == nullptr) return time;
  if (campaign->starts_at) return campaign->starts_at;
  std::optional<TimePoint> before;
  const EventKey key = key_of(event);
  for (const CampaignStart& start : campaign_starts_.of(campaign->campaign)) {
    if (start.key < key) before = start.starts_at;
  }
  return before;
}

bool City::runs_at(RuleIndex rule, TimePoint time) const {
  return !context_.rule(rule).staged || context_.in_stages(rule, zone().day_of(time));
}

void City::keep_in_stages(const Event& event, TimePoint time) {
  if (const auto* campaign = std::get_if<Campaign>(&event.data); campaign != nullptr && campaign->starts_at) {
    campaign_starts_.add(campaign->campaign, {key_of(event), *campaign->starts_at},
                         *clock_ - context_.options().dedupe);
  }
  const bool any = context_.any_staged() &&
                   std::any_of(matched_.begin(), matched_.end(),
                               [&](const rules::Match& match) { return context_.traits(match.rule).staged; });
  if (!any) return;
  const auto moment = stage_time(event, time);
  std::erase_if(matched_, [&](const rules::Match& match) {
    const rules::Rule& rule = context_.rule(match.rule);
    return rule.staged && !rules::only_ends(rule, match.part) && (!moment || !runs_at(match.rule, *moment));
  });
}

/// Drops the rules whose `when` does not hold as far as it was left open: of score rules (at the risk before the
/// event), or of all others (at the risk after it). Counts those that are left.
void City::settle_matches(bool of_scores) {
  bool open = false;
  for (const rules::Match& match : matched_) {
    const RuleTraits& traits = context_.traits(match.rule);
    if (traits.score != of_scores) continue;
    if (traits.asks_later) {
      open = true;
    } else {
      ++effects_->rules[match.rule.value()].matched;
    }
  }
  if (!open) return;
  const bool slow = context_.options().full_scan;
  std::erase_if(matched_, [&](const rules::Match& match) {
    const RuleIndex index = match.rule;
    const RuleTraits& traits = context_.traits(index);
    if (traits.score != of_scores || !traits.asks_later) return false;
    const rules::When* when = context_.matcher().condition(match).when.get();
    rules::Outcome outcome = rules::Outcome::yes;
    if (when != nullptr && slow) outcome = evaluator_.holds_by_program(*when);
    if (when != nullptr && !slow && !when->deferred.empty()) outcome = evaluator_.holds_deferred(*when);
    if (outcome == rules::Outcome::yes) ++effects_->rules[index.value()].matched;
    if (outcome == rules::Outcome::failed) ++effects_->rules[index.value()].failed;
    return outcome != rules::Outcome::yes;
  });
}

/// Where somebody asks about a rule: why the event in hand, judged to the end, did not satisfy it.
void City::explain(const Event& event) {
  const auto& asked = context_.options().explain;
  if (!asked || context_.rule(*asked).condition.on != event.type()) return;
  const rules::Rule& rule = context_.rule(*asked);
  said::Text& told = effects_->mismatch.emplace();
  if (std::any_of(matched_.begin(), matched_.end(), [&](const rules::Match& match) { return match.rule == *asked; })) {
    return;
  }
  for (const rules::Predicate& predicate : rule.condition.all) {
    told = rules::why_not(std::get<rules::FieldIn>(predicate), event, context_.reference());
    if (!told.empty()) return;
  }
  const auto moment = stage_time(event, situation_.time);
  if (!moment || !runs_at(*asked, *moment)) {
    told = said::TextView("it is outside the stages of the rule");
  } else if (rule.condition.when != nullptr) {
    told = evaluator_.why_not(*rule.condition.when);
  }
}

}  // namespace kentongan::engine
