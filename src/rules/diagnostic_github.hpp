// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rules/diagnostic.hpp"

namespace kentongan::rules {

/// Workflow commands, a line each, that GitHub Actions shows at the place in a pull request:
///
///     ::error file=rules/a.yaml,line=7,col=5,title=unknown-key::a rule has no key `mach`%0Adid you mean `match`?
[[nodiscard]] std::string to_github(const Diagnostics& diagnostics, said::Language language = said::Language::english);

}  // namespace kentongan::rules
