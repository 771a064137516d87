// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http/authority.hpp"
#include "adapters/http/session.hpp"

namespace kentongan::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, Session::Strand>;
constexpr auto kAsTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kAcceptPause{100};  ///< when accept fails, as it does without free descriptors
constexpr rlim_t kOtherFiles = 256;                     ///< journal, rules, log and the like

void raise_file_limit(std::size_t connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = static_cast<rlim_t>(connections) + kOtherFiles;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

tl::unexpected<Error> cannot_listen(const std::string& listen, const boost::system::error_code& error) {
  if (error == asio::error::address_in_use) {
    return fail(Error::Kind::failed, "http.listen `" + listen +
                                         "`: the port is taken by another program. Stop that one (`ss -ltnp` names it) "
                                         "or choose another port.");
  }
  if (error == asio::error::access_denied) {
    return fail(Error::Kind::failed, "http.listen `" + listen + "`: not permitted; ports below 1024 need privileges.");
  }
  return fail(Error::Kind::failed, "http.listen `" + listen + "`: " + error.message() + '.');
}

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, ports::Api& api, Observer* observer, Beside beside)
      : shared_(std::move(options), api, observer, beside), acceptor_(asio::make_strand(io_)) {}

  ~Impl() { stop(); }

  Result<void> open() {
    const auto address = parse_listen(shared_.options.listen, shared_.options.access != nullptr);
    if (!address) return tl::unexpected(address.error());
    if (shared_.options.tls.wanted()) {
      auto tls = TlsContext::open(shared_.options.tls, shared_.options.tls_look, shared_.options.tell);
      if (!tls) return tl::unexpected(tls.error());
      shared_.tls = *std::move(tls);
    }
    raise_file_limit(shared_.options.max_connections);
    boost::system::error_code error;
    const tcp::endpoint endpoint(asio::ip::make_address(address->ip), address->port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(Acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return cannot_listen(shared_.options.listen, error);
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
    for (std::size_t i = 0; i < std::max<std::size_t>(1, shared_.options.threads); ++i) {
      threads_.emplace_back([this] { work(); });
    }
    return {};
  }

  void stop() {
    if (shared_.stopping.exchange(true) || threads_.empty()) return;
    asio::post(acceptor_.get_executor(), [this] {
      boost::system::error_code ignored;
      acceptor_.close(ignored);
    });
    shared_.registry.ask_all();
    shared_.registry.wait_until_empty(shared_.options.stop_timeout);
    io_.stop();
    for (auto& thread : threads_) thread.join();
    shared_.gate->close();
  }

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  void work() {
    while (!io_.stopped()) {
      try {
        io_.run();
        return;
      } catch (const std::exception&) {
        // Of one connection: it is closed, the others go on.
      }
    }
  }

  asio::awaitable<void> accept() {
    asio::steady_timer pause(acceptor_.get_executor());
    while (!shared_.stopping) {
      auto [error, socket] = co_await acceptor_.async_accept(asio::make_strand(io_), kAsTuple);
      if (shared_.stopping) break;
      if (error) {
        pause.expires_after(kAcceptPause);
        co_await pause.async_wait(kAsTuple);
        continue;
      }
      greet(std::move(socket));
    }
  }

  void greet(Session::Socket socket) {
    try {
      const auto executor = socket.get_executor();
      const auto session = std::make_shared<Session>(shared_, std::move(socket));
      if (!session->enter()) return session->turn_away();
      asio::co_spawn(
          executor, [session]() -> asio::awaitable<void> { co_await session->run(); }, asio::detached);
    } catch (const std::exception&) {
      // Out of memory: this connection is closed, the next may find some.
    }
  }

  Shared shared_;  // outlives io_, in which sessions may be left at the end
  asio::io_context io_;
  Acceptor acceptor_;
  std::vector<std::thread> threads_;
  std::uint16_t port_ = 0;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Options options, ports::Api& api, Observer* observer, Beside beside) {
  try {
    auto impl = std::make_unique<Impl>(std::move(options), api, observer, beside);
    if (const auto opened = impl->open(); !opened) return tl::unexpected(opened.error());
    return std::unique_ptr<Server>(new Server(std::move(impl)));
  } catch (const std::exception& error) {
    return fail(Error::Kind::failed, std::string("The HTTP server could not start: ") + error.what());
  }
}

std::uint16_t Server::port() const noexcept { return impl_->port(); }
void Server::stop() { impl_->stop(); }

}  // namespace kentongan::http
