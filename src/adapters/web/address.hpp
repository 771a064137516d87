// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

namespace kentongan::web {

/// Whether the internet routes this address to one machine: no loopback, private, link-local, shared, test, benchmark,
/// multicast or reserved one (IANA's registries of special-purpose addresses), and no IPv6 address that wraps one.
[[nodiscard]] bool is_public(const sockaddr& address);

}  // namespace kentongan::web
