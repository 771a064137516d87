// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/authority.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>

namespace kentongan::http {
namespace {

constexpr std::size_t kLongestHost = 253;

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

bool is_ipv6(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool is_ipv4(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, port);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return port;
}

}  // namespace

std::optional<Authority> parse_authority(std::string_view text) {
  Authority authority;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    authority.host = lower(text.substr(1, end - 1));
    if (!is_ipv6(authority.host)) return std::nullopt;
    rest = text.substr(end + 1);
  } else {
    const auto colon = text.find(':');
    authority.host = lower(text.substr(0, colon));
    const auto& host = authority.host;
    if (host.empty() || host.size() > kLongestHost || !std::all_of(host.begin(), host.end(), is_host_char)) {
      return std::nullopt;
    }
    rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
  }
  if (rest.empty()) return authority;
  if (rest.front() != ':') return std::nullopt;
  authority.port = parse_port(rest.substr(1));
  if (!authority.port) return std::nullopt;
  return authority;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost") return true;
  const std::string text(host);
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, text.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

Result<ListenAddress> parse_listen(std::string_view text, bool tokens) {
  const std::string quoted = "http.listen `" + std::string(text) + "`";
  const auto authority = parse_authority(text);
  if (!authority || !authority->port) {
    return fail(Error::Kind::usage, quoted + " is not ADDRESS:PORT; write for example 127.0.0.1:8080 or [::1]:8080.");
  }
  const bool numeric = is_ipv4(authority->host) || is_ipv6(authority->host);
  if (!is_loopback(authority->host) && !tokens) {
    return fail(Error::Kind::usage,
                quoted +
                    " can be reached from other machines, and this server asks for no access token. Set access.tokens "
                    "(`kentongan token create` makes the file), or listen on 127.0.0.1 or [::1].");
  }
  if (!numeric && !is_loopback(authority->host)) {
    return fail(Error::Kind::usage, quoted + " is a name; write the address, such as 0.0.0.0:8080 for all of them.");
  }
  return ListenAddress{numeric ? authority->host : "127.0.0.1", *authority->port};
}

}  // namespace kentongan::http
