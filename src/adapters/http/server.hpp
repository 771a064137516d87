// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/http/observer.hpp"
#include "adapters/http/tls_files.hpp"
#include "domain/error.hpp"
#include "ports/access.hpp"
#include "ports/answers.hpp"
#include "ports/api.hpp"
#include "ports/event_stream.hpp"

namespace kentongan::http {

/// Limits keep memory bounded whatever comes in: about max_connections * max_header + body_memory +
/// reply_memory, and what the port holds of its answers.
struct Options {
  std::string listen = "127.0.0.1:8080";  ///< without `access` loopback only; port 0: a free one
  ports::Access* access = nullptr;        ///< outlives the server; null: nobody is asked for a token
  std::string allowed_host;               ///< a Host that is served beside the loopback ones; empty: none
  TlsFiles tls;                           ///< without a certificate plain HTTP
  std::chrono::milliseconds tls_look = std::chrono::seconds(1);  ///< how often it looks whether these have changed
  /// A line about certificates that were read again (true) or are wrong (false). From a thread of the server.
  std::function<void(bool good, const std::string& line)> tell = {};
  std::size_t threads = 1;
  std::size_t max_connections = 1024;  ///< one more gets 503 and is closed
  std::size_t max_header = 16 * 1024;  ///< bytes of a head with its empty line
  std::size_t max_body = 8 * 1024 * 1024;
  std::size_t body_memory = 256 * 1024 * 1024;   ///< bytes of all bodies in hand; beyond: 503
  std::size_t reply_memory = 256 * 1024 * 1024;  ///< bytes of all large replies being sent; beyond: 503
  std::size_t max_reads = 64;                    ///< answers about alerts and risk being made; beyond: 429
  std::size_t max_streams = 64;                  ///< readers of the stream; beyond: 429
  std::chrono::milliseconds heartbeat = std::chrono::seconds(15);  ///< of a stream in which nothing happens
  std::chrono::milliseconds header_timeout =
      std::chrono::seconds(10);  ///< from accept or the first byte; so long also a handshake
  std::chrono::milliseconds body_timeout = std::chrono::seconds(30);    ///< as a whole
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);    ///< between two requests
  std::chrono::milliseconds answer_timeout = std::chrono::seconds(30);  ///< for the port; beyond: 503
  std::chrono::milliseconds write_timeout = std::chrono::seconds(30);   ///< for a whole reply
  std::chrono::milliseconds linger_timeout = std::chrono::seconds(1);   ///< reading on after a last reply
  std::chrono::milliseconds stop_timeout = std::chrono::seconds(5);     ///< for requests in hand at stop()
};

/// What is served beside the api; null: not here (404). Outlives the server.
struct Beside {
  ports::Answers* answers = nullptr;
  ports::EventStream* stream = nullptr;
};

/// An HTTP/1.1 server over ports::Api. Runs on threads of its own from start() to stop().
class Server {
 public:
  /// `api` and `observer` (may be null) outlive the server. The callbacks that the port keeps may outlive it and
  /// then answer nobody; they still count what was rejected, so the observer outlives them too. Error::usage: the
  /// address cannot be read, is not loopback (without `access`), or is taken. Raises the process's soft limit of open
  /// files where it is below what max_connections needs.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(Options options, ports::Api& api,
                                                             Observer* observer = nullptr, Beside beside = {});
  /// As stop().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;
  /// Takes no more connections, lets requests in hand finish for at most stop_timeout, closes the rest. To be
  /// called from any thread but one of the server's; a second call does nothing.
  void stop();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kentongan::http
