// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace kentongan::http {

/// host[:port] of a Host header, an absolute target or a listen address. IPv6 in brackets.
struct Authority {
  std::string host;  ///< lower case, without brackets
  std::optional<std::uint16_t> port;
};

[[nodiscard]] std::optional<Authority> parse_authority(std::string_view text);

/// `localhost`, 127.0.0.0/8 and ::1. A name that merely resolves to loopback is none: that is how a page from
/// elsewhere would reach this server through a visitor's browser (DNS rebinding).
[[nodiscard]] bool is_loopback(std::string_view host);

/// Where to listen.
struct ListenAddress {
  std::string ip;  ///< numeric
  std::uint16_t port = 0;
};
/// "127.0.0.1:8080", "localhost:8080" or "[::1]:8080"; port 0 lets the system choose. Error::usage for what
/// cannot be read; without `tokens` also for an address beyond loopback.
[[nodiscard]] Result<ListenAddress> parse_listen(std::string_view text, bool tokens = false);

}  // namespace kentongan::http
