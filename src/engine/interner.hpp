// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/container/deque.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include "engine/table_hash.hpp"

namespace kentongan::engine {

/// Texts as small numbers, counted: a text is forgotten when its last user released it, so that memory
/// follows what is remembered and not what was ever seen. 0 is no text.
class Interner {
 public:
  using Id = std::uint32_t;

  /// The id of the text, with one more user.
  [[nodiscard]] Id acquire(std::string_view text);
  Id acquire(Id id) {
    if (id != 0) ++entries_[id - 1].users;
    return id;
  }
  void release(Id id);
  /// 0 when nobody uses it.
  [[nodiscard]] Id find(std::string_view text) const;
  [[nodiscard]] std::string_view text(Id id) const { return id == 0 ? std::string_view{} : entries_[id - 1].text; }
  [[nodiscard]] std::size_t size() const noexcept { return ids_.size(); }

 private:
  struct Entry {
    std::string text;
    std::uint32_t users = 0;
  };
  /// Stable addresses: ids_ keys point into them.
  boost::container::deque<Entry, void, boost::container::deque_options<boost::container::block_size<256>>::type>
      entries_;
  std::vector<Id> free_;
  boost::unordered_flat_map<std::string_view, Id, TextHash> ids_;
};

}  // namespace kentongan::engine
