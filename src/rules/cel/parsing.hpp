// SPDX-License-Identifier: Apache-2.0
// The parser at work; its parts stand in parser.cpp and parse_primary.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/cel/ast.hpp"
#include "rules/cel/compile_error.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/token.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

// A part and where it began, parentheses included.
struct Part {
  NodeId node = 0;
  SourceRange range;
};

using Parsed = tl::expected<Part, Error>;

// Counts nested calls, so that a text of brackets alone cannot exhaust the stack.
class Nesting {
 public:
  explicit Nesting(std::uint16_t& depth) : depth_(depth) { ++depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { --depth_; }

 private:
  std::uint16_t& depth_;
};

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, const ExpressionLimits& limits)
      : text_(text), tokens_(std::move(tokens)), limits_(limits) {}

  tl::expected<Ast, Error> run();

 private:
  [[nodiscard]] const Token& current() const { return tokens_[at_]; }
  const Token& take();
  bool accept(TokenKind kind);
  [[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, SourceRange where, said::TextView message) const;
  [[nodiscard]] tl::unexpected<Error> unexpected_token(said::TextView wanted = {}) const;

  // Puts a node into the tree unless a limit is passed.
  Parsed add(Node node, SourceRange range);
  [[nodiscard]] Parsed too_deep(SourceRange range) const;
  Parsed expression();

  // && and ||, each as one node with all its operands.
  Parsed logical(TokenKind sign, NodeKind kind);
  Parsed binary(std::size_t level);
  Parsed unary();
  Parsed member(bool negative = false);
  Parsed field(const Part& target);
  Parsed index(const Part& target);

  // The node has the name, and for a member the target; `(` is next.
  Parsed call(Node node, SourceRange begin);
  Parsed primary(bool negative);
  Parsed name();
  Parsed parenthesis();
  Parsed list();
  Parsed map();
  Parsed entries(Node node, TokenKind closing, said::TextView wanted);

  // An element of a list, or key and value of a map.
  tl::expected<void, Error> entry(Node& node);
  Parsed literal(bool negative);

  // Nothing when the token is no literal; an error value when it is out of range.
  static std::optional<Value> literal_value(const Token& token, bool negative);
  static Value whole_literal(const Token& token, bool negative);

  std::string_view text_;
  std::vector<Token> tokens_;
  ExpressionLimits limits_;
  std::size_t at_ = 0;
  std::uint16_t depth_ = 0;
  Ast ast_;
};

}  // namespace kentongan::cel
