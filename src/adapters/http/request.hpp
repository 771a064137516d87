// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "adapters/http/framing.hpp"
#include "adapters/http/reply.hpp"
#include "adapters/http/target.hpp"
#include "ports/api.hpp"

namespace kentongan::http {

/// A request's head: what the server uses of it.
struct RequestHead {
  std::string method;
  std::string target;
  std::string host;  ///< empty when there was none (HTTP/1.0)
  std::string content_type;
  std::string content_encoding;
  std::string origin;
  std::string expect;
  std::string authorization;
  std::string signature;      ///< X-Hub-Signature-256, of a callback
  std::string last_event_id;  ///< of a reader of the stream that comes again
  TraceContext trace;         ///< as it came
  Framing framing;
  bool keep_alive = false;

  [[nodiscard]] bool has_body() const noexcept { return framing.chunked || framing.content_length > 0; }
};

/// Judges the framing of a whole head, then parses it.
[[nodiscard]] tl::expected<RequestHead, Refusal> read_head(std::string_view raw);

/// A request that the door let in.
struct Request {
  Target target;
  bool posts = false;     ///< POST; else GET or HEAD
  std::string signature;  ///< as it came
  std::string last_event_id;
  ports::BodyKind body_kind = ports::BodyKind::by_shape;  ///< of POST /v1/events
  std::string body;
  TraceContext trace;  ///< as it came
  ports::Caller caller;
};

}  // namespace kentongan::http
