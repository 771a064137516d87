// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/alerts/remote.hpp"
#include "app/alerts/view.hpp"
#include "app/commands/alerts_command.hpp"
#include "domain/error.hpp"

/// Parts of `kentongan alerts`: what its commands share.
namespace kentongan::app {

/// For standard output as it is.
[[nodiscard]] alerts::ViewStyle style_of(const AlertsArguments& arguments);
/// The token to show; empty: none. Error::usage.
[[nodiscard]] Result<std::string> token_of(const AlertsArguments& arguments);
/// The service that is asked. Error::usage.
[[nodiscard]] Result<alerts::Remote> remote_of(const AlertsArguments& arguments);

}  // namespace kentongan::app
