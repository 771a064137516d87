// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "adapters/notify/channels.hpp"
#include "app/config.hpp"

namespace kentongan::app {

/// How the configuration reaches other machines. Exchanges end when `stop` becomes true; null: they never do.
[[nodiscard]] web::Client client_of(const NotifyConfig& notify, const std::atomic<bool>* stop);

/// The channels of the configuration, their secrets read. Error::usage.
[[nodiscard]] Result<std::vector<std::unique_ptr<ports::Channel>>> channels_of(const NotifyConfig& notify,
                                                                               const web::Client& client);

/// Its settings of Telegram, for the presses of buttons; none: there is no such channel.
[[nodiscard]] Result<std::optional<notify::TelegramSettings>> telegram_of(const NotifyConfig& notify);

/// Those of WhatsApp.
[[nodiscard]] Result<std::optional<notify::WhatsappSettings>> whatsapp_of(const NotifyConfig& notify);

/// Where the outbox is.
[[nodiscard]] std::filesystem::path outbox_path(const Config& config);

}  // namespace kentongan::app
