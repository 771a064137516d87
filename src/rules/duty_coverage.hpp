// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/reference.hpp"
#include "duty/roster.hpp"
#include "rules/diagnostic.hpp"
#include "rules/rule.hpp"

namespace kentongan::rules {

/// Warns, at `people` of roster.yaml, of what only roster and rules together show:
///   nobody-on-duty   a role that a rule or route tells has nobody with a channel on duty in some kelurahan at some
///   hour
///                    of the week (or of a week of days of a kind that duty times name); a few findings a role
///   unknown-role     a person's role that no rule and no route tells
/// Says nothing of a roster in which nobody has a channel. Substitutes are left aside: they come and go.
void check_duty(const RuleSet& rules, const Reference& reference, const duty::Roster& roster, Diagnostics& out);

}  // namespace kentongan::rules
