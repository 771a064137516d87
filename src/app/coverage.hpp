// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "rules/evaluator.hpp"
#include "rules/rule.hpp"

namespace kentongan::app {

/// What the tests of a rule set reach, over all of its stories. Every event of every story is held against every
/// condition, whichever rule the story stands in. Not thread-safe; refers to the rule set.
class Coverage {
 public:
  explicit Coverage(std::shared_ptr<const rules::RuleSet> rules);

  void begin_story();
  void see(const Event& event, rules::Evaluator& evaluator);
  void fired(const std::string& rule);

  /// What no test reached.
  struct Gap {
    enum class Kind : std::uint8_t {
      never_fires,    ///< no alert of the rule began; a score rule never added anything
      never_true,     ///< a line of `match`, or an operand of `when`
      never_false,    ///< the same
      never_reached,  ///< a step of a sequence, behind those that must come before it
    };
    const rules::Rule* rule;
    Kind kind;
    std::string part;  ///< "match category", "step 2: when severity >= 4"; empty for never_fires
  };
  struct Summary {
    std::size_t rules = 0, rules_fired = 0;
    std::size_t conditions = 0, conditions_both = 0;  ///< seen true and seen false
    std::size_t steps = 0, steps_reached = 0;
    std::vector<Gap> gaps;  ///< by rule, then as written
  };
  [[nodiscard]] Summary summary() const;

  [[nodiscard]] static std::string_view name_of(Gap::Kind kind);

 private:
  /// One line of `match` or operand of `when`.
  struct Seen {
    std::string part;
    bool yes = false, no = false;
  };
  /// One of the conditions of a rule.
  struct Part {
    const rules::Condition* condition;
    std::string place;  ///< "step 2"; empty where a rule has one condition
    std::vector<Seen> operands;
    bool step = false, negated = false;
    bool held = false;  ///< of a step: behind those before it
  };
  struct RuleSeen {
    const rules::Rule* rule;
    std::vector<Part> parts;
    bool fired = false;
    std::size_t next = 0;  ///< of a sequence: steps that came in this story, in their order
  };

  static void see(RuleSeen& seen, const Event& event, rules::Evaluator& evaluator);
  static void advance(RuleSeen& seen, std::size_t part);
  static void add_gaps(const RuleSeen& seen, Summary& summary);

  std::shared_ptr<const rules::RuleSet> rules_;
  std::vector<RuleSeen> seen_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

}  // namespace kentongan::app
