// SPDX-License-Identifier: Apache-2.0
#include "codec/json_brackets.hpp"

#include <array>
#include <string>

namespace kentongan::codec {

namespace {

/// Behind the closing quote of the text whose opening quote is at `at`; a line break ends a broken text.
std::size_t skip_text(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    } else if (text[at] == '\n') {
      return at;
    }
  }
  return text.size();
}

/// Open brackets, and how many there are of each kind.
class BracketStack {
 public:
  [[nodiscard]] bool empty() const { return open_.empty(); }
  void open(char bracket) {
    open_ += bracket;
    ++count_of(bracket);
  }
  /// Closes up to the last bracket of this kind; false when none is open.
  bool close(char opening) {
    if (count_of(opening) == 0) return false;
    for (;;) {
      const char last = open_.back();
      open_.pop_back();
      --count_of(last);
      if (last == opening) return true;
    }
  }

 private:
  std::size_t& count_of(char bracket) { return counts_[bracket == '{' ? 0 : 1]; }
  std::string open_;
  std::array<std::size_t, 2> counts_{};
};

}  // namespace

ElementEnd find_element_end(std::string_view text) {
  using Stop = ElementEnd::Stop;
  BracketStack open;
  bool complete = false;  // an object or list has ended here
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (open.empty()) {
      if (c == ',') return {Stop::comma, at};
      if (c == ']') return {Stop::bracket, at};
      if (complete && (c == '{' || c == '[' || c == '"')) return {Stop::another_value, at};
    }
    if (c == '"') {
      at = skip_text(text, at);
      continue;
    }
    if (c == '{' || c == '[') open.open(c);
    if (c == '}' || c == ']') {
      const bool closed = open.close(c == '}' ? '{' : '[');
      if (!closed && c == ']') return {Stop::bracket, at};
      complete = complete || (closed && open.empty());
    }
    ++at;
  }
  return {Stop::end_of_text, text.size()};
}

std::optional<std::size_t> find_object_end(std::string_view text) {
  BracketStack open;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = skip_text(text, at);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') open.open(c);
    if ((c == '}' || c == ']') && open.close(c == '}' ? '{' : '[') && open.empty()) return at;
  }
  return std::nullopt;
}

}  // namespace kentongan::codec
