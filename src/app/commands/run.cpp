// SPDX-License-Identifier: Apache-2.0
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/exit_codes.hpp"
#include "app/wiring.hpp"

namespace kentongan::app {

int run(const RunArguments& arguments) {
  auto config = load_config(arguments.config);
  if (!config) return complain("run", config.error());
  if (arguments.rules) {
    config->rules = *arguments.rules;
    config->reference.clear();
  }
  if (arguments.reference) config->reference = *arguments.reference;
  const auto ran = run_service(*config);
  return ran ? kGood : complain("run", ran.error());
}

}  // namespace kentongan::app
