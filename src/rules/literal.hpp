// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "domain/fields.hpp"
#include "rules/condition.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// One value of a `match` line, held against the type of its field. Nothing when it is wrong (an error) or
/// can never equal a value of the field (the warning `never-matches`); the finding stands at the value.
[[nodiscard]] std::optional<Literal> read_literal(Findings& findings, const Node& value, const FieldSpec& field,
                                                  const Reference& reference);

}  // namespace kentongan::rules
