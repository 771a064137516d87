// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "rules/fix.hpp"
#include "rules/said/text.hpp"
#include "rules/source.hpp"

namespace kentongan::rules {

/// A slip of the pen that YAML readers report at another place or in words of their own.
struct Slip {
  std::size_t offset = 0;
  said::Text message;
  said::Text hint;
  Fix fix = {};
};

/// Whether the reader was in an inline map or list, and whether the file closes it.
enum class Brackets : unsigned char { none, closed, open };

/// Looks for the likely cause of a syntax error that a YAML reader found at `offset`: there, in the line
/// above, or in the indentation and quotes before it. To be asked only about a text that is no YAML: some of what
/// it blames is legal elsewhere.
[[nodiscard]] std::optional<Slip> find_slip(const Source& source, std::size_t offset, Brackets around);

/// A key such as `level:siaga`, which readers take as a whole for a name; none for any other.
[[nodiscard]] std::optional<Slip> slip_in_key(std::string_view key, std::size_t offset);

}  // namespace kentongan::rules
