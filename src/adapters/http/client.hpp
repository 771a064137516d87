// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "domain/error.hpp"

namespace kentongan::http {

struct Answered {
  unsigned status = 0;
  std::string body;
};

/// Posts to a service of this program. `listen` is its address and port as in http.listen. Error::failed: it does not
/// answer there within `limit`.
[[nodiscard]] Result<Answered> post(const std::string& listen, std::string_view path, std::string_view content_type,
                                    std::string_view body, std::chrono::milliseconds limit);

/// The same, asking for a page.
[[nodiscard]] Result<Answered> get(const std::string& listen, std::string_view path, std::chrono::milliseconds limit);

}  // namespace kentongan::http
