// SPDX-License-Identifier: Apache-2.0
// Where the values of variables come from during an evaluation.
#pragma once

#include <compare>
#include <cstdint>

#include "rules/cel/value.hpp"

namespace kentongan::cel {

// The host's number for one variable or field.
struct SlotId {
  std::uint32_t value = 0;

  friend auto operator<=>(const SlotId&, const SlotId&) = default;
};

// Implemented by the host over the event at hand. The evaluator calls it from the thread
// of Program::evaluate only. What load() returns must stay valid until the result of the
// evaluation has been used.
class Activation {
 public:
  Activation() = default;
  Activation(const Activation&) = default;
  Activation& operator=(const Activation&) = default;
  virtual ~Activation() = default;

  // Value::missing() when the slot is not set: reading it is then a CEL error.
  [[nodiscard]] virtual Value load(SlotId slot) const = 0;

  // What has() asks. To be overridden where it is cheaper than a load.
  [[nodiscard]] virtual bool is_present(SlotId slot) const { return !load(slot).is_missing(); }
};

}  // namespace kentongan::cel
