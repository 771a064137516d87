// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/reference.hpp"
#include "period/figures.hpp"
#include "period/span.hpp"

namespace kentongan::period {

/// One number with its place in the report, for programs. Names are stable; see docs/reference/report.md.
struct Fact {
  std::string_view table;
  std::string key;  ///< of a row
  std::string_view measure;
  std::int64_t value = 0;
};

/// All of a report but what tells where it comes from, in a fixed order: rows of a table, measures of a row together.
void each_fact(const Figures& figures, const Span& span, const Reference& reference,
               const std::function<void(const Fact&)>& visit);

}  // namespace kentongan::period
