// SPDX-License-Identifier: Apache-2.0
#include "app/rule_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

namespace kentongan::app {
namespace {

std::string_view name_of(RuleChange change) {
  switch (change) {
    case RuleChange::added:
      return "added";
    case RuleChange::removed:
      return "removed";
    case RuleChange::changed:
      return "changed";
  }
  return "";
}

/// The lines from the first on, without the one that is `end`; both from 1.
std::string_view lines_of(std::string_view text, int first, int end) {
  std::size_t from = 0;
  for (int line = 1; line < first && from != std::string_view::npos; ++line) {
    from = text.find('\n', from);
    if (from != std::string_view::npos) ++from;
  }
  if (from == std::string_view::npos) return {};
  std::size_t to = from;
  for (int line = first; line < end && to != std::string_view::npos; ++line) {
    to = text.find('\n', to);
    if (to != std::string_view::npos) ++to;
  }
  return text.substr(from, to == std::string_view::npos ? to : to - from);
}

using Texts = std::map<std::string, std::string_view>;

Texts texts_of_files(const RulesInUse& rules) {
  Texts texts;
  for (const rules::SourceFile& file : *rules.loaded.rules.sources) texts.emplace(file.name, file.text);
  return texts;
}

/// What is written between the beginning of each rule and that of the next one of its file.
Texts texts_of_rules(const RulesInUse& rules) {
  const Texts files = texts_of_files(rules);
  std::map<std::pair<std::string, int>, const rules::WrittenRule*> by_place;
  for (const rules::WrittenRule& rule : rules.loaded.rules.written)
    by_place.emplace(std::pair(rule.file, rule.line), &rule);
  Texts texts;
  for (auto at = by_place.begin(); at != by_place.end(); ++at) {
    const auto next = std::next(at);
    const bool last = next == by_place.end() || next->first.first != at->first.first;
    const auto file = files.find(at->first.first);
    if (file == files.end()) continue;
    const int end = last ? std::numeric_limits<int>::max() : next->first.second;
    texts.emplace(at->second->id, lines_of(file->second, at->first.second, end));
  }
  return texts;
}

std::vector<ChangedRule> differences(const Texts& before, const Texts& next) {
  std::vector<ChangedRule> changes;
  for (const auto& [name, text] : before) {
    const auto now = next.find(name);
    if (now == next.end()) {
      changes.push_back({name, RuleChange::removed});
    } else if (now->second != text) {
      changes.push_back({name, RuleChange::changed});
    }
  }
  for (const auto& [name, text] : next) {
    if (!before.contains(name)) changes.push_back({name, RuleChange::added});
  }
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return changes;
}

}  // namespace

std::vector<ChangedRule> changed_rules(const RulesInUse& before, const RulesInUse& next) {
  return differences(texts_of_rules(before), texts_of_rules(next));
}

std::vector<std::string> rule_changes(const RulesInUse& before, const RulesInUse& next) {
  std::vector<std::string> lines;
  for (const auto& [file, change] : differences(texts_of_files(before), texts_of_files(next))) {
    lines.push_back(fmt::format("msg=\"rule file {}\" file=\"{}\"", name_of(change), file));
  }
  for (const auto& [rule, change] : changed_rules(before, next)) {
    lines.push_back(fmt::format("msg=\"rule {}\" rule={}", name_of(change), rule));
  }
  return lines;
}

}  // namespace kentongan::app
