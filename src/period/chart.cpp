// SPDX-License-Identifier: Apache-2.0
#include "period/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "codec/html.hpp"

namespace kentongan::period {

using codec::escape_html;

namespace {

constexpr std::int64_t kWidth = 720;
constexpr std::int64_t kLeft = 34;  ///< numbers beside the bars
constexpr std::array<const char*, kLevels> kColours{"#eef2ef", "#efbf2d", "#e9772b", "#b3261e"};

/// The least of 1, 2, 5, 10, 20, 50, .. that is not below.
Count rounded_up(Count value) {
  for (Count power = 1;; power *= 10) {
    for (const Count step : {power, 2 * power, 5 * power}) {
      if (step >= value) return step;
    }
  }
}

std::string text_at(std::int64_t x, std::int64_t y, std::string_view anchor, std::string_view text) {
  return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>", x, y, anchor, escape_html(text));
}

/// About twelve labels below a chart.
std::string labels_below(const std::vector<std::string>& labels, std::int64_t left, std::int64_t y) {
  std::string out;
  const auto many = static_cast<std::int64_t>(labels.size());
  const std::int64_t step = std::max<std::int64_t>(1, (many + 11) / 12);
  for (std::int64_t i = 0; i < many; i += step) {
    const std::int64_t middle = left + (2 * i + 1) * (kWidth - left) / (2 * many);
    out += text_at(middle, y, "middle", labels[static_cast<std::size_t>(i)]);
  }
  return out;
}

}  // namespace

std::string to_svg(const Bars& bars) {
  constexpr std::int64_t kTop = 8, kHeight = 76;
  const std::size_t many = bars.labels.size();
  Count most = 1;
  for (std::size_t i = 0; i < many; ++i) {
    Count sum = 0;
    for (const Bars::Part& part : bars.parts) sum += part.values[i];
    most = std::max(most, sum);
  }
  const Count top = rounded_up(most);
  const std::int64_t bottom = kTop + kHeight;
  std::string out = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", kWidth, bottom + 14,
                                escape_html(bars.title));
  for (const Count line : top == 1 ? std::vector<Count>{0, 1} : std::vector<Count>{0, top / 2, top}) {
    const std::int64_t y = bottom - static_cast<std::int64_t>(line) * kHeight / static_cast<std::int64_t>(top);
    out += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>", kLeft, y, kWidth, y);
    out += text_at(kLeft - 4, y + 3, "end", fmt::format("{}", line));
  }
  const auto n = static_cast<std::int64_t>(many);
  for (std::int64_t i = 0; i < n; ++i) {
    const std::int64_t x = kLeft + i * (kWidth - kLeft) / n;
    const std::int64_t next = kLeft + (i + 1) * (kWidth - kLeft) / n;
    std::int64_t below = 0;
    for (const Bars::Part& part : bars.parts) {
      const auto value = static_cast<std::int64_t>(part.values[static_cast<std::size_t>(i)]);
      if (value == 0) continue;
      const auto scale = static_cast<std::int64_t>(top);
      const std::int64_t y = bottom - (below + value) * kHeight / scale;
      const std::int64_t end = bottom - below * kHeight / scale;
      out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>", x + 1, y,
                         std::max<std::int64_t>(1, next - x - 2), end - y, part.colour);
      below += value;
    }
  }
  return out + labels_below(bars.labels, kLeft, bottom + 12) + "</svg>";
}

std::string to_svg(const Heat& heat) {
  constexpr std::int64_t kNames = 120, kRow = 12;
  const auto days = static_cast<std::int64_t>(heat.rows.empty() ? 0 : heat.rows.front().levels.size());
  const auto height = static_cast<std::int64_t>(heat.rows.size()) * kRow;
  std::string out = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", kWidth, height + 14,
                                escape_html(heat.title));
  for (std::size_t r = 0; r < heat.rows.size(); ++r) {
    const std::int64_t y = static_cast<std::int64_t>(r) * kRow;
    out += text_at(kNames - 6, y + 9, "end", heat.rows[r].name);
    for (std::int64_t i = 0; i < days;) {
      const Level level = heat.rows[r].levels[static_cast<std::size_t>(i)];
      std::int64_t end = i + 1;
      while (end < days && heat.rows[r].levels[static_cast<std::size_t>(end)] == level) ++end;
      const std::int64_t x = kNames + i * (kWidth - kNames) / days;
      const std::int64_t next = kNames + end * (kWidth - kNames) / days;
      out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>", x, y + 1, next - x,
                         kRow - 2, kColours[static_cast<std::size_t>(level)]);
      i = end;
    }
  }
  return out + labels_below(heat.labels, kNames, height + 11) + "</svg>";
}

}  // namespace kentongan::period
