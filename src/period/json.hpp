// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "period/figures.hpp"
#include "period/span.hpp"

namespace kentongan::period {

/// What a report is made of. All of it outlives the call that it is given to.
struct Told {
  const Reference& reference;
  const Span& span;
  const Figures& figures;
  std::map<std::string, LocalText> rule_titles = {};
};

/// One JSON object on lines of their own: from, to, cities, inputs, tables.
[[nodiscard]] std::string to_json(const Told& told);
/// table,key,measure,value; RFC 4180 with LF.
[[nodiscard]] std::string to_csv(const Told& told);

}  // namespace kentongan::period
