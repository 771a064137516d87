// SPDX-License-Identifier: Apache-2.0
#include "app/explain/event_trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kentongan::app::explain {
namespace {

bool any_enough(const std::vector<engine::Holding>& holdings) {
  return std::any_of(holdings.begin(), holdings.end(), [](const engine::Holding& one) { return one.enough; });
}

bool any_open(const std::vector<engine::Holding>& holdings) {
  return std::any_of(holdings.begin(), holdings.end(), [](const engine::Holding& one) { return one.open.has_value(); });
}

/// Of a level rule: it only looks at scores.
Outcome outcome_of_level(const RuleTold& told, EventType type) {
  if (any_open(told.holdings)) return Outcome::open;
  if (type != EventType::report) return Outcome::other_type;
  return any_enough(told.holdings) ? Outcome::waits : Outcome::no;
}

Outcome outcome_of(const RuleTold& told, EventType type) {
  const auto took = [&](AlertStepKind kind) {
    return std::any_of(told.steps.begin(), told.steps.end(), [&](const AlertStep& step) { return step.step == kind; });
  };
  if (took(AlertStepKind::fired)) return Outcome::fired;
  if (took(AlertStepKind::raised)) return Outcome::raised;
  if (std::holds_alternative<rules::LevelBlock>(told.rule->block)) return outcome_of_level(told, type);
  const auto satisfied = [&](bool ends) {
    return std::find_if(told.conditions.begin(), told.conditions.end(),
                        [&](const ConditionTold& condition) { return condition.satisfied && condition.ends == ends; });
  };
  const auto begins = satisfied(false);
  const bool ends = satisfied(true) != told.conditions.end();
  const bool asked = std::any_of(told.conditions.begin(), told.conditions.end(),
                                 [](const ConditionTold& condition) { return condition.asked; });
  if (!asked) return Outcome::other_type;
  if (begins == told.conditions.end()) return ends ? Outcome::ends : Outcome::no;
  if (const ConditionLine* failed = begins->first_failed()) {
    return failed->part == "lateness" ? Outcome::late : Outcome::no;
  }
  const bool score = std::holds_alternative<rules::ScoreBlock>(told.rule->block);
  if (!any_enough(told.holdings)) return ends ? Outcome::ends : Outcome::counts;
  if (score) return Outcome::adds;
  return any_open(told.holdings) ? Outcome::open : Outcome::waits;
}

/// At least half of the score that the level begins at.
bool half_way(const RuleTold& told, const rules::RiskModel& risk) {
  const auto* level = std::get_if<rules::LevelBlock>(&told.rule->block);
  return level != nullptr && std::any_of(told.holdings.begin(), told.holdings.end(), [&](const engine::Holding& one) {
           const auto* held = std::get_if<engine::RiskHeld>(&one.more);
           return held != nullptr && held->score * 2 >= risk.thresholds[static_cast<std::size_t>(level->at)];
         });
}

Nearness nearness_of(const RuleTold& told, const rules::RiskModel& risk) {
  switch (told.outcome) {
    case Outcome::fired:
    case Outcome::raised:
    case Outcome::open:
    case Outcome::adds:
    case Outcome::ends:
    case Outcome::waits:
      return Nearness::matched;
    case Outcome::counts:
    case Outcome::late:
      return Nearness::nearly;
    case Outcome::other_type:
      return Nearness::no;
    case Outcome::no:
      break;
  }
  // What an event is about is its category: one of another is not near.
  const bool lacks_one = std::any_of(told.conditions.begin(), told.conditions.end(), [](const ConditionTold& one) {
    return one.asked && one.lines.size() > 1 && one.failed() == 1 && one.first_failed()->part != "match category";
  });
  return lacks_one || half_way(told, risk) ? Nearness::nearly : Nearness::no;
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  constexpr std::array<std::string_view, 10> kNames{"fired", "raised", "open", "adds", "ends",
                                                    "waits", "counts", "late", "no",   "other_type"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::string_view name_of(Nearness nearness) {
  constexpr std::array<std::string_view, 3> kNames{"matched", "nearly", "no"};
  return kNames[static_cast<std::size_t>(nearness)];
}

EventTrial::EventTrial(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference,
                       engine::Options options, Language language)
    : rules_(rules),
      reference_(reference),
      language_(language),
      processor_(std::move(rules), std::move(reference), [&] {
        options.watch = [this](const engine::City& city, const Event& event, rules::Evaluator&) { see(city, event); };
        return std::move(options);
      }()) {}

void EventTrial::feed(std::string_view raw) {
  (void)processor_.take(raw);
  processor_.effects().clear();
}

/// The event is judged, and not yet in any window.
void EventTrial::see(const engine::City& city, const Event& event) {
  if (asked_.empty()) return;
  seen_ = true;
  const Speech speech(language_, *reference_, event.city);
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    told_.rules[i].conditions = conditions_told(city, event, asked_[i], processor_.engine().context(), speech);
  }
}

/// What the event itself brought about, not the time that passed before it.
void EventTrial::take_steps(EventTold& told) {
  const engine::Effects& effects = processor_.effects();
  for (std::size_t i = effects.caused_from; i < effects.outputs.size(); ++i) {
    const auto* step = std::get_if<AlertStep>(&effects.outputs[i].data);
    if (step == nullptr) continue;
    for (RuleTold& rule : told.rules) {
      if (rule.rule->id.value() == step->rule) rule.steps.push_back(*step);
    }
  }
}

kentongan::Result<EventTold> EventTrial::explain(std::string_view raw, std::optional<RuleIndex> only) {
  codec::Decoder decoder(reference_);
  const auto event = decoder.decode(raw);
  told_ = {};
  if (event) {
    told_.facts = facts_of(*event, *reference_);
    told_.city = event->city;
  }
  asked_.clear();
  for (std::uint32_t i = 0; i < rules_->rules.size(); ++i) {
    if (only && only->value() != i) continue;
    asked_.emplace_back(i);
    told_.rules.push_back({&rules_->rules[i], Outcome::no, Nearness::no, {}, {}, {}});
  }
  seen_ = asked_.empty();
  const Verdict verdict = processor_.take(raw);
  if (verdict == Verdict::dead_letter) {
    const auto& letter = std::get<DeadLetter>(processor_.effects().outputs.back().data).rejection;
    return fail(Error::Kind::invalid,
                fmt::format("the event is a dead letter, {}{}{}: {}", name_of(letter.reason),
                            letter.pointer.empty() ? "" : " at ", letter.pointer, letter.message));
  }
  if (verdict == Verdict::duplicate) {
    return fail(
        Error::Kind::invalid,
        fmt::format("the event is a duplicate: id {} of source {} came before; leave that one out of what comes "
                    "before, or give this one another id",
                    told_.facts.id, told_.facts.source));
  }
  told_.late = verdict == Verdict::late;
  told_.judged = seen_;
  take_steps(told_);
  const engine::City& city = *processor_.engine().city(told_.city);
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    RuleTold& rule = told_.rules[i];
    if (seen_) rule.holdings = engine::Insight(city).holdings(asked_[i], *event);
    rule.outcome = outcome_of(rule, told_.facts.type);
    rule.nearness = nearness_of(rule, rules_->risk);
  }
  asked_.clear();
  processor_.effects().clear();
  return std::move(told_);
}

}  // namespace kentongan::app::explain
