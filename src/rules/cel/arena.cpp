// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/arena.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace kentongan::cel {
namespace {

constexpr std::size_t first_block_size = 4096;
constexpr std::size_t largest_block_size = std::size_t{256} * 1024;
constexpr std::size_t kept_after_reset = std::size_t{1024} * 1024;

}  // namespace

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  if (bytes > limit_ || used_ > limit_ - bytes) {
    return nullptr;
  }
  std::size_t begin = (offset_ + alignment - 1) / alignment * alignment;
  if (current_ >= blocks_.size() || begin > blocks_[current_].size || bytes > blocks_[current_].size - begin) {
    open_block(bytes);
    begin = 0;
  }
  offset_ = begin + bytes;
  used_ += bytes;
  return blocks_[current_].memory.get() + begin;
}

void Arena::open_block(std::size_t at_least) {
  const std::size_t next = blocks_.empty() ? 0 : current_ + 1;
  for (std::size_t i = next; i < blocks_.size(); ++i) {
    if (blocks_[i].size >= at_least) {
      std::swap(blocks_[next], blocks_[i]);
      current_ = next;
      return;
    }
  }
  const std::size_t previous = blocks_.empty() ? first_block_size / 2 : blocks_.back().size;
  const std::size_t size = std::max(std::min(previous * 2, largest_block_size), at_least);
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  std::swap(blocks_[next], blocks_.back());
  current_ = next;
}

std::string_view Arena::copy(std::string_view text) {
  auto* memory = static_cast<char*>(allocate(text.size(), 1));
  if (memory == nullptr) {
    return {};
  }
  if (!text.empty()) {
    std::memcpy(memory, text.data(), text.size());
  }
  return {memory, text.size()};
}

void Arena::reset() {
  std::size_t kept = 0;
  std::erase_if(blocks_, [&](const Block& block) {
    kept += block.size;
    return kept > kept_after_reset;
  });
  current_ = 0;
  offset_ = 0;
  used_ = 0;
}

}  // namespace kentongan::cel
