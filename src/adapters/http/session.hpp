// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "adapters/http/budget.hpp"
#include "adapters/http/channel.hpp"
#include "adapters/http/door.hpp"
#include "adapters/http/endpoints.hpp"
#include "adapters/http/late_answer.hpp"
#include "adapters/http/registry.hpp"
#include "adapters/http/server.hpp"
#include "adapters/http/tls_context.hpp"

namespace kentongan::http {

/// What all connections of a server share. Outlives its io_context.
struct Shared {
  Shared(Options given, ports::Api& api, Observer* counts, Beside beside);

  const Options options;
  const DoorPolicy policy;
  Observer* const observer;
  Endpoints endpoints;
  Registry registry;
  std::shared_ptr<Budget> body_memory;
  std::shared_ptr<Budget> reply_memory;
  std::shared_ptr<Budget> streams;
  ports::EventStream* const stream;
  std::shared_ptr<Gate> gate;
  std::atomic<bool> stopping{false};
  std::unique_ptr<TlsContext> tls;  ///< null: plain HTTP
};

/// One connection: reads a request, answers it, reads the next. All on its own strand.
class Session : public std::enable_shared_from_this<Session> {
 public:
  using Strand = Channel::Strand;
  using Socket = Channel::Socket;

  Session(Shared& shared, Socket socket);
  ~Session();

  /// False: there are as many connections as may be; the session is to be dropped after turn_away().
  [[nodiscard]] bool enter();
  /// A short 503 without waiting.
  void turn_away();
  /// Until the connection ends.
  boost::asio::awaitable<void> run();

 private:
  using Clock = std::chrono::steady_clock;
  struct Body {
    std::string bytes;
    Reservation held;
  };
  /// What is known of the request in hand.
  struct Exchange {
    Clock::time_point since;
    Route route = Route::none;
    std::string method = "other";
    bool head_only = false;
    bool keep_alive = false;
  };
  /// Something to say, or nothing where the connection is gone or out of time.
  template <class T>
  using Heard = std::optional<tl::expected<T, Reply>>;

  boost::asio::awaitable<bool> serve_one();
  boost::asio::awaitable<bool> read_some();
  boost::asio::awaitable<bool> wait_for_first_byte();
  boost::asio::awaitable<Heard<RequestHead>> hear_head();
  boost::asio::awaitable<Heard<Body>> hear_body(Framing framing);
  boost::asio::awaitable<Heard<Body>> hear_counted(Body body, std::size_t length);
  boost::asio::awaitable<Heard<Body>> hear_chunked(Body body);
  boost::asio::awaitable<std::optional<Reply>> let_in(const RequestHead& head, Request& request);
  boost::asio::awaitable<Reply> ask(Request request, Reservation held);
  boost::asio::awaitable<std::optional<Reply>> answer(const RequestHead& head, Exchange& exchange);
  /// session_stream.cpp
  boost::asio::awaitable<std::optional<Reply>> stream(const Request& request, Exchange& exchange);
  boost::asio::awaitable<std::optional<ports::EventStream::Start>> begin_stream(const Request& request);
  boost::asio::awaitable<void> follow_stream(const Request& request, ports::EventStream::Start start);
  boost::asio::awaitable<bool> write_stream(std::string text);
  boost::asio::awaitable<bool> say(Reply reply, const Exchange& exchange);
  boost::asio::awaitable<bool> say_continue();
  boost::asio::awaitable<void> linger();
  void set_deadline(std::chrono::milliseconds from_now);
  void count(const Exchange& exchange, unsigned status) const;
  void end_if_idle();

  Shared& shared_;
  std::shared_ptr<Strand> executor_;
  Channel channel_;
  std::string from_;   ///< numeric address of the other end
  std::string inbox_;  ///< bytes read and not yet used: at most a head and a piece
  Clock::time_point deadline_;
  std::optional<std::size_t> id_;
  bool idle_ = true;
  bool first_ = true;
};

}  // namespace kentongan::http
