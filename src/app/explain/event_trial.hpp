// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/explain/conditions.hpp"
#include "app/explain/event_facts.hpp"
#include "app/explain/speech.hpp"
#include "app/processor.hpp"
#include "domain/error.hpp"
#include "engine/insight.hpp"

namespace kentongan::app::explain {

/// What became of an event in one rule.
enum class Outcome : std::uint8_t {
  fired,       ///< an alert fired by it
  raised,      ///< its alert rose by it
  open,        ///< the condition holds; its alert is open already
  adds,        ///< it adds to the risk
  ends,        ///< it is what was expected, or prevents
  waits,       ///< the condition holds, and no alert may begin now
  counts,      ///< it counts, but is not enough yet
  late,        ///< it matches, but came too late to count
  no,          ///< some condition does not hold
  other_type,  ///< the rule looks at other events
};
[[nodiscard]] std::string_view name_of(Outcome outcome);

/// How near a rule came. Nearly: the event counts without being enough, came too late, or lacks only one condition, and
/// that is not its category; or the score is at least half of what the level begins at.
enum class Nearness : std::uint8_t { matched, nearly, no };
[[nodiscard]] std::string_view name_of(Nearness nearness);

struct RuleTold {
  const rules::Rule* rule = nullptr;
  Outcome outcome = Outcome::no;
  Nearness nearness = Nearness::no;
  std::vector<ConditionTold> conditions;
  std::vector<engine::Holding> holdings;
  std::vector<AlertStep> steps;  ///< of this rule, that the event brought about
};

struct EventTold {
  EventFacts facts;
  PlaceId city;
  bool late = false;
  bool judged = true;  ///< false: no rule is held against it (it takes another report out, or does not stand)
  std::vector<RuleTold> rules;
};

/// Applies events to an engine of its own and tells what the rules make of the last one. Not thread-safe.
class EventTrial {
 public:
  EventTrial(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference,
             engine::Options options, Language language);
  EventTrial(const EventTrial&) = delete;

  /// What came before. Dead letters among them are passed over.
  void feed(std::string_view raw);
  /// `only`: of this rule; none: of all. Error::invalid for a dead letter, with its reason, and for a duplicate.
  [[nodiscard]] kentongan::Result<EventTold> explain(std::string_view raw, std::optional<RuleIndex> only);

 private:
  void see(const engine::City& city, const Event& event);
  void take_steps(EventTold& told);

  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const Reference> reference_;
  Language language_;
  std::vector<RuleIndex> asked_;  ///< empty: nobody asks about the event in hand
  EventTold told_;
  bool seen_ = false;
  Processor processor_;
};

}  // namespace kentongan::app::explain
