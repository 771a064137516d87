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
#include "codec/key_guesses.hpp"

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
  bool escaped = false;                  ///< a text that was written with escapes
  std::uint8_t behind_point = kNoShort;  ///< of a short number: how many of its digits stand behind the point
  std::uint64_t digits = 0;              ///< of a short number: all its digits, without point and sign

  static constexpr std::uint8_t kNoShort = 255;
  /// A number of at most 18 bytes without an exponent, whose value is read with it.
  [[nodiscard]] bool short_number() const { return behind_point != kNoShort; }
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

  /// Where the document is an object: its members, and those of its member `data` where that is one.
  [[nodiscard]] const Members& members() const { return members_; }
  [[nodiscard]] const Members& data_members() const { return data_members_; }
  /// In their order the texts of at least 16 bytes, and the numbers that may have 16 digits: no other holds a NIK.
  [[nodiscard]] std::span<const std::uint32_t> long_values() const { return long_values_; }

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
    Members* members = nullptr;      ///< where known keys are noted
  };
  /// Whether all of the document is ASCII.
  bool prepare(std::string_view raw, int max_depth);

  std::vector<char> buffer_;  ///< the document, texts decoded in place, and zeros behind it
  std::vector<Node> nodes_;   ///< large enough for any document of this size
  std::size_t node_count_ = 0;
  std::vector<Frame> frames_;
  std::vector<std::string_view> keys_;
  std::vector<std::uint32_t> long_values_;
  Members members_;
  Members data_members_;
  Members other_members_;  ///< of any other object: nobody asks for them
  KeyGuesses guesses_;
};

}  // namespace kentongan::codec
