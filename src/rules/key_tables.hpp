// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/said/text.hpp"

namespace kentongan::rules {

/// One key of the rule language. The tables are the source for the checker, its hints, the reference
/// page docs/reference/rules.md (held against them by a test) and the editor schema.
struct KeySpec {
  enum class Need : std::uint8_t { optional, required };
  std::string_view name;
  Need need = Need::optional;
  said::TextView type;        ///< for people: "duration", "list of roles"
  std::string_view fallback;  ///< the default as it would be written, or ""
  said::TextView meaning;
};

/// The keys that a map may have.
struct KeyTable {
  said::TextView place;  ///< for sentences: "a rule", "`count`"
  std::span<const KeySpec> keys;
  /// Keys that belong to other places and are tried here, and what to say of them instead.
  struct Instead {
    std::string_view key;
    said::TextView hint;
  };
  std::span<const Instead> instead = {};

  [[nodiscard]] const KeySpec* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> names() const;
};

extern const KeyTable kFileKeys;
extern const KeyTable kRiskKeys;
extern const KeyTable kRiskLevelKeys;
extern const KeyTable kIndependentKeys;
extern const KeyTable kVoiceKeys;
extern const KeyTable kSourceKeys;
extern const KeyTable kContentKeys;
extern const KeyTable kRuleKeys;
extern const KeyTable kTitleKeys;
extern const KeyTable kCheckKeys;
extern const KeyTable kScoreKeys;
extern const KeyTable kLevelKeys;
extern const KeyTable kCountKeys;
extern const KeyTable kSequenceKeys;
extern const KeyTable kStepKeys;
extern const KeyTable kAbsenceKeys;
extern const KeyTable kAfterKeys;
extern const KeyTable kExpectedKeys;
extern const KeyTable kMomentKeys;
extern const KeyTable kSpikeKeys;
extern const KeyTable kClashKeys;
extern const KeyTable kQuotaKeys;
extern const KeyTable kAlertKeys;
extern const KeyTable kMessageKeys;
extern const KeyTable kRecommendKeys;
extern const KeyTable kEscalateKeys;
extern const KeyTable kRemindKeys;
extern const KeyTable kTestKeys;
extern const KeyTable kEventKeys;
extern const KeyTable kExpectKeys;
extern const KeyTable kExpectMessageKeys;
extern const KeyTable kExpectScoreKeys;

/// All tables, in the order of the reference page.
[[nodiscard]] std::span<const KeyTable* const> all_key_tables();

/// The places ("`count`", "`sequence`") where this key belongs.
[[nodiscard]] std::vector<said::TextView> places_of_key(std::string_view name);

/// The blocks, one of which says what kind of rule it is.
[[nodiscard]] std::span<const std::string_view> block_names();

}  // namespace kentongan::rules
