// SPDX-License-Identifier: Apache-2.0
// Tokens to a tree, with the standard macros expanded.
#pragma once

#include <cstddef>
#include <string_view>

#include <tl/expected.hpp>

#include "rules/cel/ast.hpp"
#include "rules/cel/compile_error.hpp"

namespace kentongan::cel {

struct ExpressionLimits {
  std::size_t text_bytes = std::size_t{64} * 1024;
  std::size_t nodes = 20'000;  // macros of the host included
  std::uint16_t depth = 200;   // nested parts, brackets included
};

// The error is the first one in the text. The text must be UTF-8, else that is an error.
[[nodiscard]] tl::expected<Ast, Error> parse(std::string_view text, const ExpressionLimits& limits = {});

}  // namespace kentongan::cel
