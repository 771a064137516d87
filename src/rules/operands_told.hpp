// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "rules/condition.hpp"
#include "rules/evaluator.hpp"
#include "rules/said/text.hpp"
#include "rules/situation.hpp"

namespace kentongan::rules {

/// An operand of the outermost && of a `when`, as it was found.
struct OperandTold {
  /// A name that the evaluation asked for, and its value as a message shows it; free text is withheld.
  struct LookedAt {
    std::string name;
    std::string value;
    bool missing = false;
  };
  std::string text;  ///< as written; of a macro its name
  Outcome outcome = Outcome::no;
  std::vector<LookedAt> looked_at;  ///< in the order in which it was asked for, each once
  said::Text error;                 ///< of one that failed: one plain sentence
};

/// What each operand is of this situation, for people. Slow.
[[nodiscard]] std::vector<OperandTold> operands_told(const When& when, const Situation& situation,
                                                     const Reference& reference);

/// Free text, and who said it: explanations do not repeat it.
[[nodiscard]] bool is_private(FieldId field);

}  // namespace kentongan::rules
