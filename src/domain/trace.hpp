// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace kentongan {

/// The W3C trace context that came with an event: of which request it was a part. Passed on to what the event
/// brings about, never looked at.
struct TraceContext {
  std::string parent;  ///< `traceparent`; empty: there is none
  std::string state;   ///< `tracestate`; only beside a parent

  [[nodiscard]] bool empty() const noexcept { return parent.empty(); }
  friend bool operator==(const TraceContext&, const TraceContext&) = default;
};

}  // namespace kentongan
