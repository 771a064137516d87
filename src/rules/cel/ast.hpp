// SPDX-License-Identifier: Apache-2.0
// The tree of an expression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/source.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

using NodeId = std::uint32_t;

enum class NodeKind : std::uint8_t {
  literal,
  identifier,
  select,       // child . name
  presence,     // has(child.name), has(name)
  index,        // child [ child ]
  unary,        // Operator::negate, logical_not
  binary,       // arithmetic, comparison, in
  logical_and,  // two children or more
  logical_or,
  conditional,  // condition, then, else
  call,         // name(children), or for a member first child.name(others)
  list,
  map,            // key, value, key, value, ..
  comprehension,  // a macro over a list or map; see Comprehension
  bind,           // cel.bind(name, child, child)
  optional_map,   // child.optMap(name, child), optFlatMap
  macro_use,      // a name that stands for a macro of the host, and its tree
};

enum class Operator : std::uint8_t {
  none,
  negate,
  logical_not,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
};

// As written: "+", "<=", "in".
[[nodiscard]] std::string_view spelling(Operator operation);
[[nodiscard]] bool is_comparison(Operator operation);

// Children of a comprehension: the range, then the predicate or filter unless
// !has_predicate, then the transformation unless the kind has none.
enum class Comprehension : std::uint8_t {
  all,
  exists,
  exists_one,
  filter,  // also map() and transformList(): with a transformation
  transform_map,
  transform_map_entry,
};

[[nodiscard]] std::string_view name(Comprehension comprehension);

struct Node {
  NodeKind kind = NodeKind::literal;
  Operator operation = Operator::none;
  Comprehension comprehension = Comprehension::all;
  bool is_member = false;      // call: a.f(b)
  bool is_optional = false;    // select, index: .? and [?
  bool is_absolute = false;    // identifier with a leading dot: never a local name
  bool has_predicate = false;  // comprehension
  bool has_transform = false;  // comprehension
  bool is_flat = false;        // optional_map: optFlatMap
  std::uint16_t depth = 1;     // of the tree below
  std::uint16_t source = 0;    // 0 the expression, n the n-th of Ast::macro_names
  SourceRange range;           // with the parentheses of its parts, without its own
  SourceRange name_range;      // of name, or of an operator's sign
  SourceRange second_name_range;
  std::string name;         // also the content of string and bytes literals
  std::string second_name;  // comprehension: the second variable, or empty
  Value literal;            // of strings and bytes only the kind counts
  std::vector<NodeId> children;
  std::vector<bool> optional_entries;  // list, map: with a question mark; may be empty

  // The value of a literal; a view of this node.
  [[nodiscard]] Value value() const;
};

// One tree in one vector. Ids stay; references to nodes do not survive add() and graft().
class Ast {
 public:
  [[nodiscard]] NodeId add(Node node);
  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes_[id]; }
  [[nodiscard]] Node& operator[](NodeId id) { return nodes_[id]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Node& child(const Node& node, std::size_t index) const { return nodes_[node.children[index]]; }

  // Copies another tree in as the tree of this macro; gives its new root.
  [[nodiscard]] NodeId graft(const Ast& other, std::string_view macro);

  [[nodiscard]] std::string_view macro_name(std::uint16_t source) const {
    return source == 0 ? std::string_view() : macro_names_[source - 1U];
  }
  [[nodiscard]] const std::vector<std::string>& macro_names() const { return macro_names_; }

  NodeId root = 0;

 private:
  [[nodiscard]] std::uint16_t source_of(std::string_view macro);

  std::vector<Node> nodes_;
  std::vector<std::string> macro_names_;
};

// The tree in one line, for tests: (+ 1 (* x 2)).
[[nodiscard]] std::string print(const Ast& ast, NodeId id);

}  // namespace kentongan::cel
