// SPDX-License-Identifier: Apache-2.0
#include "rules/scalar_place.hpp"

#include <algorithm>
#include <utility>

namespace kentongan::rules {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Length of an escape in a double-quoted scalar, its backslash included.
std::size_t escape_length(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return 1;
  switch (text[at + 1]) {
    case 'x':
      return 4;
    case 'u':
      return 6;
    case 'U':
      return 10;
    default:
      return 2;
  }
}

/// Walks the source beside the decoded text. What is no space stands in both in the same order; spaces
/// may be folded, so they are skipped in the source until the two agree again.
class Walk {
 public:
  Walk(std::string_view text, Node::Style style, std::size_t at) : text_(text), style_(style), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }

  /// Steps over one decoded character; false when source and text no longer agree.
  bool step(std::string_view decoded, std::size_t index) {
    const char wanted = decoded[index];
    if (is_space(wanted)) return step_space(decoded, index);
    to_content();
    if (at_ >= text_.size()) return false;
    if (escape()) return step_escape(decoded, index);
    if (text_[at_] != wanted) return false;
    at_ += style_ == Node::Style::single_quoted && wanted == '\'' ? 2 : 1;
    return true;
  }

  /// To the place of the character itself: past folded line ends, indentation and escaped line ends.
  void to_content() {
    while (at_ < text_.size() && (is_space(text_[at_]) || escaped_line_end())) ++at_;
  }

 private:
  [[nodiscard]] bool escape() const { return style_ == Node::Style::double_quoted && text_[at_] == '\\'; }
  [[nodiscard]] bool escaped_line_end() const {
    return escape() && at_ + 1 < text_.size() && (text_[at_ + 1] == '\n' || text_[at_ + 1] == '\r');
  }

  bool step_space(std::string_view decoded, std::size_t index) {
    while (at_ < text_.size() && escaped_line_end()) to_content();
    if (at_ < text_.size() && escape()) {
      at_ += escape_length(text_, at_);
      return true;
    }
    if (at_ >= text_.size() || !is_space(text_[at_])) return index > 0 && is_space(decoded[index - 1]);
    const bool last_of_run = index + 1 >= decoded.size() || !is_space(decoded[index + 1]);
    if (last_of_run && text_[at_] != ' ') {
      to_content();
    } else {
      ++at_;
    }
    return true;
  }

  /// An escape stands for a whole code point: its first byte moves, the others are already behind.
  bool step_escape(std::string_view decoded, std::size_t index) {
    const std::size_t length = escape_length(text_, at_);
    std::size_t bytes = 1;
    while (index + bytes < decoded.size() && (static_cast<unsigned char>(decoded[index + bytes]) & 0xC0U) == 0x80U) {
      ++bytes;
    }
    at_ += length;
    pending_ = bytes - 1;
    return true;
  }

 public:
  /// Bytes of the decoded text that the last escape also stands for.
  [[nodiscard]] std::size_t take_pending() { return std::exchange(pending_, 0); }

 private:
  std::string_view text_;
  Node::Style style_;
  std::size_t at_;
  std::size_t pending_ = 0;
};

std::size_t content_start(std::string_view text, const Node& scalar) {
  switch (scalar.style) {
    case Node::Style::plain:
      return scalar.offset;
    case Node::Style::single_quoted:
    case Node::Style::double_quoted:
      return scalar.offset + 1;
    case Node::Style::block:
      break;
  }
  const std::size_t line_end = text.find('\n', scalar.offset);
  return line_end == std::string_view::npos ? text.size() : line_end + 1;
}

}  // namespace

std::size_t place_in_scalar(const Source& source, const Node& scalar, std::size_t at) {
  const std::string_view decoded = scalar.text;
  Walk walk(source.text(), scalar.style, content_start(source.text(), scalar));
  for (std::size_t i = 0; i < std::min(at, decoded.size()); ++i) {
    if (!walk.step(decoded, i)) return scalar.offset;
    i += walk.take_pending();
  }
  if (at < decoded.size() && !is_space(decoded[at])) walk.to_content();
  return std::min(walk.at(), source.text().size());
}

std::optional<std::size_t> end_of_quoted(const Source& source, const Node& scalar) {
  const std::string_view text = source.text();
  const char quote = scalar.style == Node::Style::single_quoted ? '\'' : '"';
  for (std::size_t at = scalar.offset + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != '\'') return at + 1;
      ++at;
    }
  }
  return std::nullopt;
}

}  // namespace kentongan::rules
