// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/http/target.hpp"
#include "ports/event_stream.hpp"

/// Server-sent events as text (WHATWG HTML, 9.2).
namespace kentongan::http {

/// Which events a reader wants; what it does not name, it wants all of.
struct StreamWish {
  bool alerts = true;
  bool risk = true;
  std::vector<std::string> areas;  ///< codes; what lies in them too; empty: all

  [[nodiscard]] bool wants(const ports::StreamedEvent& event) const;
};

/// `type=alerts`, `type=risk` or both with a comma between, or twice; `area=CODE` likewise.
[[nodiscard]] tl::expected<StreamWish, Reply> read_wish(const Target& target);

/// What a connection begins with: how long a reader waits before it comes again, and, where there is a gap, the event
/// `reset`.
[[nodiscard]] std::string stream_greeting(bool gap);
void append_event(std::string& out, const ports::StreamedEvent& event);
/// A comment, by which proxies and readers know that the connection lives.
[[nodiscard]] std::string stream_heartbeat();

/// Status line and headers; the body ends with the connection.
[[nodiscard]] std::string stream_head();

}  // namespace kentongan::http
