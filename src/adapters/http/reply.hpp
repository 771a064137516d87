// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kentongan::http {

/// What is sent back for a request. Plain data: the session adds Content-Length, Date and Connection.
struct Reply {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string allow;      ///< value of Allow; empty: none
  std::string challenge;  ///< value of WWW-Authenticate; empty: none
  int retry_after = 0;    ///< seconds; 0: none
  std::string headers;    ///< more of them, each with its CR LF
  bool close = false;     ///< the connection ends after this reply, whatever the client asked for
};

/// Why a request is refused before its handler sees it.
struct Refusal {
  unsigned status = 400;
  std::string detail;  ///< one sentence: what is wrong and what to do
};

/// "Not Found" for 404; "Error" for a status that the server never sends.
[[nodiscard]] std::string_view reason_phrase(unsigned status);

[[nodiscard]] Reply json_reply(unsigned status, std::string body);

/// RFC 9457 application/problem+json: type, title, status, detail. `members` are further members as JSON
/// text, each led by a comma (`,"rejected":[]`).
[[nodiscard]] Reply problem(unsigned status, std::string_view detail, std::string_view members = {});

/// 429 or 503 with Retry-After.
[[nodiscard]] Reply try_later(unsigned status, std::string_view detail, int seconds);

/// The problem of a refusal; the connection is closed, as what follows on it cannot be trusted.
[[nodiscard]] Reply refused(const Refusal& refusal);

}  // namespace kentongan::http
