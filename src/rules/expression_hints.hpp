// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "domain/reference.hpp"
#include "domain/words.hpp"
#include "rules/cel/compile_error.hpp"
#include "rules/said/text.hpp"

namespace kentongan::rules {

/// What somebody most likely means who writes this: the name of a function in another language, a word without quotes,
/// a number for a text, `2h`, `NOT`, `between`. `text`: the expression or macro in which the error stands. Empty:
/// nothing is likely.
[[nodiscard]] said::Text likely_meant(const cel::Error& error, std::string_view text, EventType on,
                                      const Reference& reference);

}  // namespace kentongan::rules
