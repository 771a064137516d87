// SPDX-License-Identifier: Apache-2.0
// How much work one evaluation may do.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kentongan::cel {

struct EvaluationLimits {
  // A step is about an instruction inside a loop, or 16 bytes or elements that a
  // function walks over.
  std::uint64_t steps = 1'000'000;
  // Of strings, lists and maps made during one evaluation.
  std::size_t memory_bytes = std::size_t{8} * 1024 * 1024;
};

// Counts down. Once it is spent it stays so, and the evaluation ends with an error that
// nothing absorbs.
class Budget {
 public:
  enum class State : std::uint8_t { left, out_of_steps, out_of_memory };

  Budget() = default;
  explicit Budget(std::uint64_t steps) : steps_(steps) {}

  [[nodiscard]] bool charge(std::uint64_t steps) {
    if (steps > steps_) {
      steps_ = 0;
      if (state_ == State::left) {
        state_ = State::out_of_steps;
      }
      return false;
    }
    steps_ -= steps;
    return true;
  }

  // For a walk over this many bytes or elements.
  [[nodiscard]] bool charge_walk(std::size_t length) { return charge(1 + length / 16); }

  void run_out_of_memory() {
    if (state_ == State::left) {
      state_ = State::out_of_memory;
    }
    steps_ = 0;
  }

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool spent() const { return state_ != State::left; }
  [[nodiscard]] std::uint64_t steps_left() const { return steps_; }

 private:
  std::uint64_t steps_ = 0;
  State state_ = State::left;
};

}  // namespace kentongan::cel
