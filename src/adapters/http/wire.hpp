// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "adapters/http/reply.hpp"

namespace kentongan::http {

/// The status line and headers of a reply with their empty line, dated now.
[[nodiscard]] std::string wire_head(const Reply& reply, std::size_t content_length, bool keep_alive);

}  // namespace kentongan::http
