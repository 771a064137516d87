// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "domain/output.hpp"

namespace kentongan::http {

/// What the server counts. Called from the server's threads, so thread-safe; must not throw or block.
class Observer {
 public:
  virtual ~Observer() = default;
  /// A reply was made. `route` is the pattern of the path ("/v1/alerts/{id}") or "other"; `method` is GET, HEAD,
  /// POST or "other". `took` runs from the whole head to the whole reply.
  virtual void answered(std::string_view route, std::string_view method, unsigned status,
                        std::chrono::nanoseconds took) = 0;
  /// An event that the door refused.
  virtual void rejected(RejectReason reason) = 0;
  /// Connections open now.
  virtual void connections(std::size_t open) = 0;
};

}  // namespace kentongan::http
