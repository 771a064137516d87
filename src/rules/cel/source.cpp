// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/source.hpp"

#include <algorithm>

#include "rules/cel/utf8.hpp"

namespace kentongan::cel {

SourceRange join(SourceRange first, SourceRange last) {
  return {std::min(first.begin, last.begin), std::max(first.end, last.end)};
}

Position position_at(std::string_view text, std::uint32_t byte_offset) {
  Position position;
  position.byte_offset = std::min(byte_offset, static_cast<std::uint32_t>(text.size()));
  for (std::uint32_t i = 0; i < position.byte_offset; ++i) {
    if (utf8::is_continuation(text[i])) {
      continue;
    }
    ++position.offset;
    ++position.column;
    if (text[i] == '\n') {
      ++position.line;
      position.column = 1;
    }
  }
  return position;
}

}  // namespace kentongan::cel
