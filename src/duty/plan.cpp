// SPDX-License-Identifier: Apache-2.0
#include "duty/plan.hpp"

#include <array>

namespace kentongan::duty {

std::string_view name_of(Purpose purpose) {
  constexpr std::array<std::string_view, 6> names{"alert", "assigned", "reminder", "update", "all_clear", "digest"};
  return names[static_cast<std::size_t>(purpose)];
}

}  // namespace kentongan::duty
