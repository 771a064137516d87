// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace CLI {
class App;
}

/// Parts of the command line: tokens, and the record of who did what.
namespace kentongan::app {

void add_token(CLI::App& app, std::function<int()>& chosen);
void add_audit(CLI::App& app, std::function<int()>& chosen);

}  // namespace kentongan::app
