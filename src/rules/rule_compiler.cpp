// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_compiler.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/alert_block.hpp"
#include "rules/condition_compiler.hpp"
#include "rules/identity.hpp"
#include "rules/map_reader.hpp"
#include "rules/nearest.hpp"
#include "rules/rule_blocks.hpp"
#include "rules/said/say.hpp"
#include "rules/stage_names.hpp"
#include "rules/stories.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

class RuleCompiler {
 public:
  RuleCompiler(SetContext& context, Findings& findings, const Node& node)
      : context_(context), findings_(findings), keys_(findings, node, kRuleKeys), node_(node) {}

  CompiledRule compile() {
    const std::size_t before = findings_.all().size();
    result_.findings = &findings_;
    result_.id_offset = keys_.place_of_missing();
    result_.rule.file = findings_.source().name();
    result_.rule.line = findings_.source().line_at(node_.offset);
    read_names();
    read_status();
    read_stages_of_rule();
    const auto block = the_block();
    if (block == "clash" || block == "quota") result_.rule.condition.on = EventType::campaign;
    read_on();
    if (block) compile_parts(*block);
    if (const Node* tests = keys_.value("tests")) {
      result_.stories = read_stories(context_, findings_, *tests, result_.rule.id.value(), result_.named_rules);
    }
    result_.comparable = block && findings_.all().size() == before;
    return std::move(result_);
  }

 private:
  std::string text(std::string_view key) {
    const Node* node = keys_.value(key);
    return node == nullptr ? "" : read_text(findings_, *node, say("`{}`", key)).value_or("");
  }

  void read_names() {
    Rule& rule = result_.rule;
    if (const Node* id = keys_.value("id")) {
      result_.id_offset = id->offset;
      rule.id = RuleId(read_text(findings_, *id, "the `id` of a rule").value_or(""));
      check_identity(findings_, id->offset, "the `id` of a rule", rule.id.value());
    }
    read_title();
    rule.description = text("description");
    rule.owner = text("owner");
    rule.legal = text("legal");
  }

  void read_title() {
    const Node* title = keys_.value("title");
    if (title == nullptr) return;
    LocalText& texts = result_.rule.title;
    if (title->is_scalar()) {
      texts.id = title_text(*title);
      return;
    }
    if (!expect_map(findings_, *title, "`title`")) return;
    const MapReader languages(findings_, *title, kTitleKeys, keys_.key("title"));
    if (const Node* id = languages.value("id")) texts.id = title_text(*id);
    if (const Node* en = languages.value("en")) texts.en = title_text(*en);
  }

  std::string title_text(const Node& node) {
    const auto title = read_text(findings_, node, "`title`");
    if (title) check_identity(findings_, node.offset, "the title of a rule", *title);
    return title.value_or("");
  }

  void read_status() {
    const Node* status = keys_.value("status");
    if (status == nullptr) return;
    if (const auto word = read_word(findings_, *status, "`status`", {"live", "shadow", "off"})) {
      result_.rule.status = static_cast<RuleStatus>(*word);
    }
  }

  void read_on() {
    if (keys_.value("on") == nullptr) return;
    const auto on = read_event_type(findings_, keys_.value("on"));
    on_known_ = on.has_value();
    result_.rule.condition.on = on.value_or(EventType::report);
  }

  void read_stages_of_rule() {
    const Node* stages = keys_.value("stages");
    if (stages == nullptr) return;
    result_.rule.staged = true;
    result_.rule.stages = read_stages(findings_, *stages, *context_.reference);
  }

  /// The block that says what kind of rule it is. None when there is none that is supported.
  std::optional<std::string_view> the_block() {
    std::vector<std::string_view> found;
    for (const Entry& entry : node_.entries) {
      const auto names = block_names();
      const auto name = std::find(names.begin(), names.end(), entry.key.text);
      if (name == names.end()) continue;
      found.push_back(*name);
      if (found.size() > 1) {
        findings_.error(entry.key.offset, "several-blocks",
                        say("`{}` is a second block: the rule already has `{}`", *name, found.front()),
                        "make two rules of it");
      }
    }
    if (found.empty()) {
      if (std::any_of(block_names().begin(), block_names().end(), [&](auto name) { return keys_.misspelled(name); })) {
        return std::nullopt;
      }
      const std::vector<std::string_view> known(block_names().begin(), block_names().end());
      findings_.error(keys_.place_of_missing(), "missing-block",
                      "the rule has no block that says what kind of rule it is", say("add {}", one_of(known)));
      return std::nullopt;
    }
    return found.front();
  }

  void compile_parts(std::string_view block) {
    Rule& rule = result_.rule;
    // With an unknown event every field path would be wrong as well: only that is said.
    if (on_known_) {
      rule.block = compile_block(context_, keys_, block, rule.condition.on);
      if (has_own_conditions(block)) {
        rule.condition.on = spoken_of(rule).on;
      } else if (block != "level") {
        rule.condition =
            compile_condition(context_, findings_, rule.condition.on, keys_.value("match"), keys_.value("when"));
      }
    }
    compile_alert_of(block);
  }

  static bool has_own_conditions(std::string_view block) { return block == "sequence" || block == "absence"; }

  /// The condition whose event the alert's texts speak of: the last step that must come, the event that asks, what is
  /// expected.
  static Condition spoken_of(const Rule& rule) {
    Condition last;
    if (const auto* sequence = std::get_if<SequenceBlock>(&rule.block)) {
      for (const SequenceStep& step : sequence->steps) {
        if (!step.negated) last = step.condition;
      }
    }
    if (const auto* absence = std::get_if<AbsenceBlock>(&rule.block)) last = absence->after.condition;
    if (const auto* members = std::get_if<MemberAbsenceBlock>(&rule.block)) last = members->expect.condition;
    return last;
  }

  void compile_alert_of(std::string_view block) {
    const Node* alert = keys_.value("alert");
    if (block == "score") {
      if (alert != nullptr) {
        findings_.warning(keys_.key("alert")->offset, "unused-alert", "a `score` rule makes no alert by itself",
                          "remove it, or add a `level` rule that alerts when the risk is high");
      }
      return;
    }
    if (alert == nullptr) {
      keys_.missing("alert", "add `alert:` with `level` and `message`");
      return;
    }
    if (!on_known_) return;
    const bool each = std::holds_alternative<MemberAbsenceBlock>(result_.rule.block);
    const Spoken of{result_.rule.condition.on, {block != "level" && !each, block == "clash", block == "level"}};
    result_.rule.alert = compile_alert(context_, findings_, *keys_.key("alert"), *alert, of, block != "level");
  }

  SetContext& context_;
  Findings& findings_;
  MapReader keys_;
  const Node& node_;
  CompiledRule result_;
  bool on_known_ = true;
};

}  // namespace

std::optional<CompiledRule> compile_rule(SetContext& context, Findings& findings, const Node& rule) {
  if (!expect_map(findings, rule, "a rule")) return std::nullopt;
  return RuleCompiler(context, findings, rule).compile();
}

}  // namespace kentongan::rules
