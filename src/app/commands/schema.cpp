// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/exit_codes.hpp"
#include "rules/editor_schema.hpp"

namespace kentongan::app {

int schema() {
  fmt::print("{}\n", rules::editor_schema());
  return kGood;
}

}  // namespace kentongan::app
