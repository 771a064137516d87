// SPDX-License-Identifier: Apache-2.0
#include "engine/rule_form.hpp"

#include <fmt/format.h>

#include <string>
#include <variant>

#include "engine/hash.hpp"

namespace kentongan::engine {
namespace {

using rules::Per;

std::string text_of(const Per& per) {
  std::string text = fmt::format("per {}", static_cast<int>(per.kind));
  for (const FieldId field : per.fields) text += fmt::format(" {}", spec_of(field).path);
  return text;
}

struct ScopesText {
  std::string operator()(const rules::CheckBlock& block) const { return "check " + text_of(block.per); }
  std::string operator()(const rules::ScoreBlock&) const { return "score"; }
  std::string operator()(const rules::LevelBlock& block) const {
    return fmt::format("level {}", static_cast<int>(block.per));
  }
  std::string operator()(const rules::CountBlock& block) const { return "count " + text_of(block.per); }
  std::string operator()(const rules::ClashBlock&) const { return "clash"; }
  std::string operator()(const rules::QuotaBlock& block) const {
    return fmt::format("quota {}", static_cast<int>(block.per));
  }
  std::string operator()(const rules::SequenceBlock& block) const {
    return "sequence " + text_of(block.steps.front().per);
  }
  std::string operator()(const rules::AbsenceBlock& block) const { return "absence " + text_of(block.after.per); }
  std::string operator()(const rules::MemberAbsenceBlock& block) const {
    return fmt::format("each {}", static_cast<int>(block.each));
  }
  std::string operator()(const rules::SpikeBlock& block) const { return "spike " + text_of(block.per); }
};

std::string window_text(const rules::Rule& rule) {
  std::string text;
  if (const auto* count = std::get_if<rules::CountBlock>(&rule.block)) {
    if (count->distinct) text = fmt::format("distinct {}", spec_of(*count->distinct).path);
  } else if (const auto* sequence = std::get_if<rules::SequenceBlock>(&rule.block)) {
    for (const rules::SequenceStep& step : sequence->steps) {
      text += fmt::format("{}{};", step.negated ? "not " : "", type_name(step.condition.on));
    }
  }
  return text;
}

}  // namespace

RuleForm form_of(const rules::Rule& rule) {
  const std::string scopes = std::visit(ScopesText{}, rule.block);
  return {hash_number(scopes), hash_number(scopes + '\n' + window_text(rule))};
}

std::uint64_t form_of_levels(const rules::RuleSet& rules) {
  std::string text = "levels";
  for (const rules::Rule& rule : rules.rules) {
    const auto* level = std::get_if<rules::LevelBlock>(&rule.block);
    if (level == nullptr) continue;
    text += fmt::format("\n{} {} {}", rule.id.value(), static_cast<int>(level->at), static_cast<int>(level->per));
  }
  return hash_number(text);
}

}  // namespace kentongan::engine
