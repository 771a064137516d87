// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <tl/expected.hpp>

#include "adapters/http/reply.hpp"

/// The strict reading of the bytes that delimit a request, before a library parses them. A message that two
/// programs in a row could cut in different places (request smuggling) is refused, never repaired:
///
///   head       = request-line CRLF *( field-line CRLF ) CRLF
///   field-line = token ":" OWS value OWS          no fold, no space before the colon
///   one Host (HTTP/1.1), at most one Content-Length of digits, at most one Transfer-Encoding: chunked,
///   never both, the latter only in HTTP/1.1
namespace kentongan::http {

/// How the body behind a head is delimited.
struct Framing {
  bool chunked = false;
  std::uint64_t content_length = 0;
  int minor_version = 1;  ///< HTTP/1.x
};

/// Finds the end of a head in bytes as they arrive. One object per request.
class HeadEnd {
 public:
  /// `bytes` is everything of this request so far. The head's length with its empty line; nullopt: not whole
  /// yet; a refusal as soon as a byte can be in no head (NUL, bare CR, bare LF, other controls).
  [[nodiscard]] tl::expected<std::optional<std::size_t>, Refusal> find(std::string_view bytes);

 private:
  std::size_t scanned_ = 0;
};

/// Judges a whole head, its empty line included.
[[nodiscard]] tl::expected<Framing, Refusal> judge_framing(std::string_view head);

/// RFC 9110 token, at least one character.
[[nodiscard]] bool is_token(std::string_view text);
/// A header or trailer line without its CRLF: a token, a colon, a value without controls.
[[nodiscard]] bool is_field_line(std::string_view line);

}  // namespace kentongan::http
