// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include "app/config_keys.hpp"
#include "duty/roster.hpp"

namespace kentongan::app {
namespace {

constexpr std::string_view kDuration = "a duration such as 1m";
constexpr std::string_view kSecret = "env:NAME or file:PATH of a secret";
constexpr std::string_view kUrl = "a URL that begins with https:// or http://";
constexpr std::string_view kYesNo = "true or false";

// How a text becomes the value of a field; false: it is none.

bool span(Duration& field, const std::string& text) {
  const auto duration = parse_duration(text);
  if (duration) field = *duration;
  return duration.has_value();
}

/// A span that something waits for again and again.
bool pause(Duration& field, const std::string& text) { return span(field, text) && field >= std::chrono::seconds(1); }

bool flag(bool& field, const std::string& text) {
  field = text == "true";
  return text == "true" || text == "false";
}

bool file(std::filesystem::path& field, const std::string& text) {
  field = text;
  return !text.empty();
}

bool some(std::string& field, const std::string& text) {
  field = text;
  return !text.empty();
}

bool digits(std::string& field, const std::string& text) {
  field = text;
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

bool secret(std::string& field, const std::string& text) {
  const bool good = (text.starts_with("env:") && text.size() > 4) || (text.starts_with("file:") && text.size() > 5);
  if (good) field = text;
  return good;
}

bool is_url(std::string_view text) {
  return (text.starts_with("https://") && text.size() > 8) || (text.starts_with("http://") && text.size() > 7);
}

bool whole_url(std::string& field, const std::string& text) {
  field = text;
  return is_url(text);
}

/// Paths are put behind it.
bool base_url(std::string& field, const std::string& text) {
  field = text;
  while (field.ends_with('/')) field.pop_back();
  return is_url(text);
}

bool urls(std::string& field, const std::string& text) {
  field = text;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (!is_url(std::string_view(text).substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

bool mail_server(std::string& field, const std::string& text) {
  field = text;
  return (text.starts_with("smtp://") && text.size() > 7) || (text.starts_with("smtps://") && text.size() > 8);
}

bool mail_address(std::string& field, const std::string& text) {
  field = text;
  const std::size_t at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size();
}

/// A channel and an address.
bool trouble(std::string& field, const std::string& text) {
  field = text;
  const std::size_t space = text.find(' ');
  if (space == std::string::npos || space + 1 >= text.size()) return false;
  const std::string_view channel = std::string_view(text).substr(0, space);
  return std::find(duty::kChannelTypes.begin(), duty::kChannelTypes.end(), channel) != duty::kChannelTypes.end();
}

std::string shown(const std::string& field) { return field; }
std::string shown(const std::filesystem::path& field) { return field.string(); }
std::string shown(bool field) { return field ? "true" : "false"; }
std::string shown(Duration field) { return format_duration(field); }

/// A key whose value stands in the field that `Field` finds in a NotifyConfig.
template <auto set, class Field>
constexpr ConfigKey key(std::string_view path, std::string_view takes, Field) {
  return {path, takes, [](Config& config, const std::string& text) { return set(Field{}(config.notify), text); },
          nullptr, [](const Config& config) { return shown(Field{}(config.notify)); }};
}

constexpr std::array kKeys{
    key<file>("notify.database", "a file", [](auto& n) -> auto& { return n.database; }),
    key<flag>("notify.own_networks", kYesNo, [](auto& n) -> auto& { return n.own_networks; }),
    key<file>("notify.ca_file", "a file in PEM", [](auto& n) -> auto& { return n.ca_file; }),
    key<span>("notify.oldest", "a duration such as 24h, or 0s", [](auto& n) -> auto& { return n.oldest; }),
    key<span>("notify.patience", kDuration, [](auto& n) -> auto& { return n.patience; }),
    key<span>("notify.give_up", kDuration, [](auto& n) -> auto& { return n.give_up; }),
    key<span>("notify.keep", kDuration, [](auto& n) -> auto& { return n.keep; }),
    key<span>("notify.group_wait", kDuration, [](auto& n) -> auto& { return n.group_wait; }),
    key<span>("notify.group_window", kDuration, [](auto& n) -> auto& { return n.group_window; }),
    key<trouble>("notify.trouble", "a channel and an address, such as `telegram 12345`",
                 [](auto& n) -> auto& { return n.trouble; }),
    key<secret>("notify.webhook.secret", kSecret, [](auto& n) -> auto& { return n.webhook.secret; }),
    key<flag>("notify.webhook.free_text", kYesNo, [](auto& n) -> auto& { return n.webhook.free_text; }),
    key<secret>("notify.telegram.token", kSecret, [](auto& n) -> auto& { return n.telegram.token; }),
    key<base_url>("notify.telegram.url", kUrl, [](auto& n) -> auto& { return n.telegram.url; }),
    key<flag>("notify.telegram.free_text", kYesNo, [](auto& n) -> auto& { return n.telegram.free_text; }),
    key<secret>("notify.whatsapp.token", kSecret, [](auto& n) -> auto& { return n.whatsapp.token; }),
    key<digits>("notify.whatsapp.sender", "the id of a phone number, digits",
                [](auto& n) -> auto& { return n.whatsapp.sender; }),
    key<some>("notify.whatsapp.template", "the name of a template",
              [](auto& n) -> auto& { return n.whatsapp.message_template; }),
    key<secret>("notify.whatsapp.app_secret", kSecret, [](auto& n) -> auto& { return n.whatsapp.app_secret; }),
    key<secret>("notify.whatsapp.verify_token", kSecret, [](auto& n) -> auto& { return n.whatsapp.verify_token; }),
    key<base_url>("notify.whatsapp.url", kUrl, [](auto& n) -> auto& { return n.whatsapp.url; }),
    key<flag>("notify.whatsapp.free_text", kYesNo, [](auto& n) -> auto& { return n.whatsapp.free_text; }),
    key<mail_server>("notify.email.server", "smtp://HOST:PORT or smtps://HOST:PORT",
                     [](auto& n) -> auto& { return n.email.server; }),
    key<mail_address>("notify.email.from", "an address of mail", [](auto& n) -> auto& { return n.email.from; }),
    key<some>("notify.email.user", "a name", [](auto& n) -> auto& { return n.email.user; }),
    key<secret>("notify.email.password", kSecret, [](auto& n) -> auto& { return n.email.password; }),
    key<flag>("notify.email.free_text", kYesNo, [](auto& n) -> auto& { return n.email.free_text; }),
    key<base_url>("notify.ntfy.url", kUrl, [](auto& n) -> auto& { return n.ntfy.url; }),
    key<secret>("notify.ntfy.token", kSecret, [](auto& n) -> auto& { return n.ntfy.token; }),
    key<flag>("notify.ntfy.free_text", kYesNo, [](auto& n) -> auto& { return n.ntfy.free_text; }),
    key<urls>("notify.alertmanager.urls", "URLs of all replicas, with commas between",
              [](auto& n) -> auto& { return n.alertmanager.urls; }),
    key<base_url>("notify.links.url", kUrl, [](auto& n) -> auto& { return n.links.url; }),
    key<secret>("notify.links.key", kSecret, [](auto& n) -> auto& { return n.links.key; }),
    key<pause>("notify.links.valid_for", "a duration such as 48h", [](auto& n) -> auto& { return n.links.valid_for; }),
    key<file>("notify.file.path", "a file", [](auto& n) -> auto& { return n.file.path; }),
    key<flag>("notify.file.free_text", kYesNo, [](auto& n) -> auto& { return n.file.free_text; }),
    key<whole_url>("notify.heartbeat.url", kUrl, [](auto& n) -> auto& { return n.heartbeat.url; }),
    key<pause>("notify.heartbeat.every", kDuration, [](auto& n) -> auto& { return n.heartbeat.every; }),
};

}  // namespace

std::span<const ConfigKey> notify_keys() { return kKeys; }

std::string wrong_together(const NotifyConfig& notify) {
  std::string wrong;
  if (!notify.whatsapp.token.empty() && notify.whatsapp.sender.empty()) {
    wrong += "notify.whatsapp: `sender` is missing: the id of the phone number that sends\n";
  }
  if (notify.whatsapp.app_secret.empty() != notify.whatsapp.verify_token.empty()) {
    wrong += "notify.whatsapp: answers need both `app_secret` and `verify_token`\n";
  } else if (!notify.whatsapp.app_secret.empty() && notify.whatsapp.token.empty()) {
    wrong += "notify.whatsapp: `token` is missing: without it nothing is sent that could be answered\n";
  }
  if (!notify.email.server.empty() && notify.email.from.find('@') == std::string::npos) {
    wrong += "notify.email: `from` is missing: the address that mails come from\n";
  }
  if (!notify.email.user.empty() && notify.email.password.empty()) {
    wrong += "notify.email: `password` is missing: env:NAME or file:PATH\n";
  }
  if (notify.links.url.empty() != notify.links.key.empty()) {
    wrong += notify.links.url.empty() ? "notify.links: `url` is missing: where people reach this service\n"
                                      : "notify.links: `key` is missing: env:NAME or file:PATH\n";
  }
  return wrong;
}

}  // namespace kentongan::app
