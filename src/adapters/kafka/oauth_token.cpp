// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/oauth_token.hpp"

#include <charconv>
#include <optional>

#include "codec/base64.hpp"
#include "codec/json_reader.hpp"

namespace kentongan::kafka {
namespace {

constexpr int kDeepest = 16;
/// Behind this a number of seconds is none that a calendar has.
constexpr double kLatest = 253'402'300'799;

}  // namespace

Result<TokenClaims> read_token(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  std::optional<std::string> payload;
  if (second != std::string_view::npos) payload = codec::decode_base64(token.substr(first + 1, second - first - 1));
  codec::JsonReader json;
  if (!payload || json.read(*payload, kDeepest) || json.nodes()[0].kind != codec::NodeKind::object) {
    return fail(Error::Kind::usage, "sasl.oauthbearer.token: it is no JSON Web Token (three parts with dots between)");
  }
  TokenClaims claims;
  const auto nodes = json.nodes();
  for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
    const std::string_view key = json.key(nodes[i]);
    const std::string_view text = json.text(nodes[i]);
    if (key == "sub" && nodes[i].kind == codec::NodeKind::text) claims.principal = text;
    if (key != "exp" || nodes[i].kind != codec::NodeKind::number) continue;
    double seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (seconds > 0 && seconds <= kLatest) claims.expires_ms = static_cast<std::int64_t>(seconds * 1000);
  }
  if (claims.expires_ms == 0 || claims.principal.empty()) {
    return fail(Error::Kind::usage, "sasl.oauthbearer.token: the token lacks `exp` or `sub`, which the client needs");
  }
  return claims;
}

}  // namespace kentongan::kafka
