// SPDX-License-Identifier: Apache-2.0
#include "rules/set_context.hpp"

#include <fmt/format.h>

#include "rules/identity.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

void check_duplicate(const SetContext& context, Findings& findings, const Node& key) {
  const auto list = context.lists.find(key.text);
  const auto macro = context.macros.find(key.text);
  const bool is_list = list != context.lists.end();
  if (!is_list && macro == context.macros.end()) return;
  const NamedList& first = is_list ? list->second : macro->second;
  findings.error(key.offset, "duplicate-name", fmt::format("the name `{}` is given a second time", shortened(key.text)),
                 fmt::format("the first is a {} in {}, line {}; choose another name", is_list ? "list" : "macro",
                             first.findings->source().name(), first.findings->source().line_at(first.key->offset)));
}

bool is_identifier(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (name.empty() || !letter(name[0])) return false;
  for (const char c : name) {
    if (!letter(c) && (c < '0' || c > '9')) return false;
  }
  return true;
}

void check_item(Findings& findings, const Node& item, std::string_view what) {
  if (!item.is_scalar()) {
    findings.error(item.offset, "wrong-type",
                   fmt::format("{} holds {}; only single values may stand in a list", what, kind_of(item)),
                   "write each value by itself");
    return;
  }
  if (is_text(item)) check_identity(findings, item.offset, what, item.text);
}

void collect_lists(SetContext& context, Findings& findings, const Node& lists) {
  if (!expect_map(findings, lists, "`lists`")) return;
  for (const Entry& entry : lists.entries) {
    check_duplicate(context, findings, entry.key);
    const std::string what = fmt::format("the list `{}`", shortened(entry.key.text));
    check_identity(findings, entry.key.offset, "the name of a list", entry.key.text);
    if (expect_list(findings, entry.value, what, "[first, second]")) {
      for (const Node& item : entry.value.items) check_item(findings, item, what);
    }
    context.lists.try_emplace(entry.key.text, NamedList{&entry.key, &entry.value, &findings});
  }
}

void collect_macros(SetContext& context, Findings& findings, const Node& macros) {
  if (!expect_map(findings, macros, "`macros`")) return;
  for (const Entry& entry : macros.entries) {
    check_duplicate(context, findings, entry.key);
    if (!is_identifier(entry.key.text)) {
      findings.error(entry.key.offset, "bad-name", fmt::format("`{}` cannot name a macro", shortened(entry.key.text)),
                     "use letters, digits and `_`, a letter first");
    }
    check_identity(findings, entry.key.offset, "the name of a macro", entry.key.text);
    if (!entry.value.is_scalar()) {
      findings.error(
          entry.value.offset, entry.value.is_null() ? "empty-value" : "wrong-type",
          fmt::format("the macro `{}` must be an expression, not {}", shortened(entry.key.text), kind_of(entry.value)),
          "write it on one line, in quotes if it holds `: `");
    }
    context.macros.try_emplace(entry.key.text, NamedList{&entry.key, &entry.value, &findings});
  }
}

}  // namespace

std::vector<std::string_view> SetContext::list_names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, list] : lists) names.push_back(name);
  return names;
}

void collect_names(SetContext& context, Findings& findings, const Node& file) {
  if (const Entry* lists = file.find("lists")) collect_lists(context, findings, lists->value);
  if (const Entry* macros = file.find("macros")) collect_macros(context, findings, macros->value);
}

void warn_unused_names(const SetContext& context) {
  for (const auto& [name, list] : context.lists) {
    if (list.used) continue;
    list.findings->warning(list.key->offset, "unused-list", fmt::format("no rule uses the list `{}`", shortened(name)),
                           fmt::format("use it in `match` as `${}`, or remove it", shortened(name)));
  }
}

}  // namespace kentongan::rules
