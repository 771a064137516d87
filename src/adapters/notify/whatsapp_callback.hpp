// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/notify/channels.hpp"
#include "notify/callback.hpp"

/// What the Cloud API posts to us: among much else the presses of quick-reply buttons.
namespace kentongan::notify {

/// Whether `signature` ("sha256=HEX", of X-Hub-Signature-256) is that of the body under the app's secret.
[[nodiscard]] bool is_from_whatsapp(std::string_view secret, std::string_view signature, std::string_view body);

/// None: the body cannot be read. What is no press (a text, the status of a message) is left out; at most 100 are read.
[[nodiscard]] std::optional<std::vector<ButtonPress>> read_whatsapp_presses(std::string_view body);

/// A text to somebody who has just written.
[[nodiscard]] ports::SendOutcome say_by_whatsapp(const web::Client& client, const WhatsappSettings& settings,
                                                 const std::string& to, const std::string& text);

}  // namespace kentongan::notify
