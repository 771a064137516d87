// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace kentongan::rules {

/// A JSON Schema (draft-07, on one line) of a rule file, for completion, hover and first errors in editors. Made from
/// the tables of keys and fields that the checker reads. Every file without errors satisfies it; what needs the
/// reference data, other files or the language of expressions only the checker knows.
[[nodiscard]] std::string editor_schema();

}  // namespace kentongan::rules
