// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/time.hpp"
#include "ports/api.hpp"

/// A posted action (POST /v1/alerts/{id}/actions) and the event that it becomes. The body is judged in its own
/// terms: whoever posts it sees neither the envelope nor `data`.
namespace kentongan::app {

/// What is wrong with the body before it can become part of an event: its size, its JSON, its shape.
[[nodiscard]] std::optional<ports::RejectedEvent> fault_of_action(std::string_view body);

/// The body's object with the alert put first, in an envelope with an id by chance. To be called with a body
/// without such a fault; its fields are judged by the codec, as those of any other event.
[[nodiscard]] std::string action_event(TimePoint time, std::string_view alert, std::string_view body);

/// Makes the places and messages of the answer about that event those of the body.
void point_into_body(ports::IntakeAnswer& answer);

}  // namespace kentongan::app
