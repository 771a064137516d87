// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "rules/findings.hpp"
#include "rules/key_tables.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// A map held against its table. The constructor makes the findings about keys: unknown (with the
/// nearest name), misplaced (with the place where it belongs), missing.
/// A missing key is reported (unless a misspelled one stands for it) at the key of the map itself, or, where the map is
/// an item of a list, at its first key. Refers to its arguments.
class MapReader {
 public:
  MapReader(Findings& findings, const Node& map, const KeyTable& table, const Node* own_key = nullptr);

  /// Null when the key is absent.
  [[nodiscard]] const Node* value(std::string_view key) const;
  [[nodiscard]] const Node* key(std::string_view key) const;
  /// Where to say that something is missing.
  [[nodiscard]] std::size_t place_of_missing() const;
  /// Whether an unknown key is most likely meant as this one: one mistake gets one finding.
  [[nodiscard]] bool misspelled(std::string_view key) const;
  /// Says that this key is missing, unless it is there misspelled.
  void missing(std::string_view key, TextView hint = {}) const;

  [[nodiscard]] Findings& findings() const { return *findings_; }

 private:
  void check_key(const Node& key) const;
  [[nodiscard]] Fix renaming(const Node& key) const;

  Findings* findings_;
  const Node* map_;
  const KeyTable* table_;
  const Node* own_key_;
};

}  // namespace kentongan::rules
