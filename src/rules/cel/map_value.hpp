// SPDX-License-Identifier: Apache-2.0
// The entries of a CEL map, in the order in which they were put in.
#pragma once

#include <cstdint>
#include <span>

#include "rules/cel/arena.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

// Numeric keys that are equal are the same key, whatever their types: 1, 1u and 1.0.
// Immutable once built; lives in the arena of its builder.
class MapValue {
 public:
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::span<const Value> keys() const { return {keys_, size_}; }
  [[nodiscard]] std::span<const Value> values() const { return {values_, size_}; }

  // nullptr when there is no such key, or the value cannot be a key.
  [[nodiscard]] const Value* find(const Value& key) const;

 private:
  friend class MapBuilder;

  Value* keys_ = nullptr;
  Value* values_ = nullptr;
  // Open addressing, entry index + 1; nullptr while the map is small enough to scan.
  std::uint32_t* buckets_ = nullptr;
  std::uint32_t bucket_mask_ = 0;
  std::uint32_t size_ = 0;
};

// True of int, uint, bool and string.
[[nodiscard]] bool is_key(const Value& value);

class MapBuilder {
 public:
  enum class Outcome : std::uint8_t { inserted, duplicate, not_a_key, out_of_memory };

  explicit MapBuilder(Arena& arena) : arena_(&arena) {}

  [[nodiscard]] Outcome insert(const Value& key, const Value& value);

  // The finished map, in the arena; nullptr when the arena's limit is reached.
  [[nodiscard]] const MapValue* finish();

 private:
  [[nodiscard]] bool grow();
  [[nodiscard]] bool rebuild_index();
  void index(std::uint32_t entry);

  Arena* arena_;
  MapValue map_;
  std::uint32_t capacity_ = 0;
};

}  // namespace kentongan::cel
