// SPDX-License-Identifier: Apache-2.0
#include "app/config_keys.hpp"

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

/// Judged here, with the other values, and not when the server starts: by then the journal is open.
bool set_listen(Config& config, const std::string& text) {
  return set_text(config.http_listen, text) && http::parse_listen(text).has_value();
}

std::string listen_hint(const std::string& text) {
  const auto address = http::parse_listen(text);
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

constexpr std::array<ConfigKey, 14> kKeys{{
    {"journal.type", "sqlite or kafka", set_journal, journal_hint},
    {"journal.brokers", "HOST:PORT of brokers, with commas between",
     [](Config& c, const std::string& text) { return set_text(c.kafka.brokers, text); }},
    {"journal.group", "the name of a consumer group",
     [](Config& c, const std::string& text) { return set_text(c.kafka.group, text); }},
    {"journal.instance", "a name that no other process of the group has",
     [](Config& c, const std::string& text) { return set_text(c.kafka.instance, text); }},
    {"workers", "a number from 1 to 64", set_workers},
    {"journal.path", "a file", [](Config& c, const std::string& text) { return set_path(c.journal_path, text); }},
    {"journal.keep_inputs", "a duration such as 30d",
     [](Config& c, const std::string& text) { return set_duration(c.keep_inputs, text); }},
    {"rules", "a folder", [](Config& c, const std::string& text) { return set_path(c.rules, text); }},
    {"reference", "a folder", [](Config& c, const std::string& text) { return set_path(c.reference, text); }},
    {"http.listen", "an address and port such as 127.0.0.1:8080", set_listen, listen_hint},
    {"clock", "wall or event", set_clock, clock_hint},
    {"lateness", "a duration such as 24h",
     [](Config& c, const std::string& text) { return set_duration(c.lateness, text); }},
    {"dedupe", "a duration such as 7d",
     [](Config& c, const std::string& text) { return set_duration(c.dedupe, text); }},
    {"watchdog", "a duration such as 2m, or 0s",
     [](Config& c, const std::string& text) { return set_duration(c.watchdog, text); }},
}};

}  // namespace

std::span<const ConfigKey> config_keys() {
  static const std::vector<ConfigKey> all = [] {
    std::vector<ConfigKey> keys(kKeys.begin(), kKeys.end());
    keys.insert(keys.end(), notify_keys().begin(), notify_keys().end());
    return keys;
  }();
  return all;
}

}  // namespace kentongan::app
