// SPDX-License-Identifier: Apache-2.0
#include "app/config_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "adapters/http/authority.hpp"
#include "rules/nearest.hpp"

namespace kentongan::app {
namespace {

bool set_duration(Duration& target, const std::string& text) {
  const auto duration = parse_duration(text);
  if (duration) target = *duration;
  return duration.has_value();
}

bool set_text(std::string& target, const std::string& text) {
  target = text;
  return !text.empty();
}

bool set_path(std::filesystem::path& target, const std::string& text) {
  target = text;
  return !text.empty();
}

/// Judged here, with the other values, and not when the server starts: by then the journal is open. Whether it may be
/// reached from other machines depends on access.tokens; see wrong_access().
bool set_listen(Config& config, const std::string& text) {
  return set_text(config.http_listen, text) && http::parse_listen(text, true).has_value();
}

std::string listen_hint(const std::string& text) {
  const auto address = http::parse_listen(text, true);
  return address ? "" : address.error().message;
}

bool set_clock(Config& config, const std::string& text) {
  if (text != "wall" && text != "event") return false;
  config.clock = text == "wall" ? ClockKind::wall : ClockKind::event;
  return true;
}

std::string clock_hint(const std::string& text) { return did_you_mean(text, {"wall", "event"}); }

bool set_journal(Config& config, const std::string& text) {
  if (text != "sqlite" && text != "kafka") return false;
  config.journal = text == "kafka" ? JournalKind::kafka : JournalKind::sqlite;
  return true;
}

std::string journal_hint(const std::string& text) { return did_you_mean(text, {"sqlite", "kafka"}); }

bool set_workers(Config& config, const std::string& text) {
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, config.workers);
  return read.ec == std::errc() && read.ptr == end && config.workers >= 1 && config.workers <= 64;
}

bool set_log_format(Config& config, const std::string& text) {
  if (text != "logfmt" && text != "json") return false;
  config.log.format = text == "json" ? LogFormat::json : LogFormat::logfmt;
  return true;
}

std::string log_format_hint(const std::string& text) { return did_you_mean(text, {"logfmt", "json"}); }

constexpr std::array<std::string_view, 4> kLogLevels{"debug", "info", "warn", "error"};

bool set_log_level(Config& config, const std::string& text) {
  const auto at = std::find(kLogLevels.begin(), kLogLevels.end(), text);
  if (at == kLogLevels.end()) return false;
  config.log.level = static_cast<LogLevel>(at - kLogLevels.begin());
  return true;
}

std::string log_level_hint(const std::string& text) {
  return did_you_mean(text, {kLogLevels.begin(), kLogLevels.end()});
}

constexpr std::array<ConfigKey, 16> kKeys{{
    {"journal.type", "sqlite or kafka", set_journal, journal_hint,
     [](const Config& c) { return std::string(c.journal == JournalKind::kafka ? "kafka" : "sqlite"); }},
    {"journal.brokers", "HOST:PORT of brokers, with commas between",
     [](Config& c, const std::string& text) { return set_text(c.kafka.brokers, text); }, nullptr,
     [](const Config& c) { return c.kafka.brokers; }},
    {"journal.group", "the name of a consumer group",
     [](Config& c, const std::string& text) { return set_text(c.kafka.group, text); }, nullptr,
     [](const Config& c) { return c.kafka.group; }},
    {"journal.instance", "a name that no other process of the group has",
     [](Config& c, const std::string& text) { return set_text(c.kafka.instance, text); }, nullptr,
     [](const Config& c) { return c.kafka.instance; }},
    {"workers", "a number from 1 to 64", set_workers, nullptr,
     [](const Config& c) { return fmt::to_string(c.workers); }},
    {"journal.path", "a file", [](Config& c, const std::string& text) { return set_path(c.journal_path, text); },
     nullptr, [](const Config& c) { return c.journal_path.string(); }},
    {"journal.keep_inputs", "a duration such as 30d",
     [](Config& c, const std::string& text) { return set_duration(c.keep_inputs, text); }, nullptr,
     [](const Config& c) { return format_duration(c.keep_inputs); }},
    {"rules", "a folder", [](Config& c, const std::string& text) { return set_path(c.rules, text); }, nullptr,
     [](const Config& c) { return c.rules.string(); }},
    {"reference", "a folder", [](Config& c, const std::string& text) { return set_path(c.reference, text); }, nullptr,
     [](const Config& c) { return c.reference.string(); }},
    {"http.listen", "an address and port such as 127.0.0.1:8080", set_listen, listen_hint,
     [](const Config& c) { return c.http_listen; }},
    {"clock", "wall or event", set_clock, clock_hint,
     [](const Config& c) { return std::string(c.clock == ClockKind::wall ? "wall" : "event"); }},
    {"lateness", "a duration such as 24h",
     [](Config& c, const std::string& text) { return set_duration(c.lateness, text); }, nullptr,
     [](const Config& c) { return format_duration(c.lateness); }},
    {"dedupe", "a duration such as 7d", [](Config& c, const std::string& text) { return set_duration(c.dedupe, text); },
     nullptr, [](const Config& c) { return format_duration(c.dedupe); }},
    {"watchdog", "a duration such as 2m, or 0s",
     [](Config& c, const std::string& text) { return set_duration(c.watchdog, text); }, nullptr,
     [](const Config& c) { return format_duration(c.watchdog); }},
    {"log.format", "logfmt or json", set_log_format, log_format_hint,
     [](const Config& c) { return std::string(c.log.format == LogFormat::json ? "json" : "logfmt"); }},
    {"log.level", "debug, info, warn or error", set_log_level, log_level_hint,
     [](const Config& c) { return std::string(kLogLevels[static_cast<std::size_t>(c.log.level)]); }},
}};

}  // namespace

std::span<const ConfigKey> config_keys() {
  static const std::vector<ConfigKey> all = [] {
    std::vector<ConfigKey> keys(kKeys.begin(), kKeys.end());
    keys.insert(keys.end(), access_keys().begin(), access_keys().end());
    keys.insert(keys.end(), notify_keys().begin(), notify_keys().end());
    return keys;
  }();
  return all;
}

}  // namespace kentongan::app
