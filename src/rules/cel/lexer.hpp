// SPDX-License-Identifier: Apache-2.0
// Text to tokens.
#pragma once

#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/cel/compile_error.hpp"
#include "rules/cel/token.hpp"

namespace kentongan::cel {

// The last token is `end`. Stops at the first error. The text is at most 4 GiB.
[[nodiscard]] tl::expected<std::vector<Token>, Error> tokenize(std::string_view text);

}  // namespace kentongan::cel
