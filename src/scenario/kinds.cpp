// SPDX-License-Identifier: Apache-2.0
#include "scenario/kinds.hpp"

namespace kentongan::scenario {

std::span<const Kind> kinds() {
  static const std::vector<Kind> all = [] {
    std::vector<Kind> list;
    add_pressure(list);
    add_offences(list);
    add_campaigns(list);
    add_logistics(list);
    add_polling(list);
    add_restraint(list);
    return list;
  }();
  return all;
}

}  // namespace kentongan::scenario
