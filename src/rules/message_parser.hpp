// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/words.hpp"
#include "rules/message.hpp"

namespace kentongan::rules {

/// What is wrong in a message, at a byte of its text.
struct MessageProblem {
  std::size_t at = 0;
  std::string_view code;
  std::string message;
  std::string hint;
};

struct ParsedMessage {
  Message message;
  std::vector<MessageProblem> problems;
};

/// message = { text | "{{" name "}}" }; name = a field path of the event, or a name of the alert
/// ("area.name", "count"). A `}}` without its beginning is text.
[[nodiscard]] ParsedMessage parse_message(std::string_view text, EventType on);

}  // namespace kentongan::rules
