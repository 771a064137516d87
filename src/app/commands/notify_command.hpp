// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace CLI {
class App;
}

/// `kentongan notify`: what telling people has to do, and whether it can.
namespace kentongan::app {

struct NotifyArguments {
  std::optional<std::filesystem::path> config;
  std::optional<std::filesystem::path> reference;  ///< of `test`, instead of the configuration's
  std::string person;                              ///< of `test`
  std::string state;                               ///< of `outbox list`; empty: all
  std::string key;                                 ///< of `outbox retry`; empty: all that failed
  std::string format = "text";
};

/// Sends a test message by each of a person's channels. 0: all of them took it.
[[nodiscard]] int notify_test(const NotifyArguments& arguments);
[[nodiscard]] int outbox_list(const NotifyArguments& arguments);
[[nodiscard]] int outbox_retry(const NotifyArguments& arguments);

/// Adds the subcommand; `chosen` becomes what the line asks for.
void add_notify(CLI::App& app, std::function<int()>& chosen);

}  // namespace kentongan::app
