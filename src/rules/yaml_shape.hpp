// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// A map of one of the YAML files of the reference directory. What it should be and is not is told at its
/// place; a key that nothing reads is a warning, because it may be meant for another program.
/// Refers to the node and the findings, which must outlive it.
class YamlMap {
 public:
  /// `what` names the map in messages: "a route".
  YamlMap(const Node& node, Findings& findings, TextView what, std::initializer_list<std::string_view> keys);

  /// Null when the key is absent or has no value.
  [[nodiscard]] const Node* find(std::string_view key) const;
  /// As find(), and tells that the key is missing.
  [[nodiscard]] const Node* require(std::string_view key);

 private:
  const Node& node_;
  Findings& findings_;
  TextView what_;
};

/// A text of a list, and where it stands.
struct PlacedText {
  std::string text;
  const Node* node = nullptr;
};
/// The texts of a list, none of them empty; a single text is a list of one.
[[nodiscard]] std::vector<PlacedText> texts_in(const Node& node, Findings& findings, TextView what);
/// The elements of a list; none, and told, when it is no list.
[[nodiscard]] std::span<const Node> list_in(const Node& node, Findings& findings, TextView what);

/// Small letters, digits, `_` and `-`, beginning with a letter: roles and categories.
[[nodiscard]] bool is_plain_name(std::string_view text);
/// Adds the roles that the node names to `roles`; what cannot be a role is told.
void read_roles(const Node& node, Findings& findings, std::vector<std::string>& roles);

}  // namespace kentongan::rules
