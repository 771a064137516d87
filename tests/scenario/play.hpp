// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/processor.hpp"
#include "domain/reference.hpp"
#include "rules/rule.hpp"
#include "scenario/scorer.hpp"
#include "scenario/stream.hpp"

namespace kentongan::scenario::testing {

/// The rule pack and the reference data of the repository, read once.
struct Pack {
  std::shared_ptr<const Reference> reference;
  std::shared_ptr<const rules::RuleSet> rules;
};
const Pack& pack();

struct Generated {
  std::vector<std::string> lines;  ///< without LF
  std::vector<Label> labels;
  LabelHead head;
  Counts counts;
};
Generated generate(const Options& options, const Reference& reference = *pack().reference);

struct Replayed {
  app::Tally tally;
  std::vector<std::string> outputs;  ///< alerts and risk, as replay writes them
};
/// The lines through the engine with the rule pack, and two more days of clock.
Replayed replay(const std::vector<std::string>& lines);

Scorecard score(const Generated& generated, const Replayed& replayed);

}  // namespace kentongan::scenario::testing
