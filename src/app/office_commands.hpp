// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace CLI {
class App;
}

/// Parts of the command line: what offices and visitors use.
namespace kentongan::app {

void add_report(CLI::App& app, std::function<int()>& chosen);
void add_demo(CLI::App& app, std::function<int()>& chosen);

}  // namespace kentongan::app
