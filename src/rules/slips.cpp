// SPDX-License-Identifier: Apache-2.0
#include "rules/slips.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::array<std::string_view, 8> kTypographicQuotes{"\u201C", "\u201D", "\u201E", "\u201F",
                                                             "\u2018", "\u2019", "\u201A", "\u00AB"};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// Behind such a character a quote opens; behind any other it is part of a text.
bool before_value(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '[' || c == '{' || c == ','; }

std::string_view without_comment(std::string_view line) {
  const std::size_t comment = line.find(" #");
  line = line.substr(0, comment);
  const std::size_t last = line.find_last_not_of(" \t\r");
  return last == std::string_view::npos ? std::string_view{} : line.substr(0, last + 1);
}

/// A line of the file and where it begins.
struct Line {
  int number = 0;
  std::size_t offset = 0;
  std::string_view text;

  [[nodiscard]] std::size_t content() const { return std::min(text.find_first_not_of(' '), text.size()); }
  [[nodiscard]] bool says_nothing() const { return content() == text.size() || text[content()] == '#'; }
};

Line line_of(const Source& source, int number) {
  const std::string_view text = source.line(number);
  return {number, static_cast<std::size_t>(text.data() - source.text().data()), without_comment(text)};
}

std::optional<Line> line_above(const Source& source, const Line& line) {
  for (int number = line.number - 1; number >= 1; --number) {
    Line above = line_of(source, number);
    if (!above.says_nothing()) return above;
  }
  return std::nullopt;
}

/// Spaces for the no-break spaces that stand here, one for each.
Fix spaces_at(std::string_view text, std::size_t at) {
  Fix fix;
  for (; at < text.size(); at += text[at] == ' ' ? 1 : kNoBreakSpace.size()) {
    if (text[at] == ' ') continue;
    if (!text.substr(at).starts_with(kNoBreakSpace)) break;
    fix.push_back(Edit{at, kNoBreakSpace.size(), " "});
  }
  return fix;
}

std::optional<Slip> no_break_space(const Source& source, int last) {
  for (int number = 1; number <= last; ++number) {
    const Line line = line_of(source, number);
    if (!line.text.substr(line.content()).starts_with(kNoBreakSpace)) continue;
    return Slip{line.offset + line.content(), TextView("a no-break space stands in the indentation"),
                TextView("it looks like a space and is none: delete it and indent with spaces"),
                spaces_at(source.text(), line.offset + line.content())};
  }
  return std::nullopt;
}

/// Where one text of the line stands between a pair of them, and nothing else is quoted.
Fix keyboard_quotes(const Line& line) {
  const std::string_view opening = kTypographicQuotes[0];
  const std::string_view closing = kTypographicQuotes[1];
  const std::size_t open = line.text.find(opening);
  const std::size_t close = line.text.find(closing);
  const bool one_pair = open != std::string_view::npos && close != std::string_view::npos && open < close &&
                        line.text.rfind(opening) == open && line.text.rfind(closing) == close;
  if (!one_pair || line.text.find_first_of("\"\\") != std::string_view::npos) return {};
  return {Edit{line.offset + open, opening.size(), "\""}, Edit{line.offset + close, closing.size(), "\""}};
}

std::optional<Slip> typographic_quote(const Line& line) {
  for (std::size_t at = line.content() + 1; at < line.text.size(); ++at) {
    if (!before_value(line.text[at - 1])) continue;
    for (const std::string_view quote : kTypographicQuotes) {
      if (!line.text.substr(at).starts_with(quote)) continue;
      return Slip{line.offset + at, say("`{}` is a typographic quote, which YAML takes for a letter", quote),
                  TextView("quote with \" or ' as the keyboard has them"), keyboard_quotes(line)};
    }
  }
  return std::nullopt;
}

/// Where the quoted text that opens at `open` closes; the end of the text where it does not.
std::size_t end_of_quote(std::string_view text, std::size_t open) {
  const char quote = text[open];
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || !text.substr(at + 1).starts_with('\'')) return at;
      ++at;
    }
  }
  return text.size();
}

Slip quote_inside(std::size_t at, char quote) {
  return {at, TextView("the quoted text ends here, at a quote that was meant as a part of it"),
          quote == '\'' ? TextView("write an apostrophe twice ('Jum''at'), or put the text in double quotes")
                        : TextView("write a quote inside double quotes as \\\", or put the text in single quotes")};
}

/// A quoted text in which a quote stands, or that lacks its last one and so goes on to the first of another line.
std::optional<Slip> slip_in_quotes(const Source& source, const Line& line) {
  const std::string_view text = source.text();
  const std::size_t end_of_line = line.offset + line.text.size();
  for (std::size_t at = 0; at < end_of_line; ++at) {
    if (text[at] == '#' && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n')) {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if ((text[at] != '"' && text[at] != '\'') || (at > 0 && !before_value(text[at - 1]))) continue;
    const std::size_t end = end_of_quote(text, at);
    const bool goes_on = end + 1 < text.size() && (is_word(text[end + 1]) || (text[end + 1] & 0x80) != 0);
    const int opened = source.line_at(at);
    if (end < text.size() && source.line_at(end) == line.number && opened < line.number) {
      return Slip{at, say("the quote that opens here is closed only by one on line {}", line.number),
                  TextView("add the closing quote on this line")};
    }
    if (opened == line.number && goes_on) return quote_inside(end, text[at]);
    at = end;
  }
  return std::nullopt;
}

std::optional<Slip> colon_in_brackets(const Source& source, std::size_t offset, Brackets around) {
  const std::string_view text = source.text();
  if (around != Brackets::closed || offset >= text.size() || text[offset] != ':') return std::nullopt;
  return Slip{offset, TextView("a second `: ` stands in one value of an inline map"),
              TextView("put a text that holds `: ` in quotes, as in {id: \"Hoaks: berat\"}")};
}

/// `when: [1, 2].all(..)`, `title: {Massa} besar`: YAML takes the bracket for the whole value.
std::optional<Slip> text_behind_bracket(const Line& line, std::size_t offset) {
  if (offset <= line.offset || offset >= line.offset + line.text.size()) return std::nullopt;
  const std::size_t at = offset - line.offset;
  const std::size_t before = line.text.substr(0, at).find_last_not_of(' ');
  if (before == std::string_view::npos || (line.text[before] != '}' && line.text[before] != ']')) return std::nullopt;
  if (line.text.find_first_of("\"'") < before) return std::nullopt;
  return Slip{offset, TextView("a value that begins with a bracket ends with it, but this one goes on"),
              TextView("put the whole value in quotes")};
}

std::optional<Slip> dash_without_blank(const Line& line) {
  const std::string_view content = line.text.substr(line.content());
  if (content.size() < 2 || content[0] != '-' || !is_word(content[1]) || content.find(':') == std::string_view::npos) {
    return std::nullopt;
  }
  return Slip{line.offset + line.content(),
              TextView("there is no blank behind this dash"),
              say("write `- {}`", shortened(content.substr(1))),
              {Edit{line.offset + line.content() + 1, 0, " "}}};
}

/// The first thing of a line that is no dash of a list.
std::size_t behind_dashes(const Line& line) {
  std::size_t at = line.content();
  while (line.text.substr(at).starts_with("- "))
    at = std::min(line.text.find_first_not_of(' ', at + 1), line.text.size());
  return at;
}

std::optional<Slip> colon_without_blank(const Line& line) {
  const std::size_t begin = behind_dashes(line);
  return slip_in_key(line.text.substr(begin), line.offset + begin);
}

/// Of a line below which another key stands: without a colon it is a text, and the reader stumbles over that key. Of
/// a longer text nothing is said: it may be the second line of a value.
std::optional<Slip> no_colon(const Line& line) {
  const std::size_t begin = behind_dashes(line);
  const std::string_view text = line.text.substr(begin);
  const auto end = std::find_if_not(text.begin(), text.end(), [](char c) { return is_word(c) || c == '-'; });
  const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  std::string_view value = text.substr(word.size());
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (word.empty() || value.find_first_of(" :") != std::string_view::npos) return std::nullopt;
  if (!value.empty()) {
    return Slip{line.offset + begin, say("there is no colon behind `{}`", shortened(word)),
                say("write `{}: {}`", shortened(word), shortened(value))};
  }
  if (begin > line.content()) {
    return Slip{line.offset + begin, say("the list item `{}` has no key, but keys follow it", shortened(word)),
                say("write `- id: {}`", shortened(word))};
  }
  return Slip{line.offset + begin, say("there is no colon behind `{}`", shortened(word)),
              say("write `{}:` and its value", shortened(word))};
}

}  // namespace

std::optional<Slip> slip_in_key(std::string_view key, std::size_t offset) {
  std::size_t colon = 0;
  while (colon < key.size() && is_word(key[colon])) ++colon;
  if (colon > 0 && (key.substr(colon).starts_with(" {") || key.substr(colon).starts_with(" ["))) {
    return Slip{offset + colon,
                say("there is no colon behind `{}`", shortened(key.substr(0, colon))),
                say("write `{}:` and its value", shortened(key.substr(0, colon))),
                {Edit{offset + colon, 0, ":"}}};
  }
  if (colon == 0 || colon + 1 >= key.size() || key[colon] != ':') return std::nullopt;
  const std::string_view value = key.substr(colon + 1);
  if (value.front() == ' ' || value.front() == ':' || value.starts_with("//")) return std::nullopt;
  // Of an inline map or list the reader gives but the beginning for the key.
  const std::string shown = value.front() == '{' ? "{..}" : value.front() == '[' ? "[..]" : shortened(value);
  return Slip{offset + colon,
              TextView("there is no blank behind this colon"),
              say("write `{}: {}`", shortened(key.substr(0, colon)), shown),
              {Edit{offset + colon + 1, 0, " "}}};
}

std::optional<Slip> find_slip(const Source& source, std::size_t offset, Brackets around) {
  const Line line = line_of(source, source.line_at(offset));
  const std::optional<Line> above = line_above(source, line);
  if (auto slip = no_break_space(source, line.number)) return slip;
  if (auto slip = typographic_quote(line)) return slip;
  if (auto slip = slip_in_quotes(source, line)) return slip;
  if (auto slip = colon_in_brackets(source, offset, around)) return slip;
  if (around == Brackets::open) return std::nullopt;
  if (around == Brackets::none) {
    if (auto slip = text_behind_bracket(line, offset)) return slip;
  }
  for (const Line* one : {&line, above ? &*above : nullptr}) {
    if (one == nullptr) continue;
    if (auto slip = dash_without_blank(*one)) return slip;
    if (auto slip = colon_without_blank(*one)) return slip;
  }
  return above ? no_colon(*above) : std::nullopt;
}

}  // namespace kentongan::rules
