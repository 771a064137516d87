// SPDX-License-Identifier: Apache-2.0
#include "adapters/web/address.hpp"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace kentongan::web {
namespace {

struct Range4 {
  std::uint32_t first;
  int bits;
};
constexpr std::array<Range4, 14> kSpecial4{{
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared by a provider's customers
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local; also where clouds answer questions about a machine
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0A80000, 16},  // private
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 4},   // multicast
    {0xF0000000, 4},   // reserved, broadcast
}};

bool is_public4(std::uint32_t address) {
  return std::none_of(kSpecial4.begin(), kSpecial4.end(),
                      [&](const Range4& range) { return (address ^ range.first) >> (32 - range.bits) == 0; });
}

using Bytes6 = std::array<std::uint8_t, 16>;

std::uint32_t word(const Bytes6& bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 |
         bytes[at + 3];
}

bool is_public6(const Bytes6& bytes) {
  const std::uint32_t first = word(bytes, 0);
  const bool wraps = first == 0x0064FF9B && word(bytes, 4) == 0 && word(bytes, 8) == 0;  // NAT64
  if (wraps) return is_public4(word(bytes, 12));
  if (first >> 16 == 0x2002) return is_public4(word(bytes, 2));  // 6to4
  // Of all others only 2000::/3 is routed; in it 2001::/23 is for protocols, 2001:db8::/32 for documentation.
  return first >> 29 == 1 && first >> 9 != 0x20010000 >> 9 && first != 0x20010DB8;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return is_public4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address, sizeof v6);
  Bytes6 bytes{};
  std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  return is_public6(bytes);
}

}  // namespace kentongan::web
