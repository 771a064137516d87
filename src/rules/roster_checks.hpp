// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "duty/roster.hpp"
#include "rules/findings.hpp"

namespace kentongan::rules {

/// A person of roster.yaml, and where in the file the parts stand of which something may have to be said.
struct ReadPerson {
  duty::Person person;
  std::vector<std::size_t> shifts;       ///< by duty time
  std::vector<std::size_t> substitutes;  ///< by substitute, of its `by`
  std::size_t offset = 0;
  std::optional<std::size_t> digest;
};

/// Warns of what can be read and is likely to be a slip: people without a channel (in a roster where others have one),
/// duty times of one person that overlap, substitutes that nobody knows, a digest inside the quiet hours.
void check_people(const std::vector<ReadPerson>& people, Findings& findings);

}  // namespace kentongan::rules
