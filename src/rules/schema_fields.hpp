// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/json_text.hpp"

namespace kentongan::rules {

/// The definitions of the editor schema that come from the fields of events: `match`, `path`, `per`, and the data of
/// each event as a test writes it.
[[nodiscard]] JsonMembers field_definitions();

}  // namespace kentongan::rules
