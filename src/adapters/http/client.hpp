// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "domain/error.hpp"

namespace kentongan::http {

struct Answered {
  unsigned status = 0;
  std::string body;
};

/// A service of this program, and what to show there.
struct Peer {
  Peer(std::string address) : listen(std::move(address)) {}  // an address alone is one

  std::string listen;      ///< address and port as in http.listen
  std::string token = {};  ///< for Authorization; empty: none
  bool tls = false;
  std::string ca_file = {};  ///< authorities, PEM; empty: those of the system
  std::string pinned = {};   ///< the very certificate that it must have, PEM, whatever name that is for; empty: any
};

/// Posts to it. Error::failed: it does not answer there within `limit`; Error::usage: the authorities cannot be read.
[[nodiscard]] Result<Answered> post(const Peer& peer, std::string_view path, std::string_view content_type,
                                    std::string_view body, std::chrono::milliseconds limit);

/// The same, asking for a page.
[[nodiscard]] Result<Answered> get(const Peer& peer, std::string_view path, std::chrono::milliseconds limit);

}  // namespace kentongan::http
