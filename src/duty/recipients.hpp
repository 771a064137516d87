// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/reference.hpp"
#include "duty/roster.hpp"

namespace kentongan::duty {

/// Somebody who is told, and as what. Points into the roster.
struct Recipient {
  const Person* person = nullptr;
  const Person* instead_of = nullptr;  ///< null: nobody
  std::vector<std::string> roles;
};
using Recipients = std::vector<Recipient>;

/// Those on duty of these roles, or of their fallbacks, who have a channel; each once.
[[nodiscard]] Recipients recipients_of(const Roster& roster, const Reference& reference,
                                       const std::vector<std::string>& roles, std::string_view area, TimePoint now);

/// Where all of them have quiet hours, those of the last role who have none come along.
void add_somebody_awake(Recipients& recipients, const Roster& roster, const Reference& reference, std::string_view area,
                        TimePoint now);

}  // namespace kentongan::duty
