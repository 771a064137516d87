// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "adapters/notify/channels.hpp"

/// Calls of the Telegram Bot API. For the sources of this folder.
namespace kentongan::notify {

struct TelegramSaid {
  ports::SendOutcome outcome;  ///< delivered: `ok` was true
  std::string body;            ///< the answer, when it was
};

/// A method with its JSON parameters. The token is part of the URL, and never of an outcome.
[[nodiscard]] TelegramSaid call_telegram(const web::Client& client, const TelegramSettings& settings,
                                         std::string_view method, std::string parameters,
                                         std::optional<std::chrono::milliseconds> whole = {});

}  // namespace kentongan::notify
