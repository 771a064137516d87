// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json_keys.hpp"

namespace kentongan::codec {

enum class NodeKind : std::uint8_t { null, no, yes, number, text, array, object };

/// One value of a document. The nodes of a container follow it in the order of the document, so that a
/// document is one flat list; `next` leads past a container.
struct Node {
  std::uint32_t key = 0;  ///< offset of the decoded key; of an element of an array 0
  std::uint32_t key_size = 0;
  std::uint32_t text = 0;  ///< offset of a decoded text or of a number as written
  std::uint32_t size = 0;  ///< of the text or number; of a container the number of its values
  std::uint32_t next = 0;  ///< index of the node behind this one and all in it
  NodeKind kind = NodeKind::null;
  Key known = Key::unknown;
  bool escaped = false;   ///< a text that was written with escapes
  bool exponent = false;  ///< a number that was written with e or E
};

struct JsonFault {
  enum class Kind : std::uint8_t { too_deep, malformed };
  Kind kind = Kind::malformed;
  std::size_t offset = 0;  ///< byte of the document
  std::string_view what;   ///< one clause for people; a literal
};

/// Reads one JSON document (RFC 8259) strictly: valid UTF-8, no duplicate keys (as decoded), no lone
/// surrogates, no NUL in a text, no number beyond a double, nothing behind the document. Iterative; takes
/// time and memory linear in the size (duplicate keys: n log n). Not thread-safe. Views and nodes are valid until the
/// next read(). Memory is kept for the next document.
class JsonReader {
 public:
  /// None when the document is good. `raw` must be smaller than 4 GiB; it is copied.
  [[nodiscard]] std::optional<JsonFault> read(std::string_view raw, int max_depth);

  [[nodiscard]] std::span<const Node> nodes() const { return {nodes_.data(), node_count_}; }
  [[nodiscard]] std::string_view text(const Node& node) const { return {buffer_.data() + node.text, node.size}; }
  [[nodiscard]] std::string_view key(const Node& node) const { return {buffer_.data() + node.key, node.key_size}; }

 private:
  friend class JsonScan;
  /// An open container.
  struct Frame {
    std::uint32_t node = 0;
    std::uint32_t count = 0;
    bool object = false;
    bool suspect = false;            ///< two unknown keys may be equal
    std::uint64_t unknown_seen = 0;  ///< a bit for each hash
    std::uint64_t known_seen = 0;    ///< a bit for each Key
  };
  void prepare(std::string_view raw, int max_depth);

  std::vector<char> buffer_;  ///< the document, texts decoded in place, and zeros behind it
  std::vector<Node> nodes_;   ///< large enough for any document of this size
  std::size_t node_count_ = 0;
  std::vector<Frame> frames_;
  std::vector<std::string_view> keys_;
};

}  // namespace kentongan::codec
