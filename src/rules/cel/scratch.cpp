// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/scratch.hpp"

#include "rules/cel/workspace.hpp"

namespace kentongan::cel {

Scratch::Scratch(const EvaluationLimits& limits) : workspace_(std::make_unique<Workspace>(limits)) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

std::uint64_t Scratch::steps_used() const { return workspace_->limits.steps - workspace_->budget.steps_left(); }

}  // namespace kentongan::cel
