// SPDX-License-Identifier: Apache-2.0
#include "rules/message_parser.hpp"

#include <string>
#include <string_view>

#include "rules/expression_compiler.hpp"
#include "rules/expression_names.hpp"
#include "rules/said/say.hpp"
#include "rules/scalar_place.hpp"

namespace kentongan::rules {

namespace {

/// Steps over a text in quotes that begins here; to the end where it is never closed.
std::size_t after_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      return at + 1;
    }
  }
  return text.size();
}

/// Where the expression ends that begins here: at its `}}`.
std::size_t end_of_expression(std::string_view text, std::size_t from) {
  std::size_t open = 0;
  for (std::size_t at = from; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = after_quoted(text, at);
      continue;
    }
    if (c == '{') ++open;
    if (c == '}' && open == 0 && text.substr(at, 2) == "}}") return at;
    if (c == '}' && open > 0) --open;
    ++at;
  }
  // Something in it is not closed; that is told by whoever reads the expression.
  return text.find("}}", from);
}

bool is_cause(cel::SlotId slot) {
  return slot == slot_of(Name::cause_category) || slot == slot_of(Name::cause_rule) ||
         slot == slot_of(Name::cause_id) || slot == slot_of(Name::cause_en);
}

class MessageCompiler {
 public:
  MessageCompiler(SetContext& context, Findings& findings, const Node& node, EventType on, Behind behind)
      : context_(context), findings_(findings), node_(node), text_(node.text), on_(on), behind_(behind) {}

  Message compile() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t open = text_.find("{{", at);
      add_text(text_.substr(at, open - at));
      if (open == std::string_view::npos) break;
      const std::size_t close = end_of_expression(text_, open + 2);
      if (close == std::string_view::npos) {
        problem(open, "`{{` is never closed by `}}`", "add the `}}`");
        break;
      }
      add_expression(open + 2, close);
      at = close + 2;
    }
    return std::move(message_);
  }

 private:
  void add_text(std::string_view text) {
    if (!text.empty()) message_.parts.emplace_back(std::string(text));
  }

  void add_expression(std::size_t from, std::size_t to) {
    const std::string_view inside = text_.substr(from, to - from);
    const std::size_t first = inside.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
      problem(from - 2, "there is nothing between `{{` and `}}`", "write a name, for example `{{ area.name }}`");
      return;
    }
    const std::string_view expression = inside.substr(first, inside.find_last_not_of(" \t\r\n") - first + 1);
    const WrittenExpression written{&findings_, &node_, from + first, expression};
    const auto program = compile_expression(context_, written, ExpressionUse::message, on_, {});
    if (program) warn_missing(written, *program);
    if (program) message_.parts.emplace_back(context_.expressions.share(ExpressionUse::message, on_, *program));
  }

  /// Of a name that is missing in each alert of the rule: what it stands in shows as `?`.
  void warn_missing(const WrittenExpression& written, const cel::Program& program) {
    for (const cel::SlotId slot : program.slots()) {
      const std::string name = name_of_slot(slot);
      const auto [what, instead] = why_missing(slot, name);
      if (what.empty()) continue;
      const std::size_t at = written.text.find(name);
      findings_.warning(written.place(at == std::string_view::npos ? 0 : at), "always-missing", what, instead);
      return;
    }
  }

  /// Empty where the rule's alerts can have it; else that they cannot, and what can be named instead.
  [[nodiscard]] std::pair<Text, TextView> why_missing(cel::SlotId slot, const std::string& name) const {
    const SlotGroup group = group_of(slot);
    if (group == SlotGroup::a || group == SlotGroup::b) {
      if (behind_.pair) return {};
      return {say("`{}` is missing in these texts: only clash rules have two entries", name),
              TextView("name a field of the event itself")};
    }
    if (is_cause(slot)) {
      if (behind_.cause) return {};
      return {say("`{}` is missing in these texts: only `level` rules have causes", name),
              TextView("of a report its category stands in `category`")};
    }
    const bool of_event = slot == slot_of(Name::time) || slot == slot_of(Name::tps_known) || group != SlotGroup::name;
    if (!of_event || behind_.event) return {};
    return {say("`{}` is missing in these texts: no event stands behind the alert", name),
            TextView("which one it is stands in `scope.key`, its place in `area.name`")};
  }

  void problem(std::size_t at, TextView message, TextView hint) {
    findings_.error(place_in_scalar(findings_.source(), node_, at), "message-syntax", message, hint);
  }

  SetContext& context_;
  Findings& findings_;
  const Node& node_;
  std::string_view text_;
  EventType on_;
  Behind behind_;
  Message message_;
};

}  // namespace

Message compile_message(SetContext& context, Findings& findings, const Node& node, EventType on, Behind behind) {
  return MessageCompiler(context, findings, node, on, behind).compile();
}

}  // namespace kentongan::rules
