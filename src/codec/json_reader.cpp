// SPDX-License-Identifier: Apache-2.0
#include "codec/json_reader.hpp"

#include <cstring>

#include "codec/bytes.hpp"
#include "codec/json_scan.hpp"
#include "codec/utf8.hpp"

namespace kentongan::codec {

bool JsonReader::prepare(std::string_view raw, int max_depth) {
  const auto depth = static_cast<std::size_t>(max_depth);
  if (buffer_.size() < raw.size() + kScanPadding) buffer_.resize(raw.size() + kScanPadding);
  const bool ascii = copy_ascii(raw, buffer_.data());
  std::memset(buffer_.data() + raw.size(), 0, kScanPadding);
  // Every value takes two bytes, itself and what separates it from the next; only brackets still open take one.
  const std::size_t most = raw.size() / 2 + 2 + depth;
  if (nodes_.size() < most) nodes_.resize(most);
  if (frames_.size() < depth) frames_.resize(depth);
  long_values_.clear();
  members_.seen = 0;
  data_members_.seen = 0;
  return ascii;
}

std::optional<JsonFault> JsonReader::read(std::string_view raw, int max_depth) {
  const bool ascii = prepare(raw, max_depth);
  const std::size_t bad = ascii ? raw.size() : find_invalid_utf8(raw);
  JsonScan scan(*this, raw.size(), max_depth);
  const bool good = scan.run();
  node_count_ = good ? scan.node_count() : 0;
  if (bad != raw.size() && (good || bad < scan.fault().offset)) {
    node_count_ = 0;
    return JsonFault{JsonFault::Kind::malformed, bad, "the bytes are not UTF-8"};
  }
  if (!good) return scan.fault();
  return std::nullopt;
}

}  // namespace kentongan::codec
