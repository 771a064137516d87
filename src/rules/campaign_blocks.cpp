// SPDX-License-Identifier: Apache-2.0
#include "rules/campaign_blocks.hpp"

#include <fmt/format.h>

#include "rules/expression_compiler.hpp"
#include "rules/match_block.hpp"
#include "rules/per.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

constexpr std::int64_t kMostEntries = 1'000'000;

void check_event(const MapReader& rule, EventType on, std::string_view block) {
  if (on == EventType::campaign) return;
  rule.findings().error(rule.value("on")->offset, "wrong-event",
                        say("a `{}` rule looks at campaign entries only", block),
                        "write `on: campaign`, or remove the line");
}

bool read_truth(Findings& findings, const Node& node, TextView what) {
  if (const auto truth = as_boolean(node)) return *truth;
  findings.error(node.offset, "wrong-type", say("{} must be true or false, not {}", what, kind_of(node)),
                 "write true or false");
  return false;
}

ExpressionPtr read_pair(SetContext& context, Findings& findings, const Node& when) {
  if (!expect_expression(findings, when, "`when`")) return nullptr;
  const auto program = compile_expression(context, WrittenExpression::whole(findings, when), ExpressionUse::pair,
                                          EventType::campaign, {cel::TypeKind::boolean});
  return program ? context.expressions.share(ExpressionUse::pair, EventType::campaign, *program) : nullptr;
}

}  // namespace

ClashBlock compile_clash(SetContext& context, const MapReader& rule, const MapReader& block, EventType on) {
  Findings& findings = rule.findings();
  check_event(rule, on, "clash");
  if (const Node* per = rule.key("per")) {
    findings.error(per->offset, "misplaced-key", "a `clash` rule has no `per`: its alert is about the two entries",
                   "remove it; `same` says what the two must share");
  }
  ClashBlock clash;
  if (const Node* same = block.value("same")) {
    if (const auto word = read_word(findings, *same, "`same`", {"area", "venue", "city"})) {
      clash.same = static_cast<SamePlace>(*word);
    }
  }
  if (const Node* within = block.value("within")) clash.within_m = read_distance(findings, *within, "`within`");
  if (block.value("same") == nullptr && block.value("within") == nullptr) {
    block.missing("same", "say when two entries are near: add `same: area`, or `within: 500m`");
  }
  if (const Node* gap = block.value("gap")) {
    clash.gap = read_duration(findings, *gap, "`gap`", ZeroDuration::allowed).value_or(Duration{});
  }
  if (const Node* same_day = block.value("same_day")) clash.same_day = read_truth(findings, *same_day, "`same_day`");
  if (clash.same_day && block.value("gap") != nullptr) {
    findings.warning(block.key("gap")->offset, "unused-key", "`gap` has no effect beside `same_day`",
                     "remove one of the two");
  }
  if (const Node* when = block.value("when")) clash.when = read_pair(context, findings, *when);
  return clash;
}

QuotaBlock compile_quota(const MapReader& rule, const MapReader& block, EventType on, const Node* per) {
  Findings& findings = rule.findings();
  check_event(rule, on, "quota");
  QuotaBlock quota;
  if (const Node* at_most = block.value("at_most")) {
    quota.at_most = read_integer(findings, *at_most, "`at_most`", 0, kMostEntries).value_or(0);
  }
  if (const Node* distinct = block.value("distinct")) {
    quota.distinct = read_field(findings, *distinct, "`distinct`", EventType::campaign);
  }
  if (per != nullptr) quota.per = read_place_per(findings, *per, "`per` of a quota rule").value_or(PlaceKind::area);
  return quota;
}

}  // namespace kentongan::rules
