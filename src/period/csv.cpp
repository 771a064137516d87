// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "period/facts.hpp"
#include "period/json.hpp"

namespace kentongan::period {
namespace {

std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    out += c;
    if (c == '"') out += '"';
  }
  return out + '"';
}

}  // namespace

std::string to_csv(const Told& told) {
  std::string out = "table,key,measure,value\n";
  each_fact(told.figures, told.span, told.reference, [&](const Fact& fact) {
    out += fmt::format("{},{},{},{}\n", fact.table, cell(fact.key), fact.measure, fact.value);
  });
  return out;
}

}  // namespace kentongan::period
