// SPDX-License-Identifier: Apache-2.0
#include "notify/identity.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>

namespace kentongan::notify {

std::string identity_of(std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (const std::string_view part : parts) {
    whole += fmt::format("{}:", part.size());
    whole += part;
  }
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(whole.data()), whole.size(), digest.data());
  std::string text;
  for (std::size_t i = 0; i < digest.size() / 2; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

}  // namespace kentongan::notify
