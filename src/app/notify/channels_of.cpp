// SPDX-License-Identifier: Apache-2.0
#include "app/notify/channels_of.hpp"

#include <chrono>

#include "adapters/kafka/settings.hpp"

namespace kentongan::app {
namespace {

using Channels = std::vector<std::unique_ptr<ports::Channel>>;

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

/// Empty stays empty.
Result<std::string> secret(std::string_view key, const std::string& value) {
  if (value.empty()) return std::string();
  return kafka::read_secret(key, value);
}

Result<void> add_webhook(const NotifyConfig& notify, const web::Client& client, Channels& channels) {
  if (notify.webhook.secret.empty()) return {};
  return secret("notify.webhook.secret", notify.webhook.secret)
      .and_then([&](const std::string& text) {
        return notify::make_webhook(client, {text, notify.webhook.free_text}, wall_now);
      })
      .map([&](std::unique_ptr<ports::Channel> channel) { channels.push_back(std::move(channel)); });
}

Result<void> add_telegram(const NotifyConfig& notify, const web::Client& client, Channels& channels) {
  return telegram_of(notify).map([&](const std::optional<notify::TelegramSettings>& settings) {
    if (settings) channels.push_back(notify::make_telegram(client, *settings));
  });
}

Result<void> add_whatsapp(const NotifyConfig& notify, const web::Client& client, Channels& channels) {
  return whatsapp_of(notify).map([&](const std::optional<notify::WhatsappSettings>& settings) {
    if (settings) channels.push_back(notify::make_whatsapp(client, *settings));
  });
}

Result<void> add_email(const NotifyConfig& notify, const web::Client& client, Channels& channels) {
  const auto& from = notify.email;
  if (from.server.empty()) return {};
  return secret("notify.email.password", from.password).map([&](const std::string& password) {
    channels.push_back(
        notify::make_email(client, {from.server, from.user, password, from.from, from.free_text}, wall_now));
  });
}

Result<void> add_ntfy(const NotifyConfig& notify, const web::Client& client, Channels& channels) {
  if (notify.ntfy.url.empty()) return {};
  return secret("notify.ntfy.token", notify.ntfy.token).map([&](const std::string& token) {
    channels.push_back(notify::make_ntfy(client, {notify.ntfy.url, token, notify.ntfy.free_text}));
  });
}

Result<void> add_file(const NotifyConfig& notify, const web::Client&, Channels& channels) {
  if (!notify.file.path.empty()) channels.push_back(notify::make_file(notify.file.path, notify.file.free_text));
  return {};
}

}  // namespace

web::Client client_of(const NotifyConfig& notify, const std::atomic<bool>* stop) {
  web::Network network;
  network.own_networks = notify.own_networks;
  network.ca_file = notify.ca_file;
  network.stop = stop;
  return web::Client(network);
}

Result<Channels> channels_of(const NotifyConfig& notify, const web::Client& client) {
  Channels channels;
  for (const auto add : {add_webhook, add_telegram, add_whatsapp, add_email, add_ntfy, add_file}) {
    if (auto added = add(notify, client, channels); !added) return tl::unexpected(added.error());
  }
  return channels;
}

Result<std::optional<notify::TelegramSettings>> telegram_of(const NotifyConfig& notify) {
  std::optional<notify::TelegramSettings> settings;
  if (notify.telegram.token.empty()) return settings;
  return secret("notify.telegram.token", notify.telegram.token).map([&](const std::string& token) {
    settings = notify::TelegramSettings{notify.telegram.url, token, notify.telegram.free_text};
    return settings;
  });
}

Result<std::optional<notify::WhatsappSettings>> whatsapp_of(const NotifyConfig& notify) {
  const auto& from = notify.whatsapp;
  std::optional<notify::WhatsappSettings> settings;
  if (from.token.empty()) return settings;
  return secret("notify.whatsapp.token", from.token).map([&](const std::string& token) {
    settings = notify::WhatsappSettings{
        from.url, token, from.sender, from.message_template, from.free_text, !from.app_secret.empty()};
    return settings;
  });
}

std::filesystem::path outbox_path(const Config& config) {
  if (!config.notify.database.empty()) return config.notify.database;
  return config.journal_path.parent_path() / "notify.db";
}

}  // namespace kentongan::app
