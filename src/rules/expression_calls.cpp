// SPDX-License-Identifier: Apache-2.0
#include "rules/expression_calls.hpp"

#include <algorithm>
#include <string_view>

#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

using said::say;

/// The last argument of the call, where it is a text that is written out.
const cel::Node* text_argument(const cel::Ast& ast, const cel::Node& call) {
  if (call.children.empty()) return nullptr;
  const cel::Node& last = ast[call.children.back()];
  const bool text = last.kind == cel::NodeKind::literal && last.literal.is(cel::Kind::string);
  return text ? &last : nullptr;
}

std::vector<std::string_view> kinds_of_days(const Reference& reference) {
  std::vector<std::string_view> kinds{"holiday", "debate"};
  for (const SpecialDay& day : reference.days) {
    if (std::find(kinds.begin(), kinds.end(), day.kind) == kinds.end()) kinds.emplace_back(day.kind);
  }
  return kinds;
}

std::vector<std::string_view> planned_stages(const Reference& reference) {
  std::vector<std::string_view> names;
  for (const Stage& stage : reference.stages) {
    if (std::find(names.begin(), names.end(), stage.name) == names.end()) names.emplace_back(stage.name);
  }
  return names;
}

}  // namespace

std::vector<UnansweredCall> unanswered_calls(const cel::Ast& ast, const Reference& reference) {
  std::vector<UnansweredCall> found;
  for (cel::NodeId id = 0; id < ast.size(); ++id) {
    const cel::Node& call = ast[id];
    if (call.kind != cel::NodeKind::call || (call.name != "day_is" && call.name != "days_until")) continue;
    const cel::Node* argument = text_argument(ast, call);
    if (argument == nullptr) continue;
    const bool days = call.name == "day_is";
    const auto known = days ? kinds_of_days(reference) : planned_stages(reference);
    if (std::find(known.begin(), known.end(), argument->name) != known.end()) continue;
    found.push_back(
        {argument->range,
         days ? say("days.csv has no day of the kind `{}`", shortened(argument->name))
              : say("calendar.csv has no stage `{}`", shortened(argument->name)),
         did_you_mean(argument->name, known,
                      days ? said::TextView("add it to days.csv") : said::TextView("add it to calendar.csv"))});
  }
  return found;
}

}  // namespace kentongan::rules
