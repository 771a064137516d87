// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "duty/roster.hpp"
#include "notify/callback.hpp"
#include "ports/api.hpp"

namespace kentongan::app {

/// An action of a person, as POST /v1/alerts/{id}/actions takes it.
[[nodiscard]] std::string action_body(ActionKind action, const duty::Person& person);

/// Does what a press asks for, and says what came of it, in the person's words. Waits for the action to be durable, at
/// most some seconds.
[[nodiscard]] std::string answer_press(ports::Api& api, const duty::Roster& roster,
                                       const notify::PressVerdict& verdict);

}  // namespace kentongan::app
