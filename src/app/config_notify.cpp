// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include "app/config_keys.hpp"

namespace kentongan::app {
namespace {

constexpr std::string_view kDuration = "a duration such as 1m";
constexpr std::string_view kSecret = "env:NAME or file:PATH of a secret";
constexpr std::string_view kUrl = "a URL that begins with https:// or http://";
constexpr std::string_view kYesNo = "true or false";

bool set_span(Duration& target, const std::string& text) {
  const auto duration = parse_duration(text);
  if (duration) target = *duration;
  return duration.has_value();
}

bool set_flag(bool& target, const std::string& text) {
  target = text == "true";
  return text == "true" || text == "false";
}

bool set_some(std::string& target, const std::string& text) {
  target = text;
  return !text.empty();
}

bool set_secret(std::string& target, const std::string& text) {
  const bool good = (text.starts_with("env:") && text.size() > 4) || (text.starts_with("file:") && text.size() > 5);
  if (good) target = text;
  return good;
}

bool is_url(std::string_view text) {
  return (text.starts_with("https://") && text.size() > 8) || (text.starts_with("http://") && text.size() > 7);
}

/// Paths are put behind it.
bool set_url(std::string& target, const std::string& text) {
  target = text;
  while (target.ends_with('/')) target.pop_back();
  return is_url(text);
}

bool set_urls(std::string& target, const std::string& text) {
  target = text;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (!is_url(std::string_view(text).substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

bool set_mail_server(std::string& target, const std::string& text) {
  target = text;
  return (text.starts_with("smtp://") && text.size() > 7) || (text.starts_with("smtps://") && text.size() > 8);
}

bool set_trouble(std::string& target, const std::string& text) {
  target = text;
  const std::size_t space = text.find(' ');
  return space != std::string::npos && space > 0 && space + 1 < text.size();
}

constexpr std::array kKeys{
    ConfigKey{"notify.database", "a file",
              [](Config& c, const std::string& t) {
                c.notify.database = t;
                return !t.empty();
              }},
    ConfigKey{"notify.own_networks", kYesNo,
              [](Config& c, const std::string& t) { return set_flag(c.notify.own_networks, t); }},
    ConfigKey{"notify.ca_file", "a file in PEM",
              [](Config& c, const std::string& t) {
                c.notify.ca_file = t;
                return !t.empty();
              }},
    ConfigKey{"notify.oldest", "a duration such as 24h, or 0s",
              [](Config& c, const std::string& t) { return set_span(c.notify.oldest, t); }},
    ConfigKey{"notify.patience", kDuration,
              [](Config& c, const std::string& t) { return set_span(c.notify.patience, t); }},
    ConfigKey{"notify.give_up", kDuration,
              [](Config& c, const std::string& t) { return set_span(c.notify.give_up, t); }},
    ConfigKey{"notify.keep", kDuration, [](Config& c, const std::string& t) { return set_span(c.notify.keep, t); }},
    ConfigKey{"notify.group_wait", kDuration,
              [](Config& c, const std::string& t) { return set_span(c.notify.group_wait, t); }},
    ConfigKey{"notify.group_window", kDuration,
              [](Config& c, const std::string& t) { return set_span(c.notify.group_window, t); }},
    ConfigKey{"notify.trouble", "a channel and an address, such as `telegram 12345`",
              [](Config& c, const std::string& t) { return set_trouble(c.notify.trouble, t); }},
    ConfigKey{"notify.webhook.secret", kSecret,
              [](Config& c, const std::string& t) { return set_secret(c.notify.webhook.secret, t); }},
    ConfigKey{"notify.webhook.free_text", kYesNo,
              [](Config& c, const std::string& t) { return set_flag(c.notify.webhook.free_text, t); }},
    ConfigKey{"notify.telegram.token", kSecret,
              [](Config& c, const std::string& t) { return set_secret(c.notify.telegram.token, t); }},
    ConfigKey{"notify.telegram.url", kUrl,
              [](Config& c, const std::string& t) { return set_url(c.notify.telegram.url, t); }},
    ConfigKey{"notify.telegram.free_text", kYesNo,
              [](Config& c, const std::string& t) { return set_flag(c.notify.telegram.free_text, t); }},
    ConfigKey{"notify.whatsapp.token", kSecret,
              [](Config& c, const std::string& t) { return set_secret(c.notify.whatsapp.token, t); }},
    ConfigKey{"notify.whatsapp.sender", "the id of a phone number",
              [](Config& c, const std::string& t) { return set_some(c.notify.whatsapp.sender, t); }},
    ConfigKey{"notify.whatsapp.template", "the name of a template",
              [](Config& c, const std::string& t) { return set_some(c.notify.whatsapp.message_template, t); }},
    ConfigKey{"notify.whatsapp.url", kUrl,
              [](Config& c, const std::string& t) { return set_url(c.notify.whatsapp.url, t); }},
    ConfigKey{"notify.whatsapp.free_text", kYesNo,
              [](Config& c, const std::string& t) { return set_flag(c.notify.whatsapp.free_text, t); }},
    ConfigKey{"notify.email.server", "smtp://HOST:PORT or smtps://HOST:PORT",
              [](Config& c, const std::string& t) { return set_mail_server(c.notify.email.server, t); }},
    ConfigKey{"notify.email.from", "an address",
              [](Config& c, const std::string& t) { return set_some(c.notify.email.from, t); }},
    ConfigKey{"notify.email.user", "a name",
              [](Config& c, const std::string& t) { return set_some(c.notify.email.user, t); }},
    ConfigKey{"notify.email.password", kSecret,
              [](Config& c, const std::string& t) { return set_secret(c.notify.email.password, t); }},
    ConfigKey{"notify.email.free_text", kYesNo,
              [](Config& c, const std::string& t) { return set_flag(c.notify.email.free_text, t); }},
    ConfigKey{"notify.ntfy.url", kUrl, [](Config& c, const std::string& t) { return set_url(c.notify.ntfy.url, t); }},
    ConfigKey{"notify.ntfy.token", kSecret,
              [](Config& c, const std::string& t) { return set_secret(c.notify.ntfy.token, t); }},
    ConfigKey{"notify.ntfy.free_text", kYesNo,
              [](Config& c, const std::string& t) { return set_flag(c.notify.ntfy.free_text, t); }},
    ConfigKey{"notify.alertmanager.urls", "URLs of all replicas, with commas between",
              [](Config& c, const std::string& t) { return set_urls(c.notify.alertmanager.urls, t); }},
    ConfigKey{"notify.file.path", "a file",
              [](Config& c, const std::string& t) {
                c.notify.file.path = t;
                return !t.empty();
              }},
    ConfigKey{"notify.file.free_text", kYesNo,
              [](Config& c, const std::string& t) { return set_flag(c.notify.file.free_text, t); }},
    ConfigKey{"notify.heartbeat.url", kUrl,
              [](Config& c, const std::string& t) {
                c.notify.heartbeat.url = t;
                return is_url(t);
              }},
    ConfigKey{"notify.heartbeat.every", kDuration,
              [](Config& c, const std::string& t) {
                return set_span(c.notify.heartbeat.every, t) && c.notify.heartbeat.every >= std::chrono::seconds(1);
              }},
};

}  // namespace

std::span<const ConfigKey> notify_keys() { return kKeys; }

std::string wrong_together(const NotifyConfig& notify) {
  std::string wrong;
  if (!notify.whatsapp.token.empty() && notify.whatsapp.sender.empty()) {
    wrong += "notify.whatsapp: `sender` is missing: the id of the phone number that sends\n";
  }
  if (!notify.email.server.empty() && notify.email.from.find('@') == std::string::npos) {
    wrong += "notify.email: `from` is missing: the address that mails come from\n";
  }
  if (!notify.email.user.empty() && notify.email.password.empty()) {
    wrong += "notify.email: `password` is missing: env:NAME or file:PATH\n";
  }
  return wrong;
}

}  // namespace kentongan::app
