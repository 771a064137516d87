// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace kentongan::http {

/// A reply as it stood on the wire.
struct WireReply {
  int status = 0;
  std::string head;
  std::string body;

  /// The value of a header, by its name as the server writes it; empty: there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

struct NobodyListens : std::runtime_error {
  using runtime_error::runtime_error;
};

/// A blocking TCP connection that sends any bytes. Gives up after 20 s, so that a test fails and does not hang.
class RawClient {
 public:
  /// Throws NobodyListens.
  explicit RawClient(std::uint16_t port);
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient();

  /// False: the other side has closed.
  bool send(std::string_view bytes);
  /// The next reply; nullopt: the connection ended before its end. `without_body`: a reply to HEAD or a 100.
  [[nodiscard]] std::optional<WireReply> read_reply(bool without_body = false);
  /// What has come and was not read, once it holds `text` or the connection has ended.
  [[nodiscard]] const std::string& read_until(std::string_view text);
  [[nodiscard]] const std::string& read_to_end();
  /// The other side has closed and sent nothing more.
  [[nodiscard]] bool is_at_end();

 private:
  bool fill();

  int socket_ = -1;
  std::string inbox_;
};

/// One request on a connection of its own. None: nobody listens, or the connection ended before a whole answer.
[[nodiscard]] std::optional<WireReply> exchange(std::uint16_t port, std::string_view bytes, bool without_body = false);

/// "GET /path HTTP/1.1" with a Host, ready to send.
[[nodiscard]] std::string get(std::string_view path);
[[nodiscard]] std::string post(std::string_view path, std::string_view content_type, std::string_view body);

}  // namespace kentongan::http
