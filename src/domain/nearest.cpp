// SPDX-License-Identifier: Apache-2.0
#include "domain/nearest.hpp"

#include <algorithm>
#include <array>

namespace kentongan {

namespace {

/// Longer names are never completed: no known name is that long, and the cost stays bounded.
constexpr std::size_t kLongest = 64;

char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '_' ? '-' : c;
}

std::size_t allowance(std::size_t length) {
  if (length <= 2) return 1;
  if (length <= 5) return 2;
  return std::max<std::size_t>(2, length / 3);
}

/// `half` for `half_life`: a beginning of at least four letters that only one more word completes.
bool begins(std::string_view known, std::string_view name) {
  return name.size() >= 4 && known.size() > name.size() && edit_distance(known.substr(0, name.size()), name, 0) == 0;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > kLongest || b.size() > kLongest) return limit + 1;
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::array<std::array<std::size_t, kLongest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = i;
    std::size_t best = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = folded(a[i - 1]) == folded(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0U : 1U)});
      const bool swapped =
          i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) && folded(a[i - 2]) == folded(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

std::optional<std::string_view> nearest(std::string_view name, const std::vector<std::string_view>& known) {
  std::optional<std::string_view> found;
  std::size_t limit = allowance(name.size());
  for (const std::string_view candidate : known) {
    const std::size_t bound = std::min(limit, candidate.empty() ? 0 : candidate.size() - 1);
    const std::size_t distance = edit_distance(name, candidate, bound);
    if (distance > bound) continue;
    found = candidate;
    if (distance == 0) break;
    limit = distance - 1;
  }
  if (found) return found;
  for (const std::string_view candidate : known) {
    if (begins(candidate, name)) return candidate;
  }
  return std::nullopt;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known, std::string otherwise) {
  const auto near = nearest(name, known);
  return near ? "did you mean `" + std::string(*near) + "`?" : otherwise;
}

std::string one_of(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += '`' + std::string(names[i]) + '`';
  }
  return text;
}

}  // namespace kentongan
