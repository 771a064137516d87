// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/tls_context.hpp"

#include <openssl/ssl.h>
#include <sys/stat.h>

#include <algorithm>
#include <exception>
#include <string_view>

namespace kentongan::http {
namespace {

namespace ssl = boost::asio::ssl;

/// Of TLS 1.2: with forward secrecy and authenticated encryption only.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::string_view kAlpn("\x08http/1.1");

std::string stamp_of(const TlsFiles& files) {
  std::string stamp;
  for (const auto* path : {&files.certificate, &files.key, &files.client_ca}) {
    struct stat status {};
    if (path->empty() || ::stat(path->c_str(), &status) != 0) {
      stamp += "none;";
      continue;
    }
    for (const auto part :
         {static_cast<long long>(status.st_ino), static_cast<long long>(status.st_size),
          static_cast<long long>(status.st_mtim.tv_sec), static_cast<long long>(status.st_mtim.tv_nsec)}) {
      stamp += std::to_string(part) + ' ';
    }
    stamp += ';';
  }
  return stamp;
}

/// A client that offers protocols without ours is served all the same.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const auto* ours = reinterpret_cast<const unsigned char*>(kAlpn.data());
  if (SSL_select_next_proto(&found, size, ours, static_cast<unsigned int>(kAlpn.size()), offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

tl::unexpected<Error> wrong(std::string_view key, const std::filesystem::path& path, const std::string& why) {
  return fail(Error::Kind::usage,
              "http.tls." + std::string(key) + ' ' + path.string() + ": " + why +
                  "; is it PEM, may this user read it, and do certificate and key belong together?");
}

Result<std::shared_ptr<ssl::context>> load(const TlsFiles& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_cipher_list(native, kCiphers);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  const std::string_view name = "kentongan";
  SSL_CTX_set_session_id_context(native, reinterpret_cast<const unsigned char*>(name.data()),
                                 static_cast<unsigned int>(name.size()));
  boost::system::error_code error;
  // A key with a passphrase is refused: nobody is there to type it.
  context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); }, error);
  if (!error) context->use_certificate_chain_file(files.certificate.string(), error);
  if (error) return wrong("certificate", files.certificate, error.message());
  context->use_private_key_file(files.key.string(), ssl::context::pem, error);
  if (error) return wrong("key", files.key, error.message());
  if (files.client_ca.empty()) return context;
  context->load_verify_file(files.client_ca.string(), error);
  if (!error) context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert, error);
  if (error) return wrong("client_ca", files.client_ca, error.message());
  SSL_CTX_set_client_CA_list(native, SSL_load_client_CA_file(files.client_ca.c_str()));
  return context;
}

}  // namespace

Result<std::unique_ptr<TlsContext>> TlsContext::open(TlsFiles files, std::chrono::milliseconds look, Tell tell) {
  std::unique_ptr<TlsContext> tls(new TlsContext(std::move(files), look, std::move(tell)));
  tls->stamp_ = stamp_of(tls->files_);
  tls->looked_ = std::chrono::steady_clock::now();
  auto loaded = load(tls->files_);
  if (!loaded) return tl::unexpected(loaded.error());
  tls->context_ = *std::move(loaded);
  return tls;
}

std::shared_ptr<ssl::context> TlsContext::current() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < look_) return context_;
  looked_ = now;
  std::string stamp = stamp_of(files_);
  if (stamp == stamp_) return context_;
  stamp_ = std::move(stamp);
  auto loaded = load(files_);
  if (loaded) context_ = *loaded;
  if (tell_) tell_(loaded.has_value(), loaded ? "certificate read again" : loaded.error().message);
  return context_;
}

}  // namespace kentongan::http
