// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/web/client.hpp"
#include "domain/error.hpp"
#include "ports/notifier.hpp"

/// The channels. Each is a file of its own; what a roster's `to` is differs between them. docs/operations/channels has
/// a page for each.
namespace kentongan::notify {

struct WebhookSettings {
  std::string secret;
  bool free_text = false;
};
/// `to`: the URL. Error::usage: the secret is none.
[[nodiscard]] Result<std::unique_ptr<ports::Channel>> make_webhook(web::Client client, const WebhookSettings& settings,
                                                                   std::function<TimePoint()> now);

struct TelegramSettings {
  std::string url = "https://api.telegram.org";
  std::string token;
  bool free_text = false;
};
/// `to`: the number of a chat, or @name of a channel.
[[nodiscard]] std::unique_ptr<ports::Channel> make_telegram(web::Client client, TelegramSettings settings);

struct WhatsappSettings {
  std::string url = "https://graph.facebook.com/v21.0";
  std::string token;
  std::string sender;  ///< the id of the phone number that sends
  std::string message_template = "kentongan_alert";
  bool free_text = false;
  /// Answers come back: what asks for one is sent with TEMPLATE_ack, which has a button, or TEMPLATE_confirm, which has
  /// two.
  bool buttons = false;
};
/// `to`: a phone number with its country's code, +62812..
[[nodiscard]] std::unique_ptr<ports::Channel> make_whatsapp(web::Client client, WhatsappSettings settings);

struct EmailSettings {
  std::string server;  ///< smtp://HOST:PORT (STARTTLS) or smtps://HOST:PORT
  std::string user;
  std::string password;
  std::string from;  ///< an address
  bool free_text = false;
};
/// `to`: an address.
[[nodiscard]] std::unique_ptr<ports::Channel> make_email(web::Client client, EmailSettings settings,
                                                         std::function<TimePoint()> now);

struct NtfySettings {
  std::string url = "https://ntfy.sh";
  std::string token;  ///< empty: without
  bool free_text = false;
};
/// `to`: a topic.
[[nodiscard]] std::unique_ptr<ports::Channel> make_ntfy(web::Client client, NtfySettings settings);

/// One JSON object a line, synced: for tests, and for offices where something else reads the file. `to` is written
/// along.
[[nodiscard]] std::unique_ptr<ports::Channel> make_file(std::filesystem::path path, bool free_text);

}  // namespace kentongan::notify
