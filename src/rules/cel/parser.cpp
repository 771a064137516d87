// SPDX-License-Identifier: Apache-2.0
//   expression = or [ "?" or ":" expression ]
//   or         = and { "||" and }
//   and        = relation { "&&" relation }
//   relation   = sum { ( "<" | "<=" | ">=" | ">" | "==" | "!=" | "in" ) sum }
//   sum        = product { ( "+" | "-" ) product }
//   product    = unary { ( "*" | "/" | "%" ) unary }
//   unary      = { "!" } member | { "-" } member
//   member     = primary { "." [ "?" ] field | "." name "(" [ list ] ")"
//                        | "[" [ "?" ] expression "]" }
//   primary    = [ "." ] name [ "(" [ list ] ")" ] | "(" expression ")" | literal
//              | "[" [ entries ] [ "," ] "]" | "{" [ pairs ] [ "," ] "}"
//   list       = expression { "," expression }
//   entries    = [ "?" ] expression { "," [ "?" ] expression }
//   pairs      = [ "?" ] expression ":" expression { "," [ "?" ] expression ":" expression }
//   field      = name | reserved word | quoted name
#include "rules/cel/parser.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "rules/cel/lexer.hpp"
#include "rules/cel/parsing.hpp"
#include "rules/cel/utf8.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

struct BinaryLevel {
  std::array<std::pair<TokenKind, Operator>, 7> operators;
};

constexpr std::array<BinaryLevel, 3> binary_levels = {{
    {{{{TokenKind::less, Operator::less},
       {TokenKind::less_equal, Operator::less_equal},
       {TokenKind::greater, Operator::greater},
       {TokenKind::greater_equal, Operator::greater_equal},
       {TokenKind::equal, Operator::equal},
       {TokenKind::not_equal, Operator::not_equal},
       {TokenKind::in_word, Operator::in}}}},
    {{{{TokenKind::plus, Operator::add}, {TokenKind::minus, Operator::subtract}}}},
    {{{{TokenKind::star, Operator::multiply},
       {TokenKind::slash, Operator::divide},
       {TokenKind::percent, Operator::modulo}}}},
}};

Operator operator_at(std::size_t level, TokenKind token) {
  for (const auto& [kind, operation] : binary_levels[level].operators) {
    if (operation != Operator::none && kind == token) {
      return operation;
    }
  }
  return Operator::none;
}

// The sign that is meant where people write a word, in English or Indonesian.
said::TextView sign_for(std::string_view word) {
  if (word == "and" || word == "AND" || word == "dan") {
    return "write `&&` for and";
  }
  if (word == "or" || word == "OR" || word == "atau") {
    return "write `||` for or";
  }
  return word == "is" || word == "adalah" ? said::TextView("compare with `==`") : said::TextView();
}

tl::unexpected<Error> whole_text_error(ErrorKind kind, said::TextView message) {
  Error error;
  error.kind = kind;
  error.message = message;
  return tl::unexpected(std::move(error));
}

}  // namespace

tl::expected<Ast, Error> Parser::run() {
  auto root = expression();
  if (!root) {
    return tl::unexpected(std::move(root.error()));
  }
  if (current().kind != TokenKind::end) {
    return unexpected_token();
  }
  ast_.root = root->node;
  return std::move(ast_);
}

const Token& Parser::take() {
  const Token& token = tokens_[at_];
  at_ += token.kind == TokenKind::end ? 0U : 1U;
  return token;
}

bool Parser::accept(TokenKind kind) {
  if (current().kind != kind) {
    return false;
  }
  take();
  return true;
}

tl::unexpected<Error> Parser::fail(ErrorKind kind, SourceRange where, said::TextView message) const {
  Error error;
  error.kind = kind;
  error.range = where;
  error.position = position_at(text_, where.begin);
  error.message = message;
  return tl::unexpected(std::move(error));
}

tl::unexpected<Error> Parser::unexpected_token(said::TextView wanted) const {
  const Token& token = current();
  if (token.kind == TokenKind::identifier) {
    if (const said::TextView sign = sign_for(token.text); !sign.empty()) {
      return fail(ErrorKind::syntax, token.range, sign);
    }
  }
  if (token.kind == TokenKind::greater && at_ > 0 && tokens_[at_ - 1].kind == TokenKind::less) {
    return fail(ErrorKind::syntax, token.range, "write `!=` for different");
  }
  const said::TextView found = describe(token.kind);
  return fail(ErrorKind::syntax, token.range,
              wanted.empty() ? said::say("{} is not expected here", found)
                             : said::say("{} is not expected here; expected {}", found, wanted));
}

Parsed Parser::add(Node node, SourceRange range) {
  node.range = range;
  const NodeId id = ast_.add(std::move(node));
  if (ast_.size() > limits_.nodes) {
    return fail(ErrorKind::too_large, range, said::say("the expression has more than {} parts", limits_.nodes));
  }
  return ast_[id].depth > limits_.depth ? too_deep(range) : Parsed(Part{id, range});
}

Parsed Parser::too_deep(SourceRange range) const {
  return fail(ErrorKind::too_deep, range, said::say("the expression is nested more than {} deep", limits_.depth));
}

Parsed Parser::expression() {
  const Nesting nesting(depth_);
  if (depth_ > limits_.depth) {
    return too_deep(current().range);
  }
  auto condition = logical(TokenKind::logical_or, NodeKind::logical_or);
  if (!condition || !accept(TokenKind::question)) {
    return condition;
  }
  auto then = logical(TokenKind::logical_or, NodeKind::logical_or);
  if (!then) {
    return then;
  }
  if (!accept(TokenKind::colon)) {
    return unexpected_token("`:`");
  }
  auto otherwise = expression();
  if (!otherwise) {
    return otherwise;
  }
  Node node;
  node.kind = NodeKind::conditional;
  node.children = {condition->node, then->node, otherwise->node};
  return add(std::move(node), join(condition->range, otherwise->range));
}

Parsed Parser::logical(TokenKind sign, NodeKind kind) {
  const auto operand = [&] {
    return kind == NodeKind::logical_or ? logical(TokenKind::logical_and, NodeKind::logical_and) : binary(0);
  };
  auto first = operand();
  if (!first || current().kind != sign) {
    return first;
  }
  Node node;
  node.kind = kind;
  node.children = {first->node};
  SourceRange range = first->range;
  while (accept(sign)) {
    auto next = operand();
    if (!next) {
      return next;
    }
    node.children.push_back(next->node);
    range = join(range, next->range);
  }
  return add(std::move(node), range);
}

Parsed Parser::binary(std::size_t level) {
  if (level == binary_levels.size()) {
    return unary();
  }
  auto left = binary(level + 1);
  while (left) {
    const Operator operation = operator_at(level, current().kind);
    if (operation == Operator::none) {
      break;
    }
    Node node;
    node.kind = NodeKind::binary;
    node.operation = operation;
    node.name_range = take().range;
    auto right = binary(level + 1);
    if (!right) {
      return right;
    }
    node.children = {left->node, right->node};
    left = add(std::move(node), join(left->range, right->range));
  }
  return left;
}

Parsed Parser::unary() {
  const TokenKind sign = current().kind;
  if (sign != TokenKind::exclamation && sign != TokenKind::minus) {
    return member();
  }
  const std::size_t first = at_;
  while (current().kind == sign) {
    take();
  }
  std::size_t signs = at_ - first;
  const bool negative_literal =
      sign == TokenKind::minus && (current().kind == TokenKind::integer || current().kind == TokenKind::real);
  if (negative_literal) {
    --signs;
  }
  auto operand = member(negative_literal);
  for (; operand && signs > 0; --signs) {
    Node node;
    node.kind = NodeKind::unary;
    node.operation = sign == TokenKind::minus ? Operator::negate : Operator::logical_not;
    node.name_range = tokens_[first + signs - 1].range;
    node.children = {operand->node};
    operand = add(std::move(node), join(node.name_range, operand->range));
  }
  return operand;
}

Parsed Parser::member(bool negative) {
  auto part = primary(negative);
  while (part) {
    if (accept(TokenKind::dot)) {
      part = field(*part);
    } else if (accept(TokenKind::left_bracket)) {
      part = index(*part);
    } else {
      break;
    }
  }
  return part;
}

Parsed Parser::field(const Part& target) {
  Node node;
  node.kind = NodeKind::select;
  node.is_optional = accept(TokenKind::question);
  const Token& name = current();
  if (name.kind != TokenKind::identifier && name.kind != TokenKind::reserved &&
      name.kind != TokenKind::quoted_identifier) {
    return unexpected_token("the name of a field or function");
  }
  node.name = name.text;
  node.name_range = take().range;
  node.children = {target.node};
  const bool is_call =
      current().kind == TokenKind::left_parenthesis && name.kind != TokenKind::quoted_identifier && !node.is_optional;
  if (is_call) {
    node.is_member = true;
    return call(std::move(node), target.range);
  }
  return add(std::move(node), join(target.range, node.name_range));
}

Parsed Parser::index(const Part& target) {
  Node node;
  node.kind = NodeKind::index;
  node.is_optional = accept(TokenKind::question);
  auto key = expression();
  if (!key) {
    return key;
  }
  const Token& bracket = current();
  if (!accept(TokenKind::right_bracket)) {
    return unexpected_token("`]`");
  }
  node.children = {target.node, key->node};
  return add(std::move(node), join(target.range, bracket.range));
}

tl::expected<Ast, Error> parse(std::string_view text, const ExpressionLimits& limits) {
  if (text.size() > limits.text_bytes) {
    return whole_text_error(ErrorKind::too_large,
                            said::say("the expression is longer than {} bytes", limits.text_bytes));
  }
  if (!utf8::is_valid(text)) {
    return whole_text_error(ErrorKind::syntax, "the expression is not valid UTF-8");
  }
  auto tokens = tokenize(text);
  if (!tokens) {
    return tl::unexpected(std::move(tokens.error()));
  }
  return Parser(text, std::move(*tokens), limits).run();
}

}  // namespace kentongan::cel
