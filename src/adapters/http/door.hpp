// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/request.hpp"

namespace kentongan::http {

struct DoorPolicy {
  std::size_t max_body = 8 * 1024 * 1024;  ///< bytes
  std::string allowed_host;                ///< a name served beside the loopback ones; empty: none
  /// Tokens are asked for: no page can make a browser send one, so every Host is served, and a page may post to the
  /// host that it came from.
  bool tokens = false;
};

/// Everything about a request that can be judged before its body is read, in this order: method (501),
/// target (400), Host (400, 421), path (404), method for the path (405), foreign Origin (403), length (413), content
/// type (415), Expect (417). On success the target and the kind of body; the body itself is still empty.
[[nodiscard]] tl::expected<Request, Reply> open_door(const RequestHead& head, const DoorPolicy& policy);

/// Of POST /v1/events; nullopt: not a type that is taken.
[[nodiscard]] std::optional<ports::BodyKind> body_kind(std::string_view content_type);

}  // namespace kentongan::http
