// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/signature.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/base64.hpp"
#include "codec/json_append.hpp"
#include "notify/mac.hpp"

namespace kentongan::notify {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kShortest = 24;
constexpr std::size_t kLongest = 64;

tl::unexpected<Error> wrong(std::string_view why) {
  return fail(Error::Kind::usage,
              fmt::format("notify.webhook.secret: {}; write whsec_ and 24 to 64 random bytes in base64, such as "
                          "`echo whsec_$(openssl rand -base64 32)` prints",
                          why));
}

}  // namespace

Result<std::vector<std::string>> read_keys(std::string_view text) {
  std::vector<std::string> keys;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (one.empty()) continue;
    if (!one.starts_with(kPrefix)) return wrong("a secret does not begin with whsec_");
    auto key = codec::decode_base64(one.substr(kPrefix.size()));
    if (!key) return wrong("a secret is no base64");
    if (key->size() < kShortest || key->size() > kLongest) return wrong("a secret is too short or too long");
    keys.push_back(*std::move(key));
  }
  if (keys.empty()) return wrong("there is none");
  return keys;
}

std::string sign(const std::vector<std::string>& keys, std::string_view id, std::string_view seconds,
                 std::string_view body) {
  std::string content;
  content.append(id).append(".").append(seconds).append(".").append(body);
  std::string header;
  for (const std::string& key : keys) {
    header += header.empty() ? "v1," : " v1,";
    codec::append_base64(header, hmac_sha256(key, content));
  }
  return header;
}

}  // namespace kentongan::notify
