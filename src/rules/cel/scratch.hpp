// SPDX-License-Identifier: Apache-2.0
// The working memory of evaluations.
#pragma once

#include <memory>

#include "rules/cel/budget.hpp"

namespace kentongan::cel {

struct Workspace;

// One per thread, used for one evaluation after another; it keeps its memory, so that
// after the first rounds nothing is allocated any more. Not thread-safe. A value that an
// evaluation made (strings, lists, ..) is valid until the next one with the same Scratch.
class Scratch {
 public:
  explicit Scratch(const EvaluationLimits& limits = {});
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

  // Steps of the last evaluation, for measuring.
  [[nodiscard]] std::uint64_t steps_used() const;

  // For the library itself.
  [[nodiscard]] Workspace& workspace() { return *workspace_; }

 private:
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace kentongan::cel
