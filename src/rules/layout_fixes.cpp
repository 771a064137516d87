// SPDX-License-Identifier: Apache-2.0
#include "rules/layout_fixes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/reader.hpp"

namespace kentongan::rules {

namespace {

struct Line {
  std::size_t offset = 0;
  std::string_view text;
};

Line line_of(const Source& source, int number) {
  const std::string_view text = source.line(number);
  return {text.data() == nullptr ? source.text().size() : static_cast<std::size_t>(text.data() - source.text().data()),
          text};
}

int last_line(const Source& source) { return source.line_at(source.text().size()); }

/// A file with more of them was not written by hand; a finding that lists them all would be larger than the file.
constexpr std::size_t kMostTabs = 10'000;

/// Below such a line tabs may be text.
bool opens_block_text(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
  while (line.ends_with('-') || line.ends_with('+')) line.remove_suffix(1);
  return line.ends_with('|') || line.ends_with('>');
}

Fix with_width(const Source& source, std::size_t width) {
  Fix fix;
  for (int number = 1; number <= last_line(source); ++number) {
    const Line line = line_of(source, number);
    if (opens_block_text(line.text)) return {};
    const std::size_t content = std::min(line.text.find_first_not_of(" \t"), line.text.size());
    for (std::size_t at = 0; at < content; ++at) {
      if (fix.size() > kMostTabs) return {};
      if (line.text[at] == '\t') fix.push_back(Edit{line.offset + at, 1, std::string(width, ' ')});
    }
  }
  return fix;
}

std::string applied(const Source& source, const Fix& fix) {
  std::string text;
  std::size_t at = 0;
  for (const Edit& edit : fix) {
    text += source.text().substr(at, edit.offset - at);
    text += edit.text;
    at = edit.offset + edit.length;
  }
  return text + std::string(source.text().substr(at));
}

bool same(const Node& a, const Node& b) {
  const auto same_entry = [](const Entry& x, const Entry& y) { return same(x.key, y.key) && same(x.value, y.value); };
  return a.kind == b.kind && a.text == b.text &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), same_entry);
}

/// The text as a tree; none where it cannot be read whole.
std::optional<Node> tree_of(const Source& source, const Fix& fix) {
  const Source repaired(source.name(), applied(source, fix));
  Findings findings(repaired);
  auto tree = read_tree(findings);
  // What the library could not read, not slips in a tree that it could.
  const bool broken = std::any_of(findings.all().begin(), findings.all().end(), [](const Diagnostic& found) {
    return found.message.en.starts_with("this is not valid YAML") || found.code == "tab" ||
           found.code == "duplicate-key";
  });
  return broken ? std::nullopt : std::move(tree);
}

/// Where the value ends that begins at `from` and holds `{{`: in brackets before the next key or the closing bracket,
/// else at the end of the line or a comment.
std::optional<std::size_t> end_of_value(std::string_view line, std::size_t from, bool in_brackets) {
  for (std::size_t at = from; at < line.size(); ++at) {
    const std::string_view rest = line.substr(at);
    if (rest.starts_with("{{")) {
      const std::size_t close = line.find("}}", at);
      if (close == std::string_view::npos) return std::nullopt;
      at = close + 1;
      continue;
    }
    if (rest.starts_with(" #") || rest == "\r") return at;
    if (!in_brackets) continue;
    if (rest[0] == '}' || rest[0] == ']') return at;
    const std::size_t word = rest.starts_with(", ") ? rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 2) : 0;
    if (word > 2 && word != std::string_view::npos && rest[word] == ':') return at;
  }
  return in_brackets ? std::nullopt : std::optional(line.size());
}

/// Behind the last `key: ` before the braces.
std::optional<std::size_t> begin_of_value(std::string_view line, std::size_t braces) {
  const std::size_t colon = line.substr(0, braces).rfind(": ");
  if (colon == std::string_view::npos) return std::nullopt;
  return std::min(line.find_first_not_of(' ', colon + 2), braces);
}

Fix quotes_in(const Line& line) {
  const std::size_t braces = line.text.find("{{");
  const auto begin = braces == std::string_view::npos ? std::nullopt : begin_of_value(line.text, braces);
  if (!begin || line.text[*begin] == '"' || line.text[*begin] == '\'') return {};
  const std::string_view before = line.text.substr(0, *begin);
  if (before.find_first_of("\"'") != std::string_view::npos) return {};
  const auto count = [&](char c) { return std::count(before.begin(), before.end(), c); };
  const bool in_brackets = count('{') + count('[') > count('}') + count(']');
  auto end = end_of_value(line.text, *begin, in_brackets);
  if (!end) return {};
  while (*end > *begin && line.text[*end - 1] == ' ') --*end;
  const std::string_view value = line.text.substr(*begin, *end - *begin);
  const char quote = value.find_first_of("\"\\") == std::string_view::npos ? '"' : '\'';
  if (quote == '\'' && value.find('\'') != std::string_view::npos) return {};
  return {Edit{line.offset + *begin, value.size(), quote + std::string(value) + quote}};
}

}  // namespace

Fix spaces_for_tabs(const Source& source) {
  constexpr std::array<std::size_t, 3> kWidths{2, 4, 8};
  std::optional<Node> first;
  Fix fix;
  for (const std::size_t width : kWidths) {
    const Fix candidate = with_width(source, width);
    if (candidate.empty()) return {};
    auto tree = tree_of(source, candidate);
    if (!tree) continue;
    if (first && !same(*first, *tree)) return {};
    if (first) continue;
    first = std::move(tree);
    fix = candidate;
  }
  return fix;
}

Fix quotes_around_braces(const Source& source, std::size_t offset) {
  const int number = source.line_at(offset);
  for (const int one : {number, number - 1}) {
    if (one < 1) continue;
    Fix fix = quotes_in(line_of(source, one));
    if (!fix.empty()) return fix;
  }
  return {};
}

}  // namespace kentongan::rules
