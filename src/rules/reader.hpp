// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// Deepest nesting of maps and lists, and most values of one file.
inline constexpr std::size_t kMaxDepth = 24;
inline constexpr std::size_t kMaxNodes = 250'000;

/// First stage: the text of a rule file -> its tree of nodes, the YAML library behind it.
///
/// A subset of YAML 1.2 that every reader of YAML understands in the same way: one document, no anchors,
/// aliases, tags or merge keys, no key twice, no number with a leading zero, no tabs as indentation.
/// Time and memory are bounded whatever the text is. None when there is no tree to go on with: with
/// findings, or without when the text holds nothing but comments; a tree with findings when only a part was wrong.
[[nodiscard]] std::optional<Node> read_tree(Findings& findings);

}  // namespace kentongan::rules
