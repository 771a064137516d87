// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/reference.hpp"
#include "rules/rule.hpp"
#include "rules/said/text.hpp"
#include "rules/story.hpp"

namespace kentongan::app {

class Coverage;

/// An expectation that did not hold, or an event of the test that was refused.
struct StoryFailure {
  int line = 0;
  said::Text expected;
  said::Text actual;
};

/// Plays a story through the same decoder and engine that run at night: the whole rule set, the story's
/// events in the order written, and the clock moved on to each expectation. Empty: the test passes.
/// What it reached is noted in `coverage` where there is one.
[[nodiscard]] std::vector<StoryFailure> play(const rules::Story& story, std::shared_ptr<const rules::RuleSet> rules,
                                             std::shared_ptr<const Reference> reference, Coverage* coverage = nullptr);

}  // namespace kentongan::app
