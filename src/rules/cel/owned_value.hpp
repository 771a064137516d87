// SPDX-License-Identifier: Apache-2.0
// Values that bring their memory along.
#pragma once

#include "rules/cel/arena.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

// A deep copy whose parts all live in the arena; nothing shared with the original. The
// outcome is `missing` when the arena's limit is reached.
[[nodiscard]] Value copy_into(Arena& arena, const Value& value);

class OwnedValue {
 public:
  explicit OwnedValue(const Value& value) : value_(copy_into(arena_, value)) {}

  [[nodiscard]] const Value& get() const { return value_; }

 private:
  Arena arena_;
  Value value_;
};

}  // namespace kentongan::cel
