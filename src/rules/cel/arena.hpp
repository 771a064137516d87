// SPDX-License-Identifier: Apache-2.0
// Memory that is given out piece by piece and taken back all at once.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace kentongan::cel {

// Holds only trivially destructible things. Not thread-safe. What it gave out is valid
// until reset() or its destruction; moving the arena keeps addresses.
class Arena {
 public:
  static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

  explicit Arena(std::size_t limit = unlimited) : limit_(limit) {}

  // nullptr when the limit is reached. Zero bytes give a valid address.
  [[nodiscard]] void* allocate(std::size_t bytes, std::size_t alignment);

  // `count` default-initialised objects, or nullptr.
  template <class T>
  [[nodiscard]] T* allocate_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count > unlimited / sizeof(T)) {
      return nullptr;
    }
    void* memory = allocate(count * sizeof(T), alignof(T));
    return memory == nullptr ? nullptr : std::uninitialized_default_construct_n(static_cast<T*>(memory), count) - count;
  }

  // A copy that lives here; a view with data() == nullptr when the limit is reached.
  [[nodiscard]] std::string_view copy(std::string_view text);

  // Takes everything back. Keeps the blocks for the next round, up to a sensible size.
  void reset();
  void set_limit(std::size_t limit) { limit_ = limit; }

  // Bytes given out since the last reset.
  [[nodiscard]] std::size_t used() const { return used_; }
  [[nodiscard]] std::size_t left() const { return limit_ > used_ ? limit_ - used_ : 0; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> memory;
    std::size_t size = 0;
  };

  void open_block(std::size_t at_least);

  std::vector<Block> blocks_;
  std::size_t current_ = 0;  // index of the block in use, == blocks_.size() before the first
  std::size_t offset_ = 0;   // within the current block
  std::size_t used_ = 0;
  std::size_t limit_;
};

}  // namespace kentongan::cel
