// SPDX-License-Identifier: Apache-2.0
#include "rules/csv.hpp"

#include <fmt/format.h>

#include <utility>

#include "rules/said/say.hpp"

namespace kentongan::rules::csv {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMostCells = 256;  // keeps a file without line ends from becoming one enormous row

[[nodiscard]] bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

Reader::Reader(std::string_view text) : text_(text) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

bool Reader::next(Row& row) {
  row.cells.clear();
  unquoted_.clear();
  while (at_ < text_.size() && at_line_end()) step_over_line_end();
  if (problem_ || at_ >= text_.size()) return false;
  row.offset = at_;
  while (true) {
    if (row.cells.size() == kMostCells) {
      return stop(at_, said::say("more than {} fields in one line", kMostCells), "is this a comma-separated file?");
    }
    if (!read_cell(row)) return false;
    if (at_ >= text_.size()) return true;
    if (at_line_end()) {
      step_over_line_end();
      return true;
    }
    ++at_;  // the comma
  }
}

bool Reader::read_cell(Row& row) {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  return at_ < text_.size() && text_[at_] == '"' ? read_quoted(row) : read_plain(row);
}

bool Reader::read_plain(Row& row) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != ',' && !at_line_end()) {
    if (text_[at_] == '"') {
      return stop(at_, "a quote in the middle of a field",
                  "put the whole field between quotes and double each quote inside it");
    }
    ++at_;
  }
  std::size_t end = at_;
  while (end > begin && is_blank(text_[end - 1])) --end;
  row.cells.push_back({text_.substr(begin, end - begin), begin});
  return true;
}

bool Reader::read_quoted(Row& row) {
  const std::size_t begin = at_;
  std::string& content = unquoted_.emplace_back();
  ++at_;
  while (true) {
    if (at_ >= text_.size()) return stop(begin, "a quoted field that never ends", "close it with a quote");
    const char c = text_[at_++];
    if (c == '"') {
      if (at_ >= text_.size() || text_[at_] != '"') break;
      ++at_;
    }
    content.push_back(c);
  }
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  if (at_ < text_.size() && text_[at_] != ',' && !at_line_end()) {
    return stop(at_, "text after the closing quote of a field", "double each quote that belongs to the field");
  }
  row.cells.push_back({content, begin});
  return true;
}

bool Reader::at_line_end() const noexcept {
  if (text_[at_] == '\n') return true;
  return text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n');
}

void Reader::step_over_line_end() noexcept {
  if (text_[at_] == '\r') ++at_;
  if (at_ < text_.size()) ++at_;
}

bool Reader::stop(std::size_t offset, said::TextView message, said::TextView hint) {
  problem_ = Problem{offset, message, hint};
  return false;
}

}  // namespace kentongan::rules::csv
