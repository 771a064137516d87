// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "adapters/http/authority.hpp"
#include "adapters/kafka/settings.hpp"
#include "app/doctor/checks.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kentongan::app::doctor {
namespace {

/// 0: the address is free; else the reason.
int try_to_bind(const http::ListenAddress& address) {
  sockaddr_in6 six{};
  sockaddr_in four{};
  const bool is_six = inet_pton(AF_INET6, address.ip.c_str(), &six.sin6_addr) == 1;
  if (!is_six && inet_pton(AF_INET, address.ip.c_str(), &four.sin_addr) != 1) return EADDRNOTAVAIL;
  six.sin6_family = AF_INET6;
  four.sin_family = AF_INET;
  six.sin6_port = four.sin_port = htons(address.port);
  const int descriptor = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return errno;
  const int on = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const auto* name = is_six ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<const sockaddr*>(&four);
  const int bound = bind(descriptor, name, is_six ? sizeof six : sizeof four);
  const int reason = bound == 0 ? 0 : errno;
  close(descriptor);
  return reason;
}

}  // namespace

Findings check_variables() {
  Findings findings;
  for (const std::string& line : misspelt_variables()) {
    findings.push_back(doubtful("environment", line, "correct its name, or unset it"));
  }
  return findings;
}

Findings check_secrets(const Config& config) {
  Findings findings;
  if (config.journal != JournalKind::kafka) return findings;
  for (const auto& [name, value] : config.kafka.properties) {
    const auto resolved = kafka::resolve_property(name, value);
    if (resolved) continue;
    findings.push_back(bad("secrets", resolved.error().message, "give it to the user that runs the service"));
  }
  return findings;
}

Finding check_listen(const Config& config, bool served) {
  constexpr std::string_view kCheck = "listen";
  const auto address = http::parse_listen(config.http_listen, !config.access.tokens.empty());
  if (!address) return bad(kCheck, address.error().message, "correct http.listen");
  const int reason = try_to_bind(*address);
  if (reason == 0) return good(kCheck, fmt::format("{} is free", config.http_listen));
  if (reason == EADDRINUSE && served)
    return good(kCheck, fmt::format("{} is in use by the service", config.http_listen));
  return bad(kCheck, fmt::format("{} cannot be listened on ({})", config.http_listen, std::strerror(reason)),
             "stop the program that uses it (ss -ltnp shows which), or give http.listen another port");
}

}  // namespace kentongan::app::doctor
