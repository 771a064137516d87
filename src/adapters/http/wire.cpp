// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/wire.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <iterator>

namespace kentongan::http {

std::string wire_head(const Reply& reply, std::optional<std::size_t> content_length, bool keep_alive) {
  std::string head;
  auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\n", reply.status, reason_phrase(reply.status));
  fmt::format_to(out, "Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(std::time(nullptr)));
  fmt::format_to(out, "Content-Type: {}\r\n", reply.content_type);
  if (content_length) fmt::format_to(out, "Content-Length: {}\r\n", *content_length);
  if (!reply.allow.empty()) fmt::format_to(out, "Allow: {}\r\n", reply.allow);
  if (!reply.challenge.empty()) fmt::format_to(out, "WWW-Authenticate: {}\r\n", reply.challenge);
  if (reply.retry_after > 0) fmt::format_to(out, "Retry-After: {}\r\n", reply.retry_after);
  head += reply.headers;
  head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

}  // namespace kentongan::http
