// SPDX-License-Identifier: Apache-2.0
#include "app/access/token_option.hpp"

#include <fmt/format.h>

#include <fstream>

#include "access/secret.hpp"

namespace kentongan::app {

Result<std::string> read_token_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string token;
  if (!file || !std::getline(file, token)) {
    return fail(Error::Kind::usage, fmt::format("{}: no token can be read from it", path.string()));
  }
  while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
  if (access::read_token(token)) return token;
  return fail(Error::Kind::usage,
              fmt::format("{}: its first line is no token, such as `kentongan token create` prints", path.string()));
}

Result<http::Peer> service_of(const Config& config, const std::optional<std::filesystem::path>& token_file) {
  http::Peer peer(config.http_listen);
  peer.tls = !config.tls.certificate.empty();
  peer.pinned = config.tls.certificate.string();
  if (token_file) {
    auto token = read_token_file(*token_file);
    if (!token) return tl::unexpected(token.error());
    peer.token = *std::move(token);
  } else if (auto token = process_environment()("KENTONGAN_TOKEN")) {
    peer.token = *std::move(token);
  }
  return peer;
}

}  // namespace kentongan::app
