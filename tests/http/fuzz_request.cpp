// SPDX-License-Identifier: Apache-2.0
// Any bytes as a connection's: a head, then a chunked body. Cutting them must change nothing, limits must hold.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/http/chunks.hpp"
#include "adapters/http/door.hpp"
#include "adapters/http/framing.hpp"
#include "adapters/http/request.hpp"

namespace {

using kentongan::http::ChunkReader;
constexpr std::size_t kMaxBody = 256;

void require(bool holds) {
  if (!holds) std::abort();
}

ChunkReader::State read_in_pieces(std::string_view bytes, std::size_t piece, std::string& body) {
  ChunkReader reader(kMaxBody);
  auto state = ChunkReader::State::reading;
  while (!bytes.empty() && state == ChunkReader::State::reading) {
    auto part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    state = reader.read(part, body);
  }
  require(body.size() <= kMaxBody);
  return state;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  kentongan::http::HeadEnd end;
  const auto head_size = end.find(bytes);
  if (!head_size || !*head_size) return 0;
  if (const auto head = kentongan::http::read_head(bytes.substr(0, **head_size))) {
    (void)kentongan::http::open_door(*head, {});
  }
  const auto rest = bytes.substr(**head_size);
  std::string whole;
  std::string cut;
  require(read_in_pieces(rest, rest.size() + 1, whole) == read_in_pieces(rest, 1, cut));
  require(whole == cut);
  return 0;
}
