// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/fix.hpp"
#include "rules/said/text.hpp"

namespace kentongan::rules {

enum class Severity : unsigned char { error, warning };

/// One finding of the checker. Lines and columns (code points) from 1; 0 where a file could not be read.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string file;
  int line = 0;
  int column = 0;
  std::string code;        ///< stable, e.g. "unknown-key"; see docs/reference/diagnostics.md
  said::Text message;      ///< what is wrong
  said::Text hint;         ///< nearest known name, else what to do, else ""
  std::string snippet;     ///< the source line, for the text rendering; may be empty
  Fix fix;                 ///< what certainly repairs it; empty where only the author can know
  int snippet_column = 1;  ///< the column of the line at which the snippet begins (long lines are cut)
};

struct Diagnostics {
  std::vector<Diagnostic> all;  ///< sorted by file, line, column
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] std::size_t errors() const;
  [[nodiscard]] std::size_t warnings() const;
  void sort();
};

}  // namespace kentongan::rules
