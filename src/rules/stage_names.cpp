// SPDX-License-Identifier: Apache-2.0
#include "rules/stage_names.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

std::vector<std::string_view> known_stages(const Reference& reference) {
  std::vector<std::string_view> names{"campaign", "quiet_period", "voting", "counting"};
  for (const Stage& stage : reference.stages) {
    if (std::find(names.begin(), names.end(), stage.name) == names.end()) names.emplace_back(stage.name);
  }
  return names;
}

std::optional<std::string> read_stage(Findings& findings, const Node& node, TextView what, const Reference& reference) {
  const auto names = known_stages(reference);
  const auto word = read_word(findings, node, what, names, "unknown-stage");
  return word ? std::optional(std::string(names[*word])) : std::nullopt;
}

std::vector<std::string> read_stages(Findings& findings, const Node& node, const Reference& reference) {
  std::vector<std::string> stages;
  if (!expect_list(findings, node, "`stages`", "[campaign, quiet_period]")) return stages;
  if (node.items.empty()) {
    findings.warning(node.offset, "never-matches", "a rule that is limited to no stage never runs",
                     "name a stage, or leave `stages` out");
  }
  for (const Node& item : node.items) {
    auto stage = read_stage(findings, item, "a stage of `stages`", reference);
    if (!stage) continue;
    const bool planned = std::any_of(reference.stages.begin(), reference.stages.end(),
                                     [&](const Stage& known) { return known.name == *stage; });
    if (!planned) {
      findings.warning(item.offset, "never-matches",
                       say("calendar.csv has no stage `{}`, so the rule never runs in it", *stage),
                       "add it to calendar.csv, or leave it out");
    }
    stages.push_back(std::move(*stage));
  }
  return stages;
}

}  // namespace kentongan::rules
