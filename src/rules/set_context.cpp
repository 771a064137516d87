// SPDX-License-Identifier: Apache-2.0
#include "rules/set_context.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "rules/cel/program.hpp"
#include "rules/expression_compiler.hpp"
#include "rules/identity.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

void check_duplicate(const SetContext& context, Findings& findings, const Node& key) {
  const auto list = context.lists.find(key.text);
  const auto macro = context.macros.find(key.text);
  const bool is_list = list != context.lists.end();
  if (!is_list && macro == context.macros.end()) return;
  const NamedList& first = is_list ? list->second : macro->second;
  findings.error(
      key.offset, "duplicate-name", say("the name `{}` is given a second time", shortened(key.text)),
      say("the first is a {} in {}, line {}; choose another name", is_list ? TextView("list") : TextView("macro"),
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

void check_item(Findings& findings, const Node& item, TextView what) {
  if (!item.is_scalar()) {
    findings.error(item.offset, "wrong-type",
                   say("{} holds {}; only single values may stand in a list", what, kind_of(item)),
                   "write each value by itself");
    return;
  }
  if (is_text(item)) check_identity(findings, item.offset, what, item.text);
}

void collect_lists(SetContext& context, Findings& findings, const Node& lists) {
  if (!expect_map(findings, lists, "`lists`")) return;
  for (const Entry& entry : lists.entries) {
    check_duplicate(context, findings, entry.key);
    const Text what = say("the list `{}`", shortened(entry.key.text));
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
      findings.error(entry.key.offset, "bad-name", say("`{}` cannot name a macro", shortened(entry.key.text)),
                     "use letters, digits and `_`, a letter first");
    }
    check_identity(findings, entry.key.offset, "the name of a macro", entry.key.text);
    if (!entry.value.is_scalar()) {
      findings.error(
          entry.value.offset, entry.value.is_null() ? "empty-value" : "wrong-type",
          say("the macro `{}` must be an expression, not {}", shortened(entry.key.text), kind_of(entry.value)),
          "write it on one line, in quotes if it holds `: `");
    }
    context.macros.try_emplace(entry.key.text, NamedList{&entry.key, &entry.value, &findings});
  }
}

bool is_field(std::string_view name) {
  const auto& fields = all_fields();
  return std::any_of(fields.begin(), fields.end(), [&](const FieldSpec& field) { return field.path == name; });
}

/// An item of a list as expressions see it: what looks like a whole number is an int.
cel::Value value_of(const Node& item) {
  if (const auto truth = as_boolean(item)) return cel::Value::boolean(*truth);
  const auto number = as_number(item);
  if (!number) return cel::Value::string(item.text);
  std::int64_t whole = 0;
  const char* end = item.text.data() + item.text.size();
  const auto read = std::from_chars(item.text.data(), end, whole);
  return read.ec == std::errc() && read.ptr == end ? cel::Value::integer(whole) : cel::Value::real(*number);
}

void define_list(cel::Environment& names, const std::string& name, const Node& list) {
  std::vector<cel::Value> values;
  for (const Node& item : list.items) {
    if (item.is_scalar()) values.push_back(value_of(item));
  }
  names.define_constant(name, cel::Value::list(values));
}

/// A macro that no rule uses is checked for the event that fits it best.
void check_unused_macro(SetContext& context, const NamedList& macro) {
  if (!macro.value->is_scalar()) return;
  std::optional<EventType> best;
  std::size_t fewest = 0;
  for (std::size_t i = 0; i < Words<EventType>::list.size(); ++i) {
    const auto on = static_cast<EventType>(i);
    const auto program = cel::compile(macro.value->text, context.expressions.environment(ExpressionUse::condition, on));
    const bool named = macro.value->text.find(std::string(word_of(on)) + '.') != std::string::npos;
    const std::size_t errors = (program ? 0 : 2 * program.error().size()) + (named ? 0 : 1);
    if (!best || errors < fewest) {
      best = on;
      fewest = errors;
    }
  }
  (void)compile_expression(context, WrittenExpression::whole(*macro.findings, *macro.value), ExpressionUse::add, *best,
                           {});
}

}  // namespace

void define_names(SetContext& context) {
  cel::Environment& names = context.expressions.names();
  for (const auto& [name, list] : context.lists) {
    if (list.value->is_list()) {
      define_list(names, name, *list.value);
    } else {
      context.expressions.define_unusable(name);
    }
  }
  for (const auto& [name, macro] : context.macros) {
    context.expressions.define_unusable(name);
    if (!macro.value->is_scalar()) continue;
    // What is wrong with its syntax is told here, the rest where it is used.
    const WrittenExpression written = WrittenExpression::whole(*macro.findings, *macro.value);
    check_macro_text(written);
    (void)names.define_macro(name, macro.value->text);
  }
}

std::vector<std::string_view> SetContext::list_names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, list] : lists) names.push_back(name);
  return names;
}

void collect_names(SetContext& context, Findings& findings, const Node& file) {
  if (const Entry* lists = file.find("lists")) collect_lists(context, findings, lists->value);
  if (const Entry* macros = file.find("macros")) collect_macros(context, findings, macros->value);
}

void warn_unused_names(SetContext& context) {
  for (const auto& [name, list] : context.lists) {
    if (list.used) continue;
    list.findings->warning(list.key->offset, "unused-list", say("no rule uses the list `{}`", shortened(name)),
                           say("use it in `match` as `${}`, or remove it", shortened(name)));
  }
  std::vector<const NamedList*> unused;
  for (const auto& [name, macro] : context.macros) {
    if (macro.used || !macro.value->is_scalar() || !is_identifier(name)) continue;
    macro.findings->warning(macro.key->offset, "unused-macro", say("no rule uses the macro `{}`", shortened(name)),
                            is_field(name) ? Text("a field has that name too, and goes first; choose another")
                                           : say("use it in `when` as `{}`, or remove it", shortened(name)));
    unused.push_back(&macro);
  }
  for (const NamedList* macro : unused) check_unused_macro(context, *macro);
}

}  // namespace kentongan::rules
