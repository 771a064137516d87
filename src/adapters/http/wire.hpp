// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "adapters/http/reply.hpp"

namespace kentongan::http {

/// The status line and headers of a reply with their empty line, dated now. Without a length the body ends with the
/// connection.
[[nodiscard]] std::string wire_head(const Reply& reply, std::optional<std::size_t> content_length, bool keep_alive);

}  // namespace kentongan::http
