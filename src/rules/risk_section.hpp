// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/findings.hpp"
#include "rules/node.hpp"
#include "rules/rule.hpp"

namespace kentongan::rules {

/// Checks and compiles a `risk` section over the defaults, key by key. `key` is the key `risk`.
[[nodiscard]] RiskModel compile_risk(Findings& findings, const Node& key, const Node& risk);

}  // namespace kentongan::rules
