// SPDX-License-Identifier: Apache-2.0
// One line per tree, in prefix form:
//
//   literal            1  2u  1.5  "a"  b"a"  true  null
//   name               x  .x
//   select, index      (. x name)  (.? x name)  ([] x 1)  ([?] x 1)
//   operators          (+ 1 2)  (! x)  (&& a b c)  (? condition then else)
//   calls              (f a b)  (target.f a b)
//   lists, maps        [1 ?2]  {"k": 1 ?"l": 2}
//   macros             (has x.name)  (all v range test)  (bind v init body)
#include "rules/cel/ast.hpp"
#include "rules/cel/value_text.hpp"

namespace kentongan::cel {
namespace {

class Printer {
 public:
  explicit Printer(const Ast& ast) : ast_(ast) {}

  [[nodiscard]] std::string print(NodeId id) const {
    const Node& node = ast_[id];
    switch (node.kind) {
      case NodeKind::literal:
        return to_text(node.value(), TextStyle::literal);
      case NodeKind::identifier:
        return (node.is_absolute ? "." : "") + node.name;
      case NodeKind::select:
        return (node.is_optional ? "(.? " : "(. ") + child(node, 0) + " " + node.name + ")";
      case NodeKind::presence:
        return presence(node);
      case NodeKind::index:
        return form(node.is_optional ? "[?]" : "[]", node);
      case NodeKind::unary:
      case NodeKind::binary:
        return form(spelling(node.operation), node);
      case NodeKind::logical_and:
        return form("&&", node);
      case NodeKind::logical_or:
        return form("||", node);
      case NodeKind::conditional:
        return form("?", node);
      case NodeKind::call:
        return call(node);
      case NodeKind::list:
        return list(node);
      case NodeKind::map:
        return map(node);
      case NodeKind::comprehension:
        return comprehension(node);
      case NodeKind::bind:
        return form("bind " + node.name, node);
      case NodeKind::optional_map:
        return form((node.is_flat ? "optFlatMap " : "optMap ") + node.name, node);
      case NodeKind::macro_use:
        return form("macro " + node.name, node);
    }
    return {};
  }

 private:
  [[nodiscard]] std::string child(const Node& node, std::size_t index) const { return print(node.children[index]); }

  [[nodiscard]] std::string form(std::string_view head, const Node& node, std::size_t from = 0) const {
    std::string text = "(" + std::string(head);
    for (std::size_t i = from; i < node.children.size(); ++i) {
      text += ' ';
      text += child(node, i);
    }
    return text + ")";
  }

  [[nodiscard]] std::string presence(const Node& node) const {
    if (node.children.empty()) {
      return "(has " + node.name + ")";
    }
    return "(has " + child(node, 0) + (node.is_optional ? ".?" : ".") + node.name + ")";
  }

  [[nodiscard]] std::string call(const Node& node) const {
    return node.is_member ? form(child(node, 0) + "." + node.name, node, 1) : form(node.name, node);
  }

  static std::string_view mark(const Node& node, std::size_t entry) {
    return !node.optional_entries.empty() && node.optional_entries[entry] ? "?" : "";
  }

  [[nodiscard]] std::string list(const Node& node) const {
    std::string text = "[";
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      text += i == 0 ? "" : " ";
      text += mark(node, i);
      text += child(node, i);
    }
    return text + "]";
  }

  [[nodiscard]] std::string map(const Node& node) const {
    std::string text = "{";
    for (std::size_t i = 0; i < node.children.size(); i += 2) {
      text += i == 0 ? "" : " ";
      text += mark(node, i / 2);
      text += child(node, i) + ": " + child(node, i + 1);
    }
    return text + "}";
  }

  [[nodiscard]] std::string comprehension(const Node& node) const {
    const bool is_map = node.comprehension == Comprehension::filter && node.has_transform;
    std::string head(is_map ? "map" : name(node.comprehension));
    head += " " + node.name;
    if (!node.second_name.empty()) {
      head += "," + node.second_name;
    }
    return form(head, node);
  }

  const Ast& ast_;
};

}  // namespace

std::string print(const Ast& ast, NodeId id) { return Printer(ast).print(id); }

}  // namespace kentongan::cel
