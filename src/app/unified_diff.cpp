// SPDX-License-Identifier: Apache-2.0
#include "app/unified_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace kentongan::app {
namespace {

constexpr std::size_t kAround = 3;

using Lines = std::vector<std::string_view>;

/// Each with its end; the last may have none.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

void append(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// The lines [from, to), of which some differ.
std::string hunk(const Lines& before, const Lines& after, std::size_t from, std::size_t to) {
  std::string out = fmt::format("@@ -{0},{1} +{0},{1} @@\n", from + 1, to - from);
  for (std::size_t i = from; i < to;) {
    if (before[i] == after[i]) {
      append(out, ' ', before[i++]);
      continue;
    }
    std::size_t end = i;
    while (end < to && before[end] != after[end]) ++end;
    for (std::size_t line = i; line < end; ++line) append(out, '-', before[line]);
    for (std::size_t line = i; line < end; ++line) append(out, '+', after[line]);
    i = end;
  }
  return out;
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  const std::size_t count = std::min(old_lines.size(), new_lines.size());
  std::string hunks;
  for (std::size_t i = 0; i < count; ++i) {
    if (old_lines[i] == new_lines[i]) continue;
    const std::size_t from = i < kAround ? 0 : i - kAround;
    std::size_t last = i;
    for (std::size_t next = i + 1; next < count && next <= last + 2 * kAround + 1; ++next) {
      if (old_lines[next] != new_lines[next]) last = next;
    }
    hunks += hunk(old_lines, new_lines, from, std::min(last + kAround + 1, count));
    i = last;
  }
  return hunks.empty() ? hunks : fmt::format("--- {0}\n+++ {0}\n{1}", name, hunks);
}

}  // namespace kentongan::app
