// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What is sent to other machines: HTTP requests and mail, one exchange a call.
///
/// Certificates and the names in them are always checked, TLS is 1.2 or newer, redirects are never followed, proxies of
/// the environment are not used. An address is looked at when it is connected to, so that no name can lead somewhere
/// else than where it was when it was judged.
namespace kentongan::web {

struct Network {
  /// Loopback, private, link-local and other addresses that the internet does not route may be connected to, and
  /// http:// be spoken with them. False: only public addresses, only with TLS.
  bool own_networks = false;
  std::filesystem::path ca_file = {};  ///< authorities in PEM; empty: those of the system
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds whole{20'000};  ///< from the name to the last byte of the answer
  std::size_t answer_bytes = 256 << 10;     ///< what is kept of an answer; the rest is not read
  const std::atomic<bool>* stop = nullptr;  ///< true: exchanges end within about a second
};

struct Request {
  std::string method = "POST";
  std::string url;  ///< http:// or https://; may hold a secret: it is never repeated in an answer
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  std::optional<std::chrono::milliseconds> whole = {};  ///< instead of that of the network
};

/// What came of an exchange.
enum class Reached : unsigned char {
  answered,
  unreachable,  ///< no connection, no whole answer, no trust, out of time
  forbidden,    ///< the address, or a URL without TLS, is none that may be connected to
  wrong_url,
  stopped,
};

struct Answer {
  Reached reached = Reached::unreachable;
  int status = 0;  ///< of HTTP, or the last code of SMTP; 0: none came
  std::string body = {};
  bool cut = false;  ///< the answer was longer than answer_bytes
  std::optional<std::chrono::seconds> retry_after = {};
  std::string why = {};  ///< where nothing was answered: host and reason, for the operator; never a secret
};

struct Mail {
  std::string server;     ///< smtp://HOST:PORT, which begins TLS by STARTTLS, or smtps://HOST:PORT
  std::string user = {};  ///< empty: without authentication
  std::string password = {};
  std::string from;  ///< address alone
  std::string to;    ///< address alone
  std::string text;  ///< headers and body, CR LF
};

/// Thread-safe: calls share nothing.
class Client {
 public:
  explicit Client(Network network) : network_(std::move(network)) {}
  [[nodiscard]] Answer send(const Request& request) const;
  [[nodiscard]] Answer send(const Mail& mail) const;
  [[nodiscard]] const Network& network() const noexcept { return network_; }

 private:
  Network network_;
};

}  // namespace kentongan::web
