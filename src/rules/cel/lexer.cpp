// SPDX-License-Identifier: Apache-2.0
// Tokens of CEL:
//
//   name      = [_a-zA-Z][_a-zA-Z0-9]*
//   quoted    = "`" [a-zA-Z0-9_.\-/ ]+ "`"
//   integer   = digits | "0x" hex digits              followed by u or U: unsigned
//   real      = digits? "." digits exponent? | digits exponent
//   string    = prefix? ( "'" .. "'" | '"' .. '"' | "'''" .. "'''" | '"""' .. '"""' )
//   prefix    = r, b, rb or br, in either case: raw, bytes
//   comment   = "//" to the end of the line
#include "rules/cel/lexer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "rules/cel/string_literal.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool starts_name(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool continues_name(char c) { return starts_name(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

constexpr std::array<std::string_view, 17> reserved_words = {
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};

TokenKind word_kind(std::string_view word) {
  if (word == "true") {
    return TokenKind::true_word;
  }
  if (word == "false") {
    return TokenKind::false_word;
  }
  if (word == "null") {
    return TokenKind::null_word;
  }
  if (word == "in") {
    return TokenKind::in_word;
  }
  const bool reserved = std::find(reserved_words.begin(), reserved_words.end(), word) != reserved_words.end();
  return reserved ? TokenKind::reserved : TokenKind::identifier;
}

// Longer signs first.
constexpr std::array<std::pair<std::string_view, TokenKind>, 24> signs = {{
    {"&&", TokenKind::logical_and},
    {"||", TokenKind::logical_or},
    {"==", TokenKind::equal},
    {"!=", TokenKind::not_equal},
    {"<=", TokenKind::less_equal},
    {">=", TokenKind::greater_equal},
    {"<", TokenKind::less},
    {">", TokenKind::greater},
    {"+", TokenKind::plus},
    {"-", TokenKind::minus},
    {"*", TokenKind::star},
    {"/", TokenKind::slash},
    {"%", TokenKind::percent},
    {"!", TokenKind::exclamation},
    {"?", TokenKind::question},
    {":", TokenKind::colon},
    {".", TokenKind::dot},
    {",", TokenKind::comma},
    {"(", TokenKind::left_parenthesis},
    {")", TokenKind::right_parenthesis},
    {"[", TokenKind::left_bracket},
    {"]", TokenKind::right_bracket},
    {"{", TokenKind::left_brace},
    {"}", TokenKind::right_brace},
}};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  tl::expected<std::vector<Token>, Error> run() {
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
      if (auto read = next(); !read) {
        return tl::unexpected(std::move(read.error()));
      }
    }
    add(TokenKind::end, at_, {});
    return std::move(tokens_);
  }

 private:
  using Outcome = tl::expected<void, Error>;

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (text_.substr(at_, 2) == "//") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        return;
      }
    }
  }

  void add(TokenKind kind, std::size_t begin, std::string text) {
    tokens_.push_back({kind, range(begin, at_), std::move(text)});
  }

  static SourceRange range(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  [[nodiscard]] tl::unexpected<Error> fail(ErrorKind kind, SourceRange where, said::TextView message) const {
    Error error;
    error.kind = kind;
    error.range = where;
    error.position = position_at(text_, where.begin);
    error.message = message;
    return tl::unexpected(std::move(error));
  }

  Outcome next() {
    if (starts_string_literal(text_.substr(at_))) {
      return string();
    }
    if (starts_name(peek())) {
      return word();
    }
    if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) {
      return number();
    }
    return peek() == '`' ? quoted_name() : sign();
  }

  Outcome word() {
    const std::size_t begin = at_;
    while (continues_name(peek())) {
      ++at_;
    }
    const std::string_view text = text_.substr(begin, at_ - begin);
    add(word_kind(text), begin, std::string(text));
    return {};
  }

  Outcome quoted_name() {
    const std::size_t begin = at_;
    const std::size_t end = text_.find('`', begin + 1);
    if (end == std::string_view::npos) {
      return fail(ErrorKind::unterminated, range(begin, text_.size()), "the quoted name does not end");
    }
    const std::string_view content = text_.substr(begin + 1, end - begin - 1);
    const bool allowed = std::all_of(content.begin(), content.end(), [](char c) {
      return continues_name(c) || c == '.' || c == '-' || c == '/' || c == ' ';
    });
    if (content.empty() || !allowed) {
      return fail(ErrorKind::syntax, range(begin, end + 1), "a quoted name has letters, digits, _ . - / and spaces");
    }
    at_ = end + 1;
    add(TokenKind::quoted_identifier, begin, std::string(content));
    return {};
  }

  void skip_digits() {
    while (is_digit(peek())) {
      ++at_;
    }
  }

  bool skip_exponent() {
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if ((peek() != 'e' && peek() != 'E') || !is_digit(peek(1 + sign))) {
      return false;
    }
    at_ += 1 + sign;
    skip_digits();
    return true;
  }

  Outcome number() {
    const std::size_t begin = at_;
    TokenKind kind = TokenKind::integer;
    if (peek() == '0' && peek(1) == 'x' && is_hex_digit(peek(2))) {
      at_ += 2;
      while (is_hex_digit(peek())) {
        ++at_;
      }
    } else {
      skip_digits();
      if (peek() == '.' && is_digit(peek(1))) {
        kind = TokenKind::real;
        ++at_;
        skip_digits();
      }
      if (skip_exponent()) {
        kind = TokenKind::real;
      }
    }
    std::string digits(text_.substr(begin, at_ - begin));
    if (kind == TokenKind::integer && (peek() == 'u' || peek() == 'U')) {
      kind = TokenKind::unsigned_integer;
      ++at_;
    }
    if (continues_name(peek())) {
      return fail(ErrorKind::invalid_literal, range(begin, at_ + 1), "a number must not run into a name");
    }
    add(kind, begin, std::move(digits));
    return {};
  }

  Outcome string() {
    const std::size_t begin = at_;
    auto literal = read_string_literal(text_.substr(at_));
    if (!literal) {
      const StringLiteralError& error = literal.error();
      return fail(error.kind, range(begin + error.begin, begin + error.end), error.message);
    }
    at_ += literal->length;
    add(literal->is_bytes ? TokenKind::bytes : TokenKind::string, begin, std::move(literal->content));
    return {};
  }

  Outcome sign() {
    for (const auto& [spelling, kind] : signs) {
      if (text_.substr(at_).starts_with(spelling)) {
        const std::size_t begin = at_;
        at_ += spelling.size();
        add(kind, begin, {});
        return {};
      }
    }
    return unexpected_character();
  }

  Outcome unexpected_character() {
    const SourceRange here = range(at_, at_ + 1);
    switch (peek()) {
      case '=':
        if (peek(1) == '>' || peek(1) == '<') {
          return fail(ErrorKind::syntax, range(at_, at_ + 2), "write `>=` for at least and `<=` for at most");
        }
        return fail(ErrorKind::syntax, here, "a single `=` has no meaning; compare with `==`");
      case '&':
        return fail(ErrorKind::syntax, here, "write `&&` for and");
      case '|':
        return fail(ErrorKind::syntax, here, "write `||` for or");
      default:
        return fail(ErrorKind::syntax, here, "this character has no meaning here");
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

tl::expected<std::vector<Token>, Error> tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace kentongan::cel
