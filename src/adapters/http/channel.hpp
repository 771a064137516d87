// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>

namespace kentongan::http {

/// The bytes of a connection, with or without TLS. Deadlines are those of the stream below.
class Channel {
 public:
  using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;
  using Stream = boost::beast::basic_stream<boost::asio::ip::tcp, Strand>;
  using Done = std::tuple<boost::system::error_code, std::size_t>;

  /// `tls` null: none.
  Channel(Socket socket, std::shared_ptr<boost::asio::ssl::context> tls)
      : stream_(std::move(socket)), context_(std::move(tls)) {
    if (context_) tls_.emplace(stream_, *context_);
  }

  [[nodiscard]] Stream& below() noexcept { return stream_; }
  [[nodiscard]] Socket& socket() noexcept { return stream_.socket(); }
  [[nodiscard]] bool encrypted() const noexcept { return tls_.has_value(); }

  /// The handshake. False: there is no more to be said.
  boost::asio::awaitable<bool> open() {
    if (!tls_) co_return true;
    const auto [error] = co_await tls_->async_handshake(boost::asio::ssl::stream_base::server, kTuple);
    co_return !error;
  }
  boost::asio::awaitable<Done> read_some(boost::asio::mutable_buffer buffer) {
    if (tls_) co_return co_await tls_->async_read_some(buffer, kTuple);
    co_return co_await stream_.async_read_some(buffer, kTuple);
  }
  template <class Buffers>
  boost::asio::awaitable<Done> write(const Buffers& buffers) {
    if (tls_) co_return co_await boost::asio::async_write(*tls_, buffers, kTuple);
    co_return co_await boost::asio::async_write(stream_, buffers, kTuple);
  }
  /// Says that nothing more comes. What the other side still sends can be read from below().
  boost::asio::awaitable<bool> end_writing() {
    if (tls_) (void)co_await tls_->async_shutdown(kTuple);
    boost::system::error_code error;
    stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, error);
    co_return !error;
  }

 private:
  static constexpr auto kTuple = boost::asio::as_tuple(boost::asio::use_awaitable);

  Stream stream_;
  std::shared_ptr<boost::asio::ssl::context> context_;
  std::optional<boost::asio::ssl::stream<Stream&>> tls_;
};

}  // namespace kentongan::http
