// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/client.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace kentongan::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace beast_http = boost::beast::http;

/// One request on one connection. Asynchronous, since only such calls heed a limit of time.
class Exchange {
 public:
  Exchange(std::string host, std::string port, beast_http::request<beast_http::string_body> request)
      : resolver_(context_), stream_(context_), request_(std::move(request)) {
    resolver_.async_resolve(host, port, [this](beast::error_code error, const auto& found) {
      if (keep(error)) stream_.async_connect(found, [this](beast::error_code e, const auto&) { connected(e); });
    });
  }
  beast::error_code run(std::chrono::milliseconds limit) {
    stream_.expires_after(limit);
    context_.run();
    return error_;
  }
  [[nodiscard]] Answered take() { return {response_.result_int(), std::move(response_.body())}; }

 private:
  bool keep(beast::error_code error) {
    error_ = error;
    return !error;
  }
  void connected(beast::error_code error) {
    if (!keep(error)) return;
    beast_http::async_write(stream_, request_, [this](beast::error_code e, std::size_t) {
      if (!keep(e)) return;
      beast_http::async_read(stream_, buffer_, response_, [this](beast::error_code last, std::size_t) { keep(last); });
    });
  }

  asio::io_context context_;
  asio::ip::tcp::resolver resolver_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  beast_http::request<beast_http::string_body> request_;
  beast_http::response<beast_http::string_body> response_;
  beast::error_code error_;
};

Result<Answered> ask(const std::string& listen, beast_http::request<beast_http::string_body> request,
                     std::chrono::milliseconds limit) {
  const std::size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  const std::string port = colon == std::string::npos ? "80" : listen.substr(colon + 1);
  request.set(beast_http::field::host, listen);
  request.keep_alive(false);
  request.prepare_payload();
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  Exchange exchange(host, port, std::move(request));
  if (const auto error = exchange.run(limit)) {
    return fail(Error::Kind::failed, fmt::format("no service answers at {} ({})", listen, error.message()));
  }
  return exchange.take();
}

beast_http::request<beast_http::string_body> request_for(beast_http::verb verb, std::string_view path) {
  return {verb, beast::string_view(path.data(), path.size()), 11};
}

}  // namespace

Result<Answered> post(const std::string& listen, std::string_view path, std::string_view content_type,
                      std::string_view body, std::chrono::milliseconds limit) {
  auto request = request_for(beast_http::verb::post, path);
  request.set(beast_http::field::content_type, beast::string_view(content_type.data(), content_type.size()));
  request.body() = body;
  return ask(listen, std::move(request), limit);
}

Result<Answered> get(const std::string& listen, std::string_view path, std::chrono::milliseconds limit) {
  return ask(listen, request_for(beast_http::verb::get, path), limit);
}

}  // namespace kentongan::http
