// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kentongan::app {

/// Reads the command line and runs the subcommand. Returns the exit code; throws nothing.
[[nodiscard]] int run_command_line(int argc, char** argv);

}  // namespace kentongan::app
