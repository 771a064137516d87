// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/token.hpp"

#include "rules/said/say.hpp"

namespace kentongan::cel {

said::TextView describe(TokenKind kind) {
  switch (kind) {
    case TokenKind::end:
      return "the end of the expression";
    case TokenKind::identifier:
      return "a name";
    case TokenKind::quoted_identifier:
      return "a quoted name";
    case TokenKind::reserved:
      return "a reserved word";
    case TokenKind::integer:
    case TokenKind::unsigned_integer:
    case TokenKind::real:
      return "a number";
    case TokenKind::string:
      return "a string";
    case TokenKind::bytes:
      return "bytes";
    case TokenKind::true_word:
      return "`true`";
    case TokenKind::false_word:
      return "`false`";
    case TokenKind::null_word:
      return "`null`";
    case TokenKind::in_word:
      return "`in`";
    case TokenKind::question:
      return "`?`";
    case TokenKind::colon:
      return "`:`";
    case TokenKind::logical_or:
      return "`||`";
    case TokenKind::logical_and:
      return "`&&`";
    case TokenKind::equal:
      return "`==`";
    case TokenKind::not_equal:
      return "`!=`";
    case TokenKind::less:
      return "`<`";
    case TokenKind::less_equal:
      return "`<=`";
    case TokenKind::greater:
      return "`>`";
    case TokenKind::greater_equal:
      return "`>=`";
    case TokenKind::plus:
      return "`+`";
    case TokenKind::minus:
      return "`-`";
    case TokenKind::star:
      return "`*`";
    case TokenKind::slash:
      return "`/`";
    case TokenKind::percent:
      return "`%`";
    case TokenKind::exclamation:
      return "`!`";
    case TokenKind::dot:
      return "`.`";
    case TokenKind::comma:
      return "`,`";
    case TokenKind::left_parenthesis:
      return "`(`";
    case TokenKind::right_parenthesis:
      return "`)`";
    case TokenKind::left_bracket:
      return "`[`";
    case TokenKind::right_bracket:
      return "`]`";
    case TokenKind::left_brace:
      return "`{`";
    case TokenKind::right_brace:
      return "`}`";
  }
  return {};
}

}  // namespace kentongan::cel
