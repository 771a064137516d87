// SPDX-License-Identifier: Apache-2.0
#include "rules/expression_slips.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "domain/fields.hpp"
#include "rules/said/say.hpp"

namespace kentongan::rules {
namespace {

using cel::NodeKind;
using cel::Operator;

bool is_literal(const cel::Node& node, cel::Kind kind) {
  return node.kind == NodeKind::literal && node.literal.is(kind);
}

bool is_order(Operator operation) {
  return operation == Operator::less || operation == Operator::less_equal || operation == Operator::greater ||
         operation == Operator::greater_equal;
}

/// "report.crowd" of a field or name as written; empty: it is something else.
std::string path_of(const cel::Ast& ast, const cel::Node& node) {
  if (node.kind == NodeKind::identifier) return node.name;
  if (node.kind != NodeKind::select || node.is_optional) return {};
  const std::string of = path_of(ast, ast.child(node, 0));
  return of.empty() ? of : of + '.' + node.name;
}

class Reader {
 public:
  Reader(const cel::Ast& ast, EventType on) : ast_(ast), on_(on) {}

  std::vector<Slip> read() {
    for (cel::NodeId id = 0; id < ast_.size(); ++id) look_at(ast_[id]);
    return std::move(slips_);
  }

 private:
  void look_at(const cel::Node& node) {
    if (node.kind == NodeKind::call) return look_at_call(node);
    if (node.kind != NodeKind::binary) return;
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const cel::Node& one = ast_.child(node, side);
      const cel::Node& other = ast_.child(node, 1 - side);
      if (is_share(one) && is_literal(other, cel::Kind::real) && cel::is_comparison(node.operation)) {
        slips_.push_back({one.range, "whole numbers are divided as whole numbers, so that 37 / 4120 is 0",
                          "write `double(..) / double(..)`"});
      }
      if (is_level(one) && is_literal(other, cel::Kind::string) && is_order(node.operation)) {
        slips_.push_back({node.range,
                          "levels are compared as words here, letter by letter: `awas` is less than `siaga`",
                          "name the levels: `area.level in [\"siaga\", \"awas\"]`"});
      }
    }
  }

  void look_at_call(const cel::Node& node) {
    if (node.name != "matches" || node.children.empty()) return;
    const cel::Node& pattern = ast_[node.children.back()];
    if (!is_literal(pattern, cel::Kind::string)) return;
    const bool control = std::any_of(pattern.name.begin(), pattern.name.end(),
                                     [](char c) { return c == '\a' || c == '\b' || c == '\f' || c == '\v'; });
    if (!control) return;
    slips_.push_back({pattern.range, "in such quotes a backslash and a letter make one control character",
                      "put an r before the quotes: `matches(r\"..\")`"});
  }

  [[nodiscard]] bool is_level(const cel::Node& node) const {
    const std::string path = path_of(ast_, node);
    return path == "area.level" || path == "level";
  }

  /// A whole number divided by another one, neither of them only written out.
  [[nodiscard]] bool is_share(const cel::Node& node) const {
    return node.kind == NodeKind::binary && node.operation == Operator::divide && is_whole(node) &&
           !(ast_.child(node, 0).kind == NodeKind::literal && ast_.child(node, 1).kind == NodeKind::literal);
  }

  [[nodiscard]] bool is_whole(const cel::Node& node) const {
    if (node.kind == NodeKind::literal) return node.literal.is(cel::Kind::integer);
    if (node.kind == NodeKind::binary) {
      const bool sum = node.operation == Operator::add || node.operation == Operator::subtract ||
                       node.operation == Operator::multiply || node.operation == Operator::divide ||
                       node.operation == Operator::modulo;
      return sum && is_whole(ast_.child(node, 0)) && is_whole(ast_.child(node, 1));
    }
    const std::string path = path_of(ast_, node);
    if (path == "count" || path == "distinct") return true;
    const auto field = path.empty() ? std::nullopt : find_field(on_, path);
    return field && spec_of(*field).type == FieldType::integer;
  }

  const cel::Ast& ast_;
  EventType on_;
  std::vector<Slip> slips_;
};

}  // namespace

std::vector<Slip> slips_of(const cel::Ast& ast, EventType on) { return Reader(ast, on).read(); }

}  // namespace kentongan::rules
