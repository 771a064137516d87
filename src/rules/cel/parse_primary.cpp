// SPDX-License-Identifier: Apache-2.0
// Names, calls, literals, lists and maps; the grammar stands in parser.cpp.
#include <optional>

#include <fmt/format.h>

#include "rules/cel/numbers.hpp"
#include "rules/cel/parsing.hpp"
#include "rules/cel/standard_macros.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {

Parsed Parser::primary(bool negative) {
  const Token& token = current();
  switch (token.kind) {
    case TokenKind::dot:
    case TokenKind::identifier:
      return name();
    case TokenKind::reserved:
      return fail(ErrorKind::reserved_word, token.range, said::say("`{}` is a reserved word of CEL", token.text));
    case TokenKind::left_parenthesis:
      return parenthesis();
    case TokenKind::left_bracket:
      return list();
    case TokenKind::left_brace:
      return map();
    default:
      return literal(negative);
  }
}

Parsed Parser::name() {
  Node node;
  node.kind = NodeKind::identifier;
  const SourceRange begin = current().range;
  node.is_absolute = accept(TokenKind::dot);
  if (current().kind != TokenKind::identifier) {
    return unexpected_token("a name");
  }
  node.name = current().text;
  node.name_range = take().range;
  if (current().kind == TokenKind::left_parenthesis) {
    return call(std::move(node), begin);
  }
  if (current().kind == TokenKind::left_brace) {
    return fail(ErrorKind::syntax, begin, "objects cannot be made in an expression");
  }
  return add(std::move(node), join(begin, node.name_range));
}

Parsed Parser::parenthesis() {
  const SourceRange begin = take().range;
  auto inner = expression();
  if (!inner) {
    return inner;
  }
  const SourceRange end = current().range;
  if (!accept(TokenKind::right_parenthesis)) {
    return unexpected_token("`)`");
  }
  return Part{inner->node, join(begin, end)};
}

Parsed Parser::list() {
  Node node;
  node.kind = NodeKind::list;
  return entries(std::move(node), TokenKind::right_bracket, "`,` or `]`");
}

Parsed Parser::map() {
  Node node;
  node.kind = NodeKind::map;
  return entries(std::move(node), TokenKind::right_brace, "`,` or `}`");
}

Parsed Parser::entries(Node node, TokenKind closing, said::TextView wanted) {
  const SourceRange begin = take().range;
  bool any_optional = false;
  while (current().kind != closing) {
    const bool optional = accept(TokenKind::question);
    any_optional = any_optional || optional;
    node.optional_entries.push_back(optional);
    if (auto entry = this->entry(node); !entry) {
      return tl::unexpected(std::move(entry.error()));
    }
    if (!accept(TokenKind::comma)) {
      break;
    }
  }
  const SourceRange range = join(begin, current().range);
  if (!accept(closing)) {
    return unexpected_token(wanted);
  }
  if (!any_optional) {
    node.optional_entries.clear();
  }
  return add(std::move(node), range);
}

tl::expected<void, Error> Parser::entry(Node& node) {
  auto first = expression();
  if (!first) {
    return tl::unexpected(std::move(first.error()));
  }
  node.children.push_back(first->node);
  if (node.kind == NodeKind::list) {
    return {};
  }
  if (!accept(TokenKind::colon)) {
    return unexpected_token("`:`");
  }
  auto value = expression();
  if (!value) {
    return tl::unexpected(std::move(value.error()));
  }
  node.children.push_back(value->node);
  return {};
}

Parsed Parser::literal(bool negative) {
  const Token& token = current();
  Node node;
  SourceRange range = token.range;
  if (negative) {
    range = join(tokens_[at_ - 1].range, range);
  }
  const auto value = literal_value(token, negative);
  if (!value) {
    return unexpected_token("a value");
  }
  if (value->is_error()) {
    return fail(ErrorKind::invalid_literal, range, "this number is out of range");
  }
  node.literal = *value;
  if (value->is(Kind::string) || value->is(Kind::bytes)) {
    node.name = token.text;
  }
  take();
  return add(std::move(node), range);
}

std::optional<Value> Parser::literal_value(const Token& token, bool negative) {
  switch (token.kind) {
    case TokenKind::true_word:
      return Value::boolean(true);
    case TokenKind::false_word:
      return Value::boolean(false);
    case TokenKind::null_word:
      return Value::null();
    case TokenKind::string:
      return Value::string({});
    case TokenKind::bytes:
      return Value::bytes({});
    case TokenKind::real: {
      const auto number = parse_real((negative ? "-" : "") + token.text);
      return number ? Value::real(*number) : Value::error(EvalErrorKind::overflow);
    }
    case TokenKind::integer:
    case TokenKind::unsigned_integer:
      return whole_literal(token, negative);
    default:
      return std::nullopt;
  }
}

Value Parser::whole_literal(const Token& token, bool negative) {
  const bool hex = token.text.starts_with("0x");
  const std::string digits = (negative ? "-" : "") + token.text.substr(hex ? 2 : 0);
  const int base = hex ? 16 : 10;
  if (token.kind == TokenKind::unsigned_integer) {
    const auto number = parse_unsigned(digits, base);
    return number ? Value::unsigned_integer(*number) : Value::error(EvalErrorKind::overflow);
  }
  const auto number = parse_integer(digits, base);
  return number ? Value::integer(*number) : Value::error(EvalErrorKind::overflow);
}

Parsed Parser::call(Node node, SourceRange begin) {
  node.kind = NodeKind::call;
  take();
  while (current().kind != TokenKind::right_parenthesis) {
    auto argument = expression();
    if (!argument) {
      return argument;
    }
    node.children.push_back(argument->node);
    if (!accept(TokenKind::comma)) {
      break;
    }
    if (current().kind == TokenKind::right_parenthesis) {
      return unexpected_token("another argument");
    }
  }
  const SourceRange range = join(begin, current().range);
  if (!accept(TokenKind::right_parenthesis)) {
    return unexpected_token("`,` or `)`");
  }
  node.range = range;
  auto expanded = expand_standard_macro(ast_, node);
  if (!expanded) {
    return fail(ErrorKind::invalid_macro, expanded.error().range, expanded.error().message);
  }
  return add(*expanded ? std::move(**expanded) : std::move(node), range);
}

}  // namespace kentongan::cel
