// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/words.hpp"
#include "ports/outbox.hpp"

/// Buttons below messages, and what a press of one may do.
namespace kentongan::notify {

enum class Button : unsigned char { acknowledge, confirm };

/// What a button carries: at most 64 bytes, which is what Telegram takes.
[[nodiscard]] std::string button_data(Button button, std::string_view notice);

struct ButtonPress {
  std::string id;    ///< the service's, to answer it
  std::string data;  ///< what the button carried; or what somebody made up
  std::string from;  ///< address of the person who pressed
  std::string chat;  ///< address of where the message stands
};

/// What a press asks for, when it may.
struct WantedAction {
  ActionKind action = ActionKind::acknowledge;
  std::vector<std::string> alerts;
  std::string person;  ///< the roster's id: the actor
  ports::Tongue tongue = ports::Tongue::id;
};

/// Why a press does nothing.
enum class PressFault : unsigned char {
  unknown,    ///< it is none of our buttons, or its message is forgotten
  not_yours,  ///< pressed by somebody to whom the message was not sent
};

struct PressVerdict {
  std::optional<WantedAction> wanted;
  PressFault fault = PressFault::unknown;
};

/// A press counts when the notice was sent, by this channel, to the address of who pressed or to the chat in which it
/// stands.
[[nodiscard]] Result<PressVerdict> judge_press(ports::Outbox& outbox, std::string_view channel,
                                               const ButtonPress& press);

}  // namespace kentongan::notify
