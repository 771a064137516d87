// SPDX-License-Identifier: Apache-2.0
#include "rules/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace kentongan::rules {

bool Diagnostics::has_errors() const { return errors() > 0; }

std::size_t Diagnostics::errors() const {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const Diagnostic& d) { return d.severity == Severity::error; }));
}

std::size_t Diagnostics::warnings() const { return all.size() - errors(); }

void Diagnostics::sort() {
  const auto place = [](const Diagnostic& d) { return std::tie(d.file, d.line, d.column, d.code); };
  std::stable_sort(all.begin(), all.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
}

}  // namespace kentongan::rules
