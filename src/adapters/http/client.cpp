// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/client.hpp"

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <memory>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
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

using Request = beast_http::request<beast_http::string_body>;

/// One request on one connection. Asynchronous, since only such calls heed a limit of time.
class Exchange {
 public:
  /// `tls` null: without.
  Exchange(asio::io_context& context, asio::ssl::context* tls, bool by_name, std::string host, const std::string& port,
           Request request)
      : context_(context),
        resolver_(context),
        stream_(context),
        by_name_(by_name),
        host_(std::move(host)),
        request_(std::move(request)) {
    if (tls != nullptr) tls_.emplace(stream_, *tls);
    resolver_.async_resolve(host_, port, [this](beast::error_code error, const auto& found) {
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
    if (!tls_) return exchange(stream_);
    boost::system::error_code refused;
    if (by_name_) tls_->set_verify_callback(asio::ssl::host_name_verification(host_), refused);
    SSL_set_tlsext_host_name(tls_->native_handle(), host_.c_str());
    tls_->async_handshake(asio::ssl::stream_base::client, [this](beast::error_code e) {
      if (keep(e)) exchange(*tls_);
    });
  }
  template <class Stream>
  void exchange(Stream& stream) {
    beast_http::async_write(stream, request_, [this, &stream](beast::error_code e, std::size_t) {
      if (!keep(e)) return;
      beast_http::async_read(stream, buffer_, response_, [this](beast::error_code last, std::size_t) { keep(last); });
    });
  }

  asio::io_context& context_;
  asio::ip::tcp::resolver resolver_;
  beast::tcp_stream stream_;
  std::optional<asio::ssl::stream<beast::tcp_stream&>> tls_;
  bool by_name_;
  std::string host_;
  beast::flat_buffer buffer_;
  Request request_;
  beast_http::response<beast_http::string_body> response_;
  beast::error_code error_;
};

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate read_certificate(const std::string& path) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(path.c_str(), "r"), &BIO_free);
  return {file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr, &X509_free};
}

/// Whoever signed it: the other side's own certificate is to be this one. That is asked last of a chain, and where a
/// chain ends too early.
void pin(asio::ssl::context& context, Certificate certificate) {
  const std::shared_ptr<X509> wanted(certificate.release(), &X509_free);
  boost::system::error_code ignored;
  context.set_verify_callback(
      [wanted](bool, asio::ssl::verify_context& chain) {
        X509_STORE_CTX* const native = chain.native_handle();
        return X509_STORE_CTX_get_error_depth(native) > 0 ||
               X509_cmp(X509_STORE_CTX_get_current_cert(native), wanted.get()) == 0;
      },
      ignored);
}

/// Null: without TLS.
Result<std::unique_ptr<asio::ssl::context>> trust_of(const Peer& peer) {
  if (!peer.tls) return nullptr;
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code error;
  context->set_verify_mode(asio::ssl::verify_peer, error);
  if (!peer.pinned.empty()) {
    Certificate certificate = read_certificate(peer.pinned);
    if (!certificate)
      return fail(Error::Kind::usage, fmt::format("{}: no certificate can be read from it", peer.pinned));
    pin(*context, std::move(certificate));
  } else if (peer.ca_file.empty()) {
    context->set_default_verify_paths(error);
  } else {
    context->load_verify_file(peer.ca_file, error);
  }
  if (error) return fail(Error::Kind::usage, fmt::format("{}: no authorities ({})", peer.ca_file, error.message()));
  return context;
}

Result<Answered> ask(const Peer& peer, Request request, std::chrono::milliseconds limit) {
  const std::string& listen = peer.listen;
  const std::size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  const std::string port = colon == std::string::npos ? (peer.tls ? "443" : "80") : listen.substr(colon + 1);
  request.set(beast_http::field::host, listen);
  if (!peer.token.empty()) request.set(beast_http::field::authorization, "Bearer " + peer.token);
  request.keep_alive(false);
  request.prepare_payload();
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto trust = trust_of(peer);
  if (!trust) return tl::unexpected(trust.error());
  asio::io_context context;
  Exchange exchange(context, trust->get(), peer.pinned.empty(), host, port, std::move(request));
  if (const auto error = exchange.run(limit)) {
    return fail(Error::Kind::failed, fmt::format("no service answers at {} ({})", listen, error.message()));
  }
  return exchange.take();
}

Request request_for(beast_http::verb verb, std::string_view path) {
  return {verb, beast::string_view(path.data(), path.size()), 11};
}

}  // namespace

Result<Answered> post(const Peer& peer, std::string_view path, std::string_view content_type, std::string_view body,
                      std::chrono::milliseconds limit) {
  auto request = request_for(beast_http::verb::post, path);
  request.set(beast_http::field::content_type, beast::string_view(content_type.data(), content_type.size()));
  request.body() = body;
  return ask(peer, std::move(request), limit);
}

Result<Answered> get(const Peer& peer, std::string_view path, std::chrono::milliseconds limit) {
  return ask(peer, request_for(beast_http::verb::get, path), limit);
}

}  // namespace kentongan::http
