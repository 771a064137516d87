// SPDX-License-Identifier: Apache-2.0
#include "rules/source.hpp"

#include <algorithm>

namespace kentongan::rules {

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

int Source::line_at(std::size_t offset) const {
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), std::min(offset, text_.size()));
  return static_cast<int>(next - line_starts_.begin());
}

Position Source::position_at(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const int line = line_at(offset);
  const std::size_t start = line_starts_[static_cast<std::size_t>(line - 1)];
  return {line, static_cast<int>(code_points(text().substr(start, offset - start))) + 1};
}

std::string_view Source::line(int number) const {
  if (number < 1 || static_cast<std::size_t>(number) > line_starts_.size()) return {};
  const std::size_t start = line_starts_[static_cast<std::size_t>(number - 1)];
  std::string_view rest = text().substr(start);
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace kentongan::rules
