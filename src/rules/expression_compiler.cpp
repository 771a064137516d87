// SPDX-License-Identifier: Apache-2.0
#include "rules/expression_compiler.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <fmt/format.h>

#include "rules/cel/parser.hpp"
#include "rules/certain.hpp"
#include "rules/expression_calls.hpp"
#include "rules/expression_hints.hpp"
#include "rules/expression_lint.hpp"
#include "rules/expression_names.hpp"
#include "rules/expression_slips.hpp"
#include "rules/identity.hpp"
#include "rules/nearest.hpp"
#include "rules/party_use.hpp"
#include "rules/said/say.hpp"
#include "rules/scalar_place.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

std::string_view code_of(cel::ErrorKind kind) {
  switch (kind) {
    case cel::ErrorKind::unknown_name:
      return "unknown-name";
    case cel::ErrorKind::unknown_field:
      return "unknown-field";
    case cel::ErrorKind::unknown_function:
      return "unknown-function";
    case cel::ErrorKind::recursive_macro:
      return "macro-cycle";
    case cel::ErrorKind::too_large:
    case cel::ErrorKind::too_deep:
      return "expression-too-large";
    case cel::ErrorKind::syntax:
    case cel::ErrorKind::invalid_literal:
    case cel::ErrorKind::unterminated:
    case cel::ErrorKind::reserved_word:
    case cel::ErrorKind::invalid_macro:
      return "expression-syntax";
    default:
      return "expression-type";
  }
}

TextView advice_for(cel::ErrorKind kind, EventType on) {
  switch (kind) {
    case cel::ErrorKind::unknown_name:
      return on == EventType::report
                 ? TextView("use a field of the event, a name such as `area.name`, a list or a macro")
                 : TextView("use a field of the event, a list or a macro");
    case cel::ErrorKind::unknown_field:
      return "see the fields of events in the reference";
    case cel::ErrorKind::unknown_function:
      return "see the functions in the reference of expressions";
    case cel::ErrorKind::recursive_macro:
      return "a macro cannot stand for itself: write one of them out";
    case cel::ErrorKind::object_as_value:
      return "name one of its fields";
    case cel::ErrorKind::reserved_word:
      return "choose another name";
    case cel::ErrorKind::unterminated:
      return "close the quotes";
    case cel::ErrorKind::too_large:
    case cel::ErrorKind::too_deep:
      return "divide it into several rules, or say less";
    default:
      return "";
  }
}

/// "it is a field of a campaign": a field or an event that belongs to other rules.
Text of_another_event(std::string_view path, EventType on) {
  for (const FieldSpec& spec : all_fields()) {
    const std::string_view event = word_of(spec.event);
    if (spec.event == on || (path != event && find_field(spec.event, path) != spec.id)) continue;
    return path == event ? say("the rule looks at a {}; is `on: {}` meant?", word_of(on), event)
                         : say("it is a field of a {}; is `on: {}` meant?", event, event);
  }
  return {};
}

Text type_hint(const cel::Error& error) {
  if (error.expected.empty() || error.kind == cel::ErrorKind::argument_count) return {};
  const bool numbers = (error.found == "int" && error.expected.en == "double") ||
                       (error.found == "double" && error.expected.en == "int");
  return numbers ? Text("make both of one type, for example with double(..)")
                 : say("{} is needed here", error.expected);
}

bool is_path_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// The name that ends with this part: `reporter.ref` for `ref`.
std::string_view path_up_to(std::string_view text, cel::SourceRange part) {
  std::size_t begin = part.begin;
  while (begin > 0 && is_path_letter(text[begin - 1])) --begin;
  return text.substr(begin, part.end - begin);
}

/// False when a text in it names a group.
bool check_neutral(const WrittenExpression& written, const cel::Ast& ast) {
  bool neutral = true;
  for (cel::NodeId id = 0; id < ast.size(); ++id) {
    const cel::Node& node = ast[id];
    if (node.kind != cel::NodeKind::literal || !node.literal.is(cel::Kind::string)) continue;
    neutral &=
        check_identity(*written.findings, written.place(node.range.begin), "a text of the expression", node.name);
  }
  return neutral;
}

class ExpressionCompiler {
 public:
  ExpressionCompiler(SetContext& context, const WrittenExpression& written, ExpressionUse use, EventType on)
      : context_(context), written_(written), use_(use), on_(on) {}

  std::optional<cel::Program> compile(const std::vector<cel::Type>& result_types) {
    if (!look_at_tree()) return std::nullopt;
    auto program = cel::compile(written_.text, context_.expressions.environment(use_, on_), {result_types});
    if (!program) {
      for (const cel::Error& error : program.error()) report(error);
      return std::nullopt;
    }
    if (!neutral_) return std::nullopt;
    lint_expression(context_, written_, *program, use_);
    tell_slips();
    return std::move(*program);
  }

 private:
  void tell_slips() {
    const auto ast = cel::parse(written_.text);
    if (!ast) return;
    for (const Slip& slip : slips_of(*ast, on_)) {
      written_.findings->warning(written_.place(slip.range.begin), "unlikely-meaning", slip.message, slip.hint);
    }
    for (const UnansweredCall& call : unanswered_calls(*ast, *context_.reference)) {
      written_.findings->warning(written_.place(call.range.begin), "never-matches", call.message, call.hint);
    }
  }

  /// What the tree alone tells: the names it uses, and texts that name a group. False: it cannot be read.
  bool look_at_tree() {
    const auto ast = cel::parse(written_.text);
    if (!ast) {
      report(ast.error());
      return false;
    }
    for (cel::NodeId id = 0; id < ast->size(); ++id) {
      if ((*ast)[id].kind == cel::NodeKind::identifier) mark_used((*ast)[id].name);
    }
    neutral_ = check_neutral(written_, *ast);
    std::set<std::string> seen;
    if (use_ == ExpressionUse::pair) check_parties(*ast, "", seen);
    return true;
  }

  /// Of the expression, or of the macro with this name, and of all macros that it uses.
  void check_parties(const cel::Ast& ast, const std::string& macro, std::set<std::string>& seen) {
    if (const auto misused = misused_party(ast)) {
      neutral_ = false;
      const PartPlace place = place_of_part(context_, written_, macro, misused->begin);
      place.findings->error(place.offset, "identity-term", "a party can only be compared with that of the other entry",
                            "write `a.party == b.party` or `a.party != b.party`");
    }
    for (cel::NodeId id = 0; id < ast.size(); ++id) {
      const std::string& name = ast[id].name;
      if (ast[id].kind != cel::NodeKind::identifier || !context_.macros.contains(name)) continue;
      if (!seen.insert(name).second) continue;
      if (const auto below = cel::parse(text_of(name))) check_parties(*below, name, seen);
    }
  }

  /// Unless a field of the event has the name: that goes first.
  void mark_used(const std::string& name) {
    const cel::Binding* binding = context_.expressions.environment(use_, on_).find(name);
    if (binding == nullptr || (binding->constant == nullptr && binding->macro == nullptr && !binding->type.is_open())) {
      return;
    }
    if (const auto list = context_.lists.find(name); list != context_.lists.end()) list->second.used = true;
    const auto macro = context_.macros.find(name);
    if (macro == context_.macros.end() || macro->second.used) return;
    macro->second.used = true;
    // What it stands for is used as well.
    if (!macro->second.value->is_scalar()) return;
    const auto ast = cel::parse(macro->second.value->text);
    for (cel::NodeId id = 0; ast && id < ast->size(); ++id) {
      if ((*ast)[id].kind == cel::NodeKind::identifier) mark_used((*ast)[id].name);
    }
  }

  void report(const cel::Error& error) {
    if (error.kind == cel::ErrorKind::unknown_name && !context_.complete) return;
    const PartPlace place = place_of_part(context_, written_, error.macro, error.range.begin);
    if (error.kind == cel::ErrorKind::unknown_name || error.kind == cel::ErrorKind::unknown_field) {
      if (report_withheld(error, place)) return;
    }
    const Text hint = hint_for(error);
    place.findings->error(place.offset, code_of(error.kind), error.message, hint, fix_for(error, place, hint));
  }

  [[nodiscard]] std::string_view text_of(std::string_view macro) const {
    if (macro.empty()) return written_.text;
    const auto found = context_.macros.find(macro);
    return found == context_.macros.end() ? std::string_view() : std::string_view(found->second.value->text);
  }

  bool report_withheld(const cel::Error& error, const PartPlace& place) const {
    const auto field = find_field(on_, path_up_to(text_of(error.macro), error.range));
    if (!field || !is_withheld(*field, use_)) return false;
    if (*field == FieldId::campaign_party) {
      place.findings->error(
          place.offset, "identity-term",
          "a rule cannot look at a party: parties appear only in clash rules, compared with each other",
          "describe what happens, not who somebody is");
    } else if (use_ == ExpressionUse::message) {
      place.findings->error(place.offset, "identity-term", "a reporter never stands in an alert",
                            "use the role instead: `reporter.role`");
    } else {
      place.findings->error(place.offset, "identity-term",
                            "a rule cannot look at one person: areas are scored, never people",
                            "use the role instead, for example `reporter.role`");
    }
    return true;
  }

  [[nodiscard]] Text hint_for(const cel::Error& error) const {
    Text otherwise = type_hint(error);
    if (Text entry = hint_for_entry(error); !entry.empty()) return entry;
    if (Text meant = likely_meant(error, text_of(error.macro), on_, *context_.reference); !meant.empty()) return meant;
    if (error.kind == cel::ErrorKind::unknown_name || error.kind == cel::ErrorKind::unknown_field) {
      const Text other = of_another_event(path_up_to(text_of(error.macro), error.range), on_);
      if (!other.empty()) return other;
    }
    if (otherwise.empty()) otherwise = advice_for(error.kind, on_);
    if (error.kind == cel::ErrorKind::syntax && text_of(error.macro).substr(error.range.begin).starts_with('$')) {
      return TextView("in an expression a list is named without `$`");
    }
    if (error.kind == cel::ErrorKind::unknown_function && error.offender == "not") {
      return TextView("write `!` for not: `!(a == b)`");
    }
    if (error.kind == cel::ErrorKind::unknown_field) {
      const std::string elsewhere = same_end(error.offender);
      if (!elsewhere.empty()) return say("did you mean `{}`?", elsewhere);
    }
    if (error.offender.empty() || error.kind == cel::ErrorKind::object_as_value) return otherwise;
    std::vector<std::string_view> known(error.candidates.begin(), error.candidates.end());
    std::vector<std::string> paths;
    if (error.kind == cel::ErrorKind::unknown_name) paths = long_names();
    known.insert(known.end(), paths.begin(), paths.end());
    return did_you_mean(error.offender, known, std::move(otherwise));
  }

  /// A near name, if the hint names it and no other is near; signs that other languages write in another way.
  [[nodiscard]] Fix fix_for(const cel::Error& error, const PartPlace& place, const Text& hint) const {
    const Source& source = place.findings->source();
    if (error.kind == cel::ErrorKind::syntax) {
      const std::string_view rest = text_of(error.macro).substr(error.range.begin);
      const std::string_view written = rest.substr(0, error.range.end - error.range.begin);
      constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kSigns{{{"=", "=="},
                                                                                      {"&", "&&"},
                                                                                      {"|", "||"},
                                                                                      {"and", "&&"},
                                                                                      {"AND", "&&"},
                                                                                      {"dan", "&&"},
                                                                                      {"or", "||"},
                                                                                      {"OR", "||"},
                                                                                      {"atau", "||"},
                                                                                      {"=>", ">="},
                                                                                      {"=<", "<="},
                                                                                      {"$", ""}}};
      for (const auto& [sign, meant] : kSigns) {
        if (written == sign) return replace_text(source, place.offset, sign, meant);
      }
      return {};
    }
    const auto near = only_near(error.offender, {error.candidates.begin(), error.candidates.end()});
    if (!near || hint.en != say("did you mean `{}`?", *near).en) return {};
    return replace_text(source, place.offset, error.offender, *near);
  }

  /// Where `a` and `b` are known, and where they are not.
  [[nodiscard]] Text hint_for_entry(const cel::Error& error) const {
    if (error.kind != cel::ErrorKind::unknown_name || on_ != EventType::campaign) return {};
    const std::string& name = error.offender;
    if (use_ == ExpressionUse::condition && (name == "a" || name == "b")) {
      return TextView("`a` and `b` are known in the `when` of `clash` only: move the condition there");
    }
    const std::string path(path_up_to(text_of(error.macro), error.range));
    if (use_ != ExpressionUse::pair || !find_field(EventType::campaign, path)) return {};
    return say("write `a.{0}` or `b.{0}`", path);
  }

  /// `reporter.role` for `role`, where the field was looked for in the wrong object.
  [[nodiscard]] std::string same_end(const std::string& name) const {
    for (const std::string& path : long_names()) {
      if (path.size() > name.size() && path.ends_with(name) && path[path.size() - name.size() - 1] == '.') return path;
    }
    return {};
  }

  /// Names with dots: `reporter.role`, `area.name`.
  [[nodiscard]] std::vector<std::string> long_names() const {
    const cel::Environment& environment = context_.expressions.environment(use_, on_);
    std::vector<std::string> names;
    for (const std::string& object : environment.names_below("")) {
      if (object == word_of(on_) || !environment.is_object(object)) continue;
      for (const std::string& name : environment.names_below(object)) names.push_back(object + '.' + name);
    }
    return names;
  }

  SetContext& context_;
  const WrittenExpression& written_;
  ExpressionUse use_;
  EventType on_;
  bool neutral_ = true;
};

}  // namespace

std::size_t WrittenExpression::place(std::size_t byte) const {
  return place_in_scalar(findings->source(), *node, at + byte);
}

PartPlace place_of_part(const SetContext& context, const WrittenExpression& written, std::string_view macro,
                        std::size_t byte) {
  const auto found = macro.empty() ? context.macros.end() : context.macros.find(macro);
  if (found == context.macros.end()) return {written.findings, written.place(byte)};
  return {found->second.findings, WrittenExpression::whole(*found->second.findings, *found->second.value).place(byte)};
}

void check_macro_text(const WrittenExpression& written) {
  const auto ast = cel::parse(written.text);
  if (ast) {
    (void)check_neutral(written, *ast);
    return;
  }
  written.findings->error(written.place(ast.error().range.begin), code_of(ast.error().kind), ast.error().message,
                          advice_for(ast.error().kind, EventType::report));
}

bool expect_expression(Findings& findings, const Node& node, TextView what) {
  if (node.is_scalar()) return true;
  findings.error(node.offset, node.is_null() ? "empty-value" : "wrong-type",
                 say("{} must be an expression, not {}", what, kind_of(node)),
                 "write it on one line, in quotes if it holds `: ` or begins with a sign");
  return false;
}

std::optional<cel::Program> compile_expression(SetContext& context, const WrittenExpression& written, ExpressionUse use,
                                               EventType on, const std::vector<cel::Type>& result_types) {
  return ExpressionCompiler(context, written, use, on).compile(result_types);
}

}  // namespace kentongan::rules
