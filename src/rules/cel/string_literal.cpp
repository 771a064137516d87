// SPDX-License-Identifier: Apache-2.0
// Escapes, in literals that are not raw:
//
//   \a \b \f \n \r \t \v \\ \? \" \' \`
//   \xHH \XHH \OOO          a code point in strings, an octet in bytes
//   \uHHHH \UHHHHHHHH       a code point, in strings only
#include "rules/cel/string_literal.hpp"

#include <algorithm>
#include <optional>

#include "rules/cel/numbers.hpp"
#include "rules/cel/utf8.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

struct Prefix {
  bool raw = false;
  bool bytes = false;
  std::size_t length = 0;
};

std::optional<Prefix> read_prefix(std::string_view text) {
  Prefix prefix;
  for (; prefix.length < text.size() && prefix.length < 3; ++prefix.length) {
    const char c = text[prefix.length];
    if (c == '\'' || c == '"') {
      return prefix;
    }
    if ((c == 'r' || c == 'R') && !prefix.raw) {
      prefix.raw = true;
    } else if ((c == 'b' || c == 'B') && !prefix.bytes) {
      prefix.bytes = true;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<char> simple_escape(char c) {
  switch (c) {
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case '\\':
    case '?':
    case '"':
    case '\'':
    case '`':
      return c;
    default:
      return std::nullopt;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), prefix_(*read_prefix(text)) {}

  tl::expected<StringLiteral, StringLiteralError> read() {
    const char quote = text_[prefix_.length];
    const std::string triple(3, quote);
    const bool is_triple = text_.substr(prefix_.length, 3) == triple;
    const std::string_view delimiter = is_triple ? std::string_view(triple) : text_.substr(prefix_.length, 1);
    at_ = prefix_.length + delimiter.size();
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with(delimiter)) {
        at_ += delimiter.size();
        return StringLiteral{std::move(content_), prefix_.bytes, at_};
      }
      if (!is_triple && (text_[at_] == '\n' || text_[at_] == '\r')) {
        break;
      }
      if (auto taken = take(); !taken) {
        return tl::unexpected(std::move(taken.error()));
      }
    }
    return fail(ErrorKind::unterminated, 0, at_, "the string does not end");
  }

 private:
  using Outcome = tl::expected<void, StringLiteralError>;

  static tl::unexpected<StringLiteralError> fail(ErrorKind kind, std::size_t begin, std::size_t end,
                                                 said::TextView message) {
    return tl::unexpected(StringLiteralError{kind, begin, end, message});
  }

  Outcome take() {
    if (prefix_.raw || text_[at_] != '\\') {
      content_.push_back(text_[at_++]);
      return {};
    }
    if (at_ + 1 >= text_.size()) {
      return fail(ErrorKind::unterminated, 0, text_.size(), "the string does not end");
    }
    const char selector = text_[at_ + 1];
    if (const auto plain = simple_escape(selector)) {
      content_.push_back(*plain);
      at_ += 2;
      return {};
    }
    return take_numeric(selector);
  }

  Outcome take_numeric(char selector) {
    switch (selector) {
      case 'x':
      case 'X':
        return take_code(2, 2, 16);
      case 'u':
        return prefix_.bytes ? not_an_escape() : take_code(2, 4, 16);
      case 'U':
        return prefix_.bytes ? not_an_escape() : take_code(2, 8, 16);
      case '0':
      case '1':
      case '2':
      case '3':
        return take_code(1, 3, 8);
      default:
        return not_an_escape();
    }
  }

  Outcome take_code(std::size_t skip, std::size_t digits, int base) {
    const std::string_view number = text_.substr(std::min(at_ + skip, text_.size()), digits);
    const auto code = parse_unsigned(number, base);
    if (number.size() < digits || !code) {
      return not_an_escape();
    }
    const auto code_point = static_cast<std::uint32_t>(*code);
    if (prefix_.bytes) {
      content_.push_back(static_cast<char>(code_point));
    } else if (utf8::is_scalar_value(code_point)) {
      utf8::append(content_, code_point);
    } else {
      return fail(ErrorKind::invalid_literal, at_, at_ + skip + digits, "there is no such character in Unicode");
    }
    at_ += skip + digits;
    return {};
  }

  Outcome not_an_escape() {
    return fail(ErrorKind::invalid_literal, at_, std::min(at_ + 2, text_.size()),
                "no such escape; write `\\\\` for a backslash, or r'..' for a raw string");
  }

  std::string_view text_;
  Prefix prefix_;
  std::size_t at_ = 0;
  std::string content_;
};

}  // namespace

bool starts_string_literal(std::string_view text) { return read_prefix(text).has_value(); }

tl::expected<StringLiteral, StringLiteralError> read_string_literal(std::string_view text) {
  return Reader(text).read();
}

}  // namespace kentongan::cel
