// SPDX-License-Identifier: Apache-2.0
//
// GET /v1/stream. A reader that does not keep up is dropped, and comes again with the id of its last event.
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http/event_text.hpp"
#include "adapters/http/permissions.hpp"
#include "adapters/http/session.hpp"

namespace kentongan::http {
namespace {

namespace asio = boost::asio;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kLookAgain{100};
constexpr std::chrono::seconds kMostPatience{5};  ///< until the stream has been fetched
/// So long a token lets read; then the reader comes again with it, and is asked again.
constexpr std::chrono::minutes kTokenHolds{5};
constexpr std::size_t kSlice = 64;  ///< events written at once

}  // namespace

/// A reply where nothing is streamed; none: the connection is to be closed.
asio::awaitable<std::optional<Reply>> Session::stream(const Request& request, Exchange& exchange) {
  exchange.keep_alive = false;
  if (shared_.stream == nullptr) co_return problem(404, "There is nothing at this path.");
  if (const auto wish = read_wish(request.target); !wish) co_return wish.error();
  Reservation slot(shared_.streams);
  if (!slot.grow_to(1)) co_return try_later(429, "Too many read the stream at the same time.", 5);
  if (!exchange.head_only) {
    auto start = co_await begin_stream(request);
    if (!start) co_return try_later(503, "The stream cannot be read just now.", 5);
    count(exchange, 200);
    co_await follow_stream(request, *std::move(start));
    co_return std::nullopt;
  }
  count(exchange, 200);
  (void)co_await write_stream(stream_head());
  co_return std::nullopt;
}

asio::awaitable<std::optional<ports::EventStream::Start>> Session::begin_stream(const Request& request) {
  std::string_view last = request.last_event_id;
  if (last.empty()) last = request.target.parameter("last_event_id");
  asio::steady_timer timer(co_await asio::this_coro::executor);
  const auto until = Clock::now() + kMostPatience;
  for (;;) {
    auto start = shared_.stream->begin(last);
    if (start || shared_.stopping || Clock::now() >= until) co_return start;
    timer.expires_after(kLookAgain);
    co_await timer.async_wait(kAsTuple);
  }
}

asio::awaitable<void> Session::follow_stream(const Request& request, ports::EventStream::Start start) {
  const auto wish = read_wish(request.target);
  if (!co_await write_stream(stream_head() + stream_greeting(start.gap))) co_return;
  asio::steady_timer timer(co_await asio::this_coro::executor);
  auto written = Clock::now();
  idle_ = true;  // may be closed at any moment: nothing is lost
  const auto until = request.caller.role ? Clock::now() + kTokenHolds : Clock::time_point::max();
  while (!shared_.stopping && Clock::now() < until) {
    std::vector<ports::StreamedEvent> events;
    if (!shared_.stream->read(start.cursor, kSlice, events)) co_return;
    std::string text;
    for (const auto& event : events) {
      if (!wish->wants(event) || !ports::covers(request.caller.areas, event.area)) continue;
      append_event(text, for_caller(request.caller, event));
    }
    if (text.empty() && Clock::now() - written >= shared_.options.heartbeat) text = stream_heartbeat();
    if (!text.empty()) {
      if (!co_await write_stream(std::move(text))) co_return;
      written = Clock::now();
    }
    if (events.size() == kSlice) continue;
    timer.expires_after(kLookAgain);
    co_await timer.async_wait(kAsTuple);
  }
}

asio::awaitable<bool> Session::write_stream(std::string text) {
  set_deadline(shared_.options.write_timeout);
  const auto [error, sent] = co_await channel_.write(asio::buffer(text));
  co_return !error;
}

}  // namespace kentongan::http
