// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace kentongan::app {

/// The subcommands about those who are told: `duty`, `duty plan` and `cap`. What was chosen goes to `chosen`.
void add_duty(CLI::App& app, std::function<int()>& chosen);
void add_cap(CLI::App& app, std::function<int()>& chosen);

}  // namespace kentongan::app
