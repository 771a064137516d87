// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "adapters/http/authority.hpp"
#include "app/config_keys.hpp"

namespace kentongan::app {
namespace {

constexpr std::uint32_t kMostRequests = 100'000;

bool set_file(std::filesystem::path& field, const std::string& text) {
  field = text;
  return !text.empty();
}

bool set_requests(Config& config, const std::string& text) {
  const char* const end = text.data() + text.size();
  auto& field = config.access.requests_per_second;
  const auto read = std::from_chars(text.data(), end, field);
  return read.ec == std::errc() && read.ptr == end && field >= 1 && field <= kMostRequests;
}

bool set_keep(Config& config, const std::string& text) {
  const auto duration = parse_duration(text);
  if (!duration || *duration < std::chrono::days(1)) return false;
  config.access.keep_audit = *duration;
  return true;
}

bool set_keep_outputs(Config& config, const std::string& text) {
  const auto duration = parse_duration(text);
  if (!duration || (*duration > Duration(0) && *duration < std::chrono::days(1))) return false;
  config.keep_outputs = *duration;
  return true;
}

constexpr std::array kKeys{
    ConfigKey{"journal.keep_outputs", "a duration of at least 1d, or 0s", set_keep_outputs, nullptr,
              [](const Config& c) { return format_duration(c.keep_outputs); }},
    ConfigKey{"http.tls.certificate", "a file in PEM",
              [](Config& c, const std::string& text) { return set_file(c.tls.certificate, text); }, nullptr,
              [](const Config& c) { return c.tls.certificate.string(); }},
    ConfigKey{"http.tls.key", "a file in PEM",
              [](Config& c, const std::string& text) { return set_file(c.tls.key, text); }, nullptr,
              [](const Config& c) { return c.tls.key.string(); }},
    ConfigKey{"http.tls.client_ca", "a file in PEM",
              [](Config& c, const std::string& text) { return set_file(c.tls.client_ca, text); }, nullptr,
              [](const Config& c) { return c.tls.client_ca.string(); }},
    ConfigKey{"access.tokens", "a file",
              [](Config& c, const std::string& text) { return set_file(c.access.tokens, text); }, nullptr,
              [](const Config& c) { return c.access.tokens.string(); }},
    ConfigKey{"access.requests_per_second", "a number from 1 to 100000", set_requests, nullptr,
              [](const Config& c) { return fmt::to_string(c.access.requests_per_second); }},
    ConfigKey{"access.audit", "a file",
              [](Config& c, const std::string& text) { return set_file(c.access.audit, text); }, nullptr,
              [](const Config& c) { return c.access.audit.string(); }},
    ConfigKey{"access.keep_audit", "a duration of at least 1d", set_keep, nullptr,
              [](const Config& c) { return format_duration(c.access.keep_audit); }},
};

}  // namespace

std::span<const ConfigKey> access_keys() { return kKeys; }

std::string wrong_access(const Config& config) {
  std::string wrong;
  const auto address = http::parse_listen(config.http_listen, !config.access.tokens.empty());
  if (!address) wrong += address.error().message + '\n';
  const TlsConfig& tls = config.tls;
  if (tls.certificate.empty() != tls.key.empty()) {
    wrong += "http.tls: `certificate` and `key` belong together; one of them is missing\n";
  } else if (tls.certificate.empty() && !tls.client_ca.empty()) {
    wrong += "http.tls: `client_ca` is of no use without `certificate` and `key`\n";
  }
  return wrong;
}

}  // namespace kentongan::app
