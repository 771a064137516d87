// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/session.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <tuple>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "adapters/http/chunks.hpp"
#include "adapters/http/permissions.hpp"
#include "adapters/http/wire.hpp"

namespace kentongan::http {
namespace {

namespace asio = boost::asio;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kPiece = 16 * 1024;
constexpr std::size_t kSmallReply = 64 * 1024;  ///< needs no reservation

Reply out_of_memory() {
  Reply reply = try_later(503, "The bodies in hand take all the memory set aside for them; send this again.", 1);
  reply.close = true;
  return reply;
}

Reply internal_error() { return problem(500, "The request failed inside the server."); }

}  // namespace

Shared::Shared(Options given, ports::Api& api, Observer* counts, Beside beside)
    : options(std::move(given)),
      policy{options.max_body, options.allowed_host, options.access != nullptr},
      observer(counts),
      endpoints(api, counts, options.max_reads, beside.answers),
      registry(options.max_connections, counts),
      body_memory(std::make_shared<Budget>(options.body_memory)),
      reply_memory(std::make_shared<Budget>(options.reply_memory)),
      streams(std::make_shared<Budget>(options.max_streams)),
      stream(beside.stream),
      gate(std::make_shared<Gate>()) {}

Session::Session(Shared& shared, Socket socket)
    : shared_(shared),
      executor_(std::make_shared<Strand>(socket.get_executor())),
      channel_(std::move(socket), shared.tls ? shared.tls->current() : nullptr) {
  boost::system::error_code error;
  const auto other = channel_.socket().remote_endpoint(error);
  if (!error) from_ = other.address().to_string();
}

Session::~Session() {
  if (id_) shared_.registry.leave(*id_);
}

bool Session::enter() {
  id_ = shared_.registry.enter([weak = weak_from_this(), executor = std::weak_ptr(executor_)] {
    const auto strand = executor.lock();
    if (!strand) return;
    asio::post(*strand, [weak] {
      if (const auto self = weak.lock()) self->end_if_idle();
    });
  });
  return id_.has_value();
}

void Session::turn_away() {
  if (channel_.encrypted()) return;  // a handshake would have to come first
  Reply reply = try_later(503, "All connections are in use.", 1);
  const auto text = wire_head(reply, reply.body.size(), false) + reply.body;
  auto& socket = channel_.socket();
  boost::system::error_code error;
  socket.non_blocking(true, error);
  socket.write_some(asio::buffer(text), error);
  socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  // What has come already is read: closing over unread bytes would reset the connection and with it the reply.
  std::array<char, 1024> waste{};
  for (int i = 0; i < 16 && !error; ++i) socket.read_some(asio::buffer(waste), error);
}

void Session::end_if_idle() {
  if (idle_) channel_.below().close();
}

void Session::set_deadline(std::chrono::milliseconds from_now) {
  deadline_ = Clock::now() + from_now;
  channel_.below().expires_at(deadline_);
}

asio::awaitable<void> Session::run() {
  boost::system::error_code ignored;
  channel_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  set_deadline(shared_.options.header_timeout);
  if (co_await channel_.open()) {
    while (co_await serve_one()) {
    }
  }
  channel_.below().close();
}

asio::awaitable<bool> Session::read_some() {
  if (Clock::now() >= deadline_) co_return false;
  const auto used = inbox_.size();
  inbox_.resize(used + kPiece);
  const auto [error, count] = co_await channel_.read_some(asio::buffer(inbox_.data() + used, kPiece));
  inbox_.resize(used + count);
  co_return !error;
}

/// Between two requests a connection may rest longer than a head may take.
asio::awaitable<bool> Session::wait_for_first_byte() {
  set_deadline(first_ ? shared_.options.header_timeout : shared_.options.idle_timeout);
  if (!inbox_.empty()) {
    set_deadline(shared_.options.header_timeout);
    co_return true;
  }
  idle_ = true;
  if (shared_.stopping) co_return false;
  const bool came = co_await read_some();
  idle_ = false;
  if (!std::exchange(first_, false)) set_deadline(shared_.options.header_timeout);
  co_return came;
}

asio::awaitable<Session::Heard<RequestHead>> Session::hear_head() {
  if (!co_await wait_for_first_byte()) co_return std::nullopt;
  while (inbox_.size() < 2 && std::string_view("\r\n").starts_with(inbox_)) {
    if (!co_await read_some()) co_return std::nullopt;
  }
  if (inbox_.starts_with("\r\n")) inbox_.erase(0, 2);  // RFC 9112, 2.2: one empty line before a request
  HeadEnd head_end;
  while (true) {
    const auto size = head_end.find(std::string_view(inbox_).substr(0, shared_.options.max_header));
    if (!size) co_return tl::unexpected(refused(size.error()));
    if (*size) {
      auto head = read_head(std::string_view(inbox_).substr(0, **size));
      inbox_.erase(0, **size);
      if (!head) co_return tl::unexpected(refused(head.error()));
      co_return std::move(*head);
    }
    if (inbox_.size() >= shared_.options.max_header) {
      co_return tl::unexpected(
          refused({431, "The header is longer than " + std::to_string(shared_.options.max_header) + " bytes."}));
    }
    if (!co_await read_some()) co_return std::nullopt;
  }
}

asio::awaitable<Session::Heard<Session::Body>> Session::hear_body(Framing framing) {
  set_deadline(shared_.options.body_timeout);
  Body body{{}, Reservation(shared_.body_memory)};
  if (framing.chunked) co_return co_await hear_chunked(std::move(body));
  co_return co_await hear_counted(std::move(body), static_cast<std::size_t>(framing.content_length));
}

/// Memory grows with the bytes that came, not with those that were announced.
asio::awaitable<Session::Heard<Session::Body>> Session::hear_counted(Body body, std::size_t length) {
  const auto ready = std::min(length, inbox_.size());
  if (!body.held.grow_to(std::max(ready, kPiece))) co_return tl::unexpected(out_of_memory());
  body.bytes.assign(inbox_, 0, ready);
  inbox_.erase(0, ready);
  while (body.bytes.size() < length) {
    if (Clock::now() >= deadline_) co_return std::nullopt;
    const auto used = body.bytes.size();
    const auto space = std::min(length - used, std::max(used, kPiece));
    if (!body.held.grow_to(used + space)) co_return tl::unexpected(out_of_memory());
    body.bytes.resize(used + space);
    const auto [error, count] = co_await channel_.read_some(asio::buffer(body.bytes.data() + used, space));
    body.bytes.resize(used + count);
    if (error) co_return std::nullopt;
  }
  co_return std::move(body);
}

asio::awaitable<Session::Heard<Session::Body>> Session::hear_chunked(Body body) {
  ChunkReader chunks(shared_.options.max_body);
  while (true) {
    if (!body.held.grow_to(std::max(body.bytes.capacity(), body.bytes.size() + inbox_.size()))) {
      co_return tl::unexpected(out_of_memory());
    }
    std::string_view rest = inbox_;
    const auto state = chunks.read(rest, body.bytes);
    inbox_.erase(0, inbox_.size() - rest.size());
    if (state == ChunkReader::State::refused) co_return tl::unexpected(refused(chunks.refusal()));
    if (state == ChunkReader::State::whole) co_return std::move(body);
    if (!co_await read_some()) co_return std::nullopt;
  }
}

/// Who asks, and whether this route is for them; the reply to those whom it is not for.
asio::awaitable<std::optional<Reply>> Session::let_in(const RequestHead& head, Request& request) {
  request.caller.from = from_;
  auto* const access = shared_.options.access;
  if (access == nullptr || !needs_token(request.target.route, from_)) co_return std::nullopt;
  using Answer = LateAnswer<ports::Admission, Strand>;
  auto answer = std::make_shared<Answer>(shared_.gate, executor_);
  access->ask(head.authorization, from_, [answer](ports::Admission admission) { answer->give(std::move(admission)); });
  auto admission = co_await answer->wait(Clock::now() + shared_.options.answer_timeout);
  if (!admission) co_return try_later(503, "The token could not be checked in time; send this again.", 1);
  if (admission->verdict != ports::Admission::Verdict::admitted) co_return reply_to(*admission);
  request.caller = std::move(admission->caller);
  co_return fault_of_role(request.caller, request.target.route);
}

asio::awaitable<Reply> Session::ask(Request request, Reservation held) {
  using Answer = LateAnswer<MakeReply, Strand>;
  auto answer = std::make_shared<Answer>(shared_.gate, executor_);
  try {
    shared_.endpoints.answer(std::move(request), std::move(held),
                             [answer](MakeReply make) { answer->give(std::move(make)); });
  } catch (const std::exception&) {
    co_return internal_error();
  }
  auto make = co_await answer->wait(Clock::now() + shared_.options.answer_timeout);
  if (!make) {
    co_return try_later(503, "No answer in time; what was sent may have been kept. Sending it again does no harm.", 5);
  }
  try {
    co_return (*make)();
  } catch (const std::exception&) {
    co_return internal_error();
  }
}

/// False: the connection is to be closed.
asio::awaitable<bool> Session::say(Reply reply, const Exchange& exchange) {
  Reservation held(shared_.reply_memory);
  if (!exchange.head_only && reply.body.size() > kSmallReply && !held.grow_to(reply.body.size())) {
    reply = try_later(503, "The replies in hand take all the memory set aside for them; ask again.", 1);
  }
  const bool keep = exchange.keep_alive && !reply.close && !shared_.stopping;
  const auto head = wire_head(reply, reply.body.size(), keep);
  const std::array<asio::const_buffer, 2> parts{asio::buffer(head),
                                                exchange.head_only ? asio::const_buffer() : asio::buffer(reply.body)};
  set_deadline(shared_.options.write_timeout);
  const auto [error, sent] = co_await channel_.write(parts);
  count(exchange, reply.status);
  co_return keep && !error;
}

asio::awaitable<bool> Session::say_continue() {
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  set_deadline(shared_.options.write_timeout);
  const auto [error, count] = co_await channel_.write(asio::buffer(kContinue));
  co_return !error;
}

/// Ends our side and reads on for a while, so that a client that is still sending gets to read the reply.
asio::awaitable<void> Session::linger() {
  set_deadline(shared_.options.linger_timeout);
  idle_ = true;
  if (!co_await channel_.end_writing()) co_return;
  inbox_.resize(kPiece);
  while (Clock::now() < deadline_) {
    const auto [error, count] = co_await channel_.below().async_read_some(asio::buffer(inbox_), kAsTuple);
    if (error) co_return;
  }
}

void Session::count(const Exchange& exchange, unsigned status) const {
  if (shared_.observer == nullptr) return;
  const auto& method = exchange.method;
  const bool known = method == "GET" || method == "HEAD" || method == "POST";
  shared_.observer->answered(spec_of(exchange.route).pattern, known ? std::string_view(method) : "other", status,
                             Clock::now() - exchange.since);
}

/// Reads the body where there is one and asks the port; nullopt: the connection is gone.
asio::awaitable<std::optional<Reply>> Session::answer(const RequestHead& head, Exchange& exchange) {
  exchange.method = head.method;
  exchange.head_only = head.method == "HEAD";
  exchange.keep_alive = head.keep_alive;
  auto request = open_door(head, shared_.policy);
  if (!request) {
    exchange.route = read_target(head.target).value_or(Target{}).route;
    co_return std::move(request.error());
  }
  exchange.route = request->target.route;
  auto refusal = co_await let_in(head, *request);
  if (refusal) {
    if (head.has_body()) refusal->close = true;  // it is not read, whoever sends it
    co_return std::move(refusal);
  }
  if (!request->posts) {
    if (exchange.route == Route::stream) co_return co_await stream(*request, exchange);
    if (head.has_body()) exchange.keep_alive = false;  // nobody reads it: it would be taken for the next request
    co_return co_await ask(std::move(*request), Reservation(shared_.body_memory));
  }
  if (!head.expect.empty() && head.has_body() && inbox_.empty() && head.framing.minor_version == 1) {
    if (!co_await say_continue()) co_return std::nullopt;
  }
  auto body = co_await hear_body(head.framing);
  if (!body) co_return std::nullopt;
  if (!*body) {
    body->error().close = true;
    co_return std::move(body->error());
  }
  request->body = std::move((*body)->bytes);
  co_return co_await ask(std::move(*request), std::move((*body)->held));
}

/// False: the connection is to be closed.
asio::awaitable<bool> Session::serve_one() {
  auto head = co_await hear_head();
  if (!head) co_return false;
  Exchange exchange;
  exchange.since = Clock::now();
  std::optional<Reply> reply;
  if (*head) {
    reply = co_await answer(**head, exchange);
  } else {
    reply = std::move(head->error());
  }
  if (!reply) co_return false;
  if (co_await say(std::move(*reply), exchange)) co_return true;
  co_await linger();
  co_return false;
}

}  // namespace kentongan::http
