// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "domain/error.hpp"
#include "domain/event.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "ports/caller.hpp"

/// What a caller may hand in.
namespace kentongan::app {

/// Why the event with this index in its body is not one for this caller: its type, or a place beyond the token's areas.
[[nodiscard]] std::optional<std::string> fault_of_event(const ports::Caller& caller, const Event& event,
                                                        const Reference& reference, std::size_t index);
/// The same of one that could not be read whole, of which only the type is known.
[[nodiscard]] std::optional<std::string> fault_of_type(const ports::Caller& caller, std::optional<EventType> type,
                                                       std::size_t index);

/// The body of an action with the actor that the caller is; an error where it names another one that the caller may not
/// act for. `body` is a JSON object.
[[nodiscard]] Result<std::string> with_actor(const ports::Caller& caller, const std::string& body);

/// The deed of an action for the record.
[[nodiscard]] std::string what_of_action(const std::string& body);
[[nodiscard]] std::string actor_of_action(const std::string& body);

}  // namespace kentongan::app
