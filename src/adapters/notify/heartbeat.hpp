// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "adapters/web/client.hpp"

namespace kentongan::notify {

/// Tells an outside watcher that all is well: one GET, whose answer must be 2xx. Empty: it was heard; else why not.
[[nodiscard]] std::string beat(const web::Client& client, const std::string& url);

}  // namespace kentongan::notify
