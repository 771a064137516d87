// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_blocks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/campaign_blocks.hpp"
#include "rules/cel/value_compare.hpp"
#include "rules/expression_compiler.hpp"
#include "rules/match_block.hpp"
#include "rules/per.hpp"
#include "rules/said/say.hpp"
#include "rules/time_blocks.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

constexpr std::int64_t kMostEvents = 1'000'000;

/// The `per` of the block or of the rule; both at once is an error at the second.
const Node* per_node(const MapReader& rule, const MapReader& block) {
  const Node* inside = block.value("per");
  const Node* beside = rule.value("per");
  if (inside != nullptr && beside != nullptr) {
    const Node* later = block.key("per")->offset > rule.key("per")->offset ? block.key("per") : rule.key("per");
    rule.findings().error(later->offset, "duplicate-key", "`per` is given in the block and beside it",
                          "keep one of them");
  }
  return inside != nullptr ? inside : beside;
}

Per read_scope(const MapReader& rule, const MapReader& block, EventType on) {
  const Node* per = per_node(rule, block);
  if (per == nullptr) return {};
  return read_per(rule.findings(), *per, on).value_or(Per{});
}

CheckBlock compile_check(const MapReader& rule, const MapReader& block, EventType on) {
  return {read_scope(rule, block, on)};
}

void check_spill(Findings& findings, const Node& node, double spill, const Reference& reference) {
  std::size_t neighbours = 0;
  for (const Place& place : reference.places) neighbours = std::max(neighbours, place.neighbours.size());
  if (spill * static_cast<double>(neighbours) < 1) return;
  findings.error(node.offset, "spill-diverges",
                 say("a spill of {} to each of up to {} neighbours passes on as much as the area itself has", node.text,
                     neighbours),
                 say("spill times the greatest number of neighbours must stay below 1: take less than {:.4g}",
                     1.0 / static_cast<double>(neighbours)));
}

/// A constant that is negative can be told before it runs.
bool is_negative(const cel::Program& program) {
  if (!program.slots().empty() || program.instruction_count() != 1) return false;
  class Nothing : public cel::Activation {
   public:
    [[nodiscard]] cel::Value load(cel::SlotId) const override { return cel::Value::missing(); }
  };
  cel::Scratch scratch;
  const cel::Result value = program.evaluate(Nothing(), scratch);
  return value && value->is_number() && cel::compare_numbers(*value, cel::Value::integer(0)) < 0;
}

void read_add(SetContext& context, Findings& findings, const Node& node, EventType on, ScoreBlock& score) {
  if (!is_text(node)) {
    score.add = read_number(findings, node, "`add`", {.least = 0}).value_or(0);
    return;
  }
  const auto program =
      compile_expression(context, WrittenExpression::whole(findings, node), ExpressionUse::add, on,
                         {cel::TypeKind::real, cel::TypeKind::integer, cel::TypeKind::unsigned_integer});
  if (!program) return;
  if (is_negative(*program)) {
    findings.error(node.offset, "out-of-range", "`add` must not be negative", "write a number from 0 on");
  }
  score.computed = context.expressions.share(ExpressionUse::add, on, *program);
}

ScoreBlock compile_score(SetContext& context, const MapReader& rule, const MapReader& block, EventType on) {
  Findings& findings = rule.findings();
  ScoreBlock score;
  if (on != EventType::report) {
    findings.error(rule.value("on")->offset, "wrong-event", "only reports score",
                   "write `on: report`, or remove the line");
  }
  if (const Node* per = rule.key("per")) {
    findings.error(per->offset, "misplaced-key", "a `score` rule has no `per`: it adds to the risk of the event's area",
                   "remove it");
  }
  if (const Node* add = block.value("add")) read_add(context, findings, *add, on, score);
  if (const Node* half_life = block.value("half_life")) {
    score.half_life = read_duration(findings, *half_life, "`half_life`", ZeroDuration::refused).value_or(Duration{});
  }
  if (const Node* spill = block.value("spill")) {
    if (const auto value = read_number(findings, *spill, "`spill`", {.least = 0})) {
      score.spill = *value;
      check_spill(findings, *spill, *value, *context.reference);
    }
  }
  return score;
}

LevelBlock compile_level(const MapReader& rule, const MapReader& block, EventType on) {
  Findings& findings = rule.findings();
  LevelBlock level;
  for (const std::string_view name : {"match", "when"}) {
    const Node* key = rule.key(name);
    if (key == nullptr) continue;
    findings.error(key->offset, "misplaced-key",
                   say("a `level` rule has no `{}`: it looks at the risk, not at events", name),
                   "it belongs in a `check`, `score` or `count` rule");
  }
  if (on != EventType::report) {
    findings.error(rule.value("on")->offset, "wrong-event", "a `level` rule looks at no event", "remove `on`");
  }
  if (const Node* at = block.value("at")) {
    level.at = read_level(findings, *at, "`at`", Aman::refused).value_or(Level::waspada);
  }
  if (const Node* hold = block.value("for")) {
    level.hold_for = read_duration(findings, *hold, "`for`", ZeroDuration::allowed).value_or(Duration{});
  }
  if (const Node* per = per_node(rule, block)) {
    level.per = read_place_per(findings, *per, "`per` of a level rule").value_or(PlaceKind::area);
  }
  return level;
}

CountBlock compile_count(const MapReader& rule, const MapReader& block, EventType on) {
  Findings& findings = rule.findings();
  CountBlock count;
  if (const Node* at_least = block.value("at_least")) {
    count.at_least = read_integer(findings, *at_least, "`at_least`", 1, kMostEvents).value_or(1);
  }
  if (const Node* within = block.value("within")) {
    count.within = read_duration(findings, *within, "`within`", ZeroDuration::refused).value_or(Duration{});
  }
  if (const Node* distinct = block.value("distinct"))
    count.distinct = read_field(findings, *distinct, "`distinct`", on);
  count.per = read_scope(rule, block, on);
  return count;
}

const KeyTable& keys_of(std::string_view name) {
  if (name == "score") return kScoreKeys;
  if (name == "level") return kLevelKeys;
  if (name == "sequence") return kSequenceKeys;
  if (name == "absence") return kAbsenceKeys;
  if (name == "spike") return kSpikeKeys;
  if (name == "clash") return kClashKeys;
  if (name == "quota") return kQuotaKeys;
  return name == "count" ? kCountKeys : kCheckKeys;
}

}  // namespace

Block compile_block(SetContext& context, const MapReader& rule, std::string_view name, EventType on) {
  static const Node kEmpty = [] {
    Node node;
    node.kind = Node::Kind::map;
    return node;
  }();
  const Node* node = rule.value(name);
  // `check:` alone is a whole block: all of its keys have defaults.
  const bool bare = node->is_null() && name == "check";
  if (!bare && !expect_map(rule.findings(), *node, say("`{}`", name))) return CheckBlock{};
  const MapReader block(rule.findings(), bare ? kEmpty : *node, keys_of(name), rule.key(name));
  if (name == "score") return compile_score(context, rule, block, on);
  if (name == "level") return compile_level(rule, block, on);
  if (name == "count") return compile_count(rule, block, on);
  if (name == "sequence") return compile_sequence(context, rule, block, on, per_node(rule, block));
  if (name == "absence") return compile_absence(context, rule, block, on, per_node(rule, block));
  if (name == "spike") return compile_spike(block, read_scope(rule, block, on));
  if (name == "clash") return compile_clash(context, rule, block, on);
  if (name == "quota") return compile_quota(rule, block, on, per_node(rule, block));
  return compile_check(rule, block, on);
}

}  // namespace kentongan::rules
