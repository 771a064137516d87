// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "domain/words.hpp"
#include "rules/cel/environment.hpp"
#include "rules/expression.hpp"

namespace kentongan::rules {

/// What expressions of this use know about an event of this type: its fields with and without its name before them,
/// the names of the engine, and the functions. They replace what had their names. Left out, because nobody may ask:
/// the reporter, and outside messages and pairs the party and the officer; see is_withheld().
void declare_names(cel::Environment& environment, ExpressionUse use, EventType on);

/// A field that exists and that expressions of this use may not look at: a person, or the party.
[[nodiscard]] bool is_withheld(FieldId field, ExpressionUse use);

/// Functions of ours. They may only be evaluated over a SituationActivation.
void add_functions(cel::Environment& environment);

/// The path under which expressions know the slot, without the event's name: "severity", "area.risk", "previous.time".
[[nodiscard]] std::string name_of_slot(cel::SlotId slot);

}  // namespace kentongan::rules
