// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "rules/csv.hpp"

/// Any bytes end, each cell stands in the text behind the one before it, and a problem has a place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kentongan::rules;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  csv::Reader reader(text);
  csv::Row row;
  std::size_t last = 0;
  while (reader.next(row)) {
    if (row.cells.empty()) std::abort();
    for (const auto& cell : row.cells) {
      if (cell.offset < last || cell.offset > size || cell.text.size() > size) std::abort();
      last = cell.offset;
    }
  }
  if (reader.problem() && (reader.problem()->offset > size || reader.problem()->message.empty())) std::abort();
  return 0;
}
