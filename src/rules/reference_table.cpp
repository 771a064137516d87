// SPDX-License-Identifier: Apache-2.0
#include "rules/reference_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {
namespace {

constexpr std::size_t kLongestText = 200;

template <class Number>
[[nodiscard]] std::optional<Number> whole_text_as(std::string_view text) {
  Number value{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

ReferenceTable::ReferenceTable(Findings& findings, Names required, Names optional)
    : reader_(findings.source().text()), findings_(findings) {
  read_header(required, optional);
}

void ReferenceTable::read_header(Names required, Names optional) {
  readable_ = reader_.next(row_);
  if (const auto& problem = reader_.problem())
    return fail_at(problem->offset, "bad-csv", problem->message, problem->hint);
  width_ = row_.cells.size();
  std::vector<std::string_view> missing;
  for (const auto names : {required, optional}) {
    for (const auto name : names) {
      const auto found = std::ranges::find(row_.cells, name, &csv::Cell::text);
      if (found == row_.cells.end()) continue;
      columns_.push_back({name, static_cast<std::size_t>(found - row_.cells.begin())});
      const auto again = std::ranges::find(found + 1, row_.cells.end(), name, &csv::Cell::text);
      if (again == row_.cells.end()) continue;
      fail_at(again->offset, "duplicate-column", say("the column `{}` is named twice", name), "keep one of them");
    }
  }
  for (const auto name : required) {
    if (!has(name)) missing.push_back(name);
  }
  if (missing.empty()) return;
  fail_at(row_.offset, "missing-column", say("there is no column `{}`", fmt::format("{}", fmt::join(missing, "`, `"))),
          say("the first line names the columns: {}", fmt::format("{}", fmt::join(required, ","))));
}

bool ReferenceTable::next() {
  while (readable_ && reader_.next(row_)) {
    if (row_.cells.size() == width_) return true;
    findings_.error(row_.offset, "wrong-width", say("{} fields where the header names {}", row_.cells.size(), width_),
                    "put a field that holds a comma between quotes");
  }
  if (const auto& problem = reader_.problem(); readable_ && problem) {
    fail_at(problem->offset, "bad-csv", problem->message, problem->hint);
  }
  readable_ = false;
  return false;
}

void ReferenceTable::fail_at(std::size_t offset, std::string_view code, TextView message, TextView hint) {
  readable_ = false;
  findings_.error(offset, code, message, hint);
}

bool ReferenceTable::has(std::string_view column) const {
  return std::ranges::find(columns_, column, &Column::name) != columns_.end();
}

csv::Cell ReferenceTable::cell(std::string_view column) const {
  const auto found = std::ranges::find(columns_, column, &Column::name);
  return found == columns_.end() ? csv::Cell{{}, row_.offset} : row_.cells[found->at];
}

std::optional<std::string> ReferenceTable::text(std::string_view column) {
  const auto here = cell(column);
  if (here.text.empty()) {
    error(column, "missing-value", say("column `{}` is empty", column), "fill it in");
    return std::nullopt;
  }
  if (here.text.size() > kLongestText) {
    error(column, "too-long", say("column `{}` is longer than {} bytes", column, kLongestText), "shorten it");
    return std::nullopt;
  }
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::ranges::any_of(here.text, is_control)) {
    error(column, "control-character", say("column `{}` holds a line break or control character", column),
          "write it on one line");
    return std::nullopt;
  }
  return std::string(here.text);
}

std::optional<double> ReferenceTable::number(std::string_view column, double least, double greatest) {
  const auto here = cell(column);
  const auto value = whole_text_as<double>(here.text);
  if (value && std::isfinite(*value) && *value >= least && *value <= greatest) return value;
  error(column, "bad-number",
        say("column `{}`: `{}` is not a number from {} to {}", column, shortened(here.text), least, greatest),
        "write degrees with a point, such as -7.98053");
  return std::nullopt;
}

std::optional<long> ReferenceTable::integer(std::string_view column, long least, long greatest) {
  const auto here = cell(column);
  const auto value = whole_text_as<long>(here.text);
  if (value && *value >= least && *value <= greatest) return value;
  error(column, "bad-number",
        say("column `{}`: `{}` is not a whole number from {} to {}", column, shortened(here.text), least, greatest),
        "write digits only");
  return std::nullopt;
}

std::optional<LocalDay> ReferenceTable::day(std::string_view column) {
  const auto here = cell(column);
  const auto value = parse_day(here.text);
  if (!value) {
    error(column, "bad-day", say("column `{}`: `{}` is not a day of the calendar", column, shortened(here.text)),
          "write year-month-day, such as 2024-11-27");
  }
  return value;
}

std::optional<GeoPoint> ReferenceTable::point(bool optional) {
  if (optional && empty("lat") && empty("lon")) return std::nullopt;
  const auto lat = number("lat", -90, 90);
  const auto lon = number("lon", -180, 180);
  if (!lat || !lon) return std::nullopt;
  return GeoPoint{*lat, *lon};
}

void ReferenceTable::error(std::string_view column, std::string_view code, TextView message, TextView hint) {
  findings_.error(cell(column).offset, code, message, hint);
}

void ReferenceTable::warning(std::string_view column, std::string_view code, TextView message, TextView hint) {
  findings_.warning(cell(column).offset, code, message, hint);
}

}  // namespace kentongan::rules
