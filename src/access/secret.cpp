// SPDX-License-Identifier: Apache-2.0
#include "access/secret.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>

#include "codec/json_append.hpp"

namespace kentongan::access {
namespace {

constexpr std::string_view kPrefix = "ktg_";
constexpr std::size_t kIdDigits = 12;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretLetters = 43;
constexpr std::size_t kHashBytes = 32;
constexpr std::uint64_t kMostMemory = std::uint64_t{160} * 1024 * 1024;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_base64url(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string base64url(std::string_view bytes) {
  std::string text;
  codec::append_base64(text, bytes);
  text.erase(text.find_last_not_of('=') + 1);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

}  // namespace

std::optional<Token> read_token(std::string_view text) {
  if (text.size() != kPrefix.size() + kIdDigits + 1 + kSecretLetters || !text.starts_with(kPrefix)) return std::nullopt;
  const auto id = text.substr(kPrefix.size(), kIdDigits);
  const auto secret = text.substr(text.size() - kSecretLetters);
  if (text[kPrefix.size() + kIdDigits] != '_') return std::nullopt;
  if (!std::all_of(id.begin(), id.end(), is_hex) || !std::all_of(secret.begin(), secret.end(), is_base64url)) {
    return std::nullopt;
  }
  return Token{std::string(id), std::string(secret)};
}

std::optional<std::string_view> bearer_of(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer";
  const auto matches = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; };
  if (authorization.size() <= kScheme.size() || authorization[kScheme.size()] != ' ' ||
      !std::equal(kScheme.begin(), kScheme.end(), authorization.begin(),
                  [&](char expected, char given) { return matches(given, expected); })) {
    return std::nullopt;
  }
  authorization.remove_prefix(kScheme.size());
  authorization.remove_prefix(std::min(authorization.find_first_not_of(' '), authorization.size()));
  if (authorization.empty()) return std::nullopt;
  return authorization;
}

Result<std::string> random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    return fail(Error::Kind::failed, "the system gave no random numbers; nothing was made");
  }
  return bytes;
}

Result<Token> new_token() {
  auto id = random_bytes(kIdDigits / 2);
  auto secret = random_bytes(kSecretBytes);
  if (!id || !secret) return tl::unexpected(id ? secret.error() : id.error());
  return Token{to_hex(*id), base64url(*secret)};
}

bool ScryptCost::fair() const noexcept {
  const bool power = n >= 1024 && n <= (1U << 17U) && (n & (n - 1)) == 0;
  return power && r >= 1 && r <= 16 && p >= 1 && p <= 4 && 128 * n * r <= kMostMemory;
}

Result<std::string> scrypt(std::string_view secret, std::string_view salt, const ScryptCost& cost) {
  std::string hash(kHashBytes, '\0');
  if (!cost.fair() ||
      EVP_PBE_scrypt(secret.data(), secret.size(), bytes_of(salt), salt.size(), cost.n, cost.r, cost.p, 2 * kMostMemory,
                     reinterpret_cast<unsigned char*>(hash.data()), hash.size()) != 1) {
    return fail(Error::Kind::failed, "scrypt could not be computed; is there memory left?");
  }
  return hash;
}

Digest sha256(std::string_view text) {
  Digest digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return digest;
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool same(const Digest& a, const Digest& b) { return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

std::string to_hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

}  // namespace kentongan::access
