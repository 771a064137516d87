// SPDX-License-Identifier: Apache-2.0
// Whatever stands in the file of tokens or in an Authorization header: it is read or refused, and what was read is
// written as the same again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "access/token_file.hpp"

namespace access = kentongan::access;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto bearer = access::bearer_of(text)) {
    const auto token = access::read_token(*bearer);
    if (token && token->text() != *bearer) std::abort();
  }
  const auto tokens = access::read_tokens(text, "input");
  if (!tokens) return tokens.error().message.empty() ? (std::abort(), 0) : 0;
  const std::string written = access::write_tokens(*tokens);
  const auto again = access::read_tokens(written, "again");
  if (!again || access::write_tokens(*again) != written) std::abort();
  return 0;
}
