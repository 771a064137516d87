// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kentongan::rules {

struct Entry;

/// A value of a rule file as written: nothing is interpreted yet, and the place is kept.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, list, map };
  /// How a scalar is written. Only a plain one can be a number or a boolean.
  enum class Style : std::uint8_t { plain, single_quoted, double_quoted, block };

  Kind kind = Kind::null;
  Style style = Style::plain;
  std::size_t offset = 0;      ///< of the first byte; of an empty value that of its key
  std::string text;            ///< of a scalar, decoded
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a map, as written; keys are unique scalars

  [[nodiscard]] bool is_scalar() const noexcept { return kind == Kind::scalar; }
  [[nodiscard]] bool is_list() const noexcept { return kind == Kind::list; }
  [[nodiscard]] bool is_map() const noexcept { return kind == Kind::map; }
  [[nodiscard]] bool is_null() const noexcept { return kind == Kind::null; }
  [[nodiscard]] bool is_plain() const noexcept { return is_scalar() && style == Style::plain; }

  /// The entry of a map with this key; null where there is none.
  [[nodiscard]] const Entry* find(std::string_view key) const;
};

struct Entry {
  Node key;
  Node value;
};

inline const Entry* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key.text == key) return &entry;
  }
  return nullptr;
}

}  // namespace kentongan::rules
