// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include <boost/container/small_vector.hpp>

#include "domain/time.hpp"
#include "engine/interner.hpp"

namespace kentongan::engine {

/// Of the entries of a window the values that came last, so many as its rule asks for: enough to say at its newest
/// entry whether there are so many different ones, without counting those of the whole window.
class RecentValues {
 public:
  /// An entry of this time came, in any order; `most`: how many values are asked for, the same at each call.
  void add(Interner::Id value, TimePoint time, std::size_t most);
  void clear() { items_.clear(); }

  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  /// When the value that is longest ago came last. Not of an empty one.
  [[nodiscard]] TimePoint oldest() const { return items_.front().time; }
  /// The value is among them, and came last at this time.
  [[nodiscard]] bool has(Interner::Id value, TimePoint time) const;

 private:
  struct Item {
    TimePoint time;  ///< of the value's last entry
    Interner::Id value = 0;
  };
  boost::container::small_vector<Item, 6> items_;  ///< by time, each value once
};

}  // namespace kentongan::engine
