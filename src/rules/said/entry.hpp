// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kentongan::said {

/// A sentence, or a part of one, as the code writes it, and the same in Indonesian. `{}` takes the arguments in their
/// order; where the order differs, `{0}` is the first. Indonesian is addressed to an analyst who knows the city and not
/// the machine: short, without English words where there is one that people use.
struct Entry {
  std::string_view en;
  std::string_view id;
};

}  // namespace kentongan::said
