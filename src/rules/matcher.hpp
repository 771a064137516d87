// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/rule_counts.hpp"
#include "rules/evaluator.hpp"
#include "rules/rule.hpp"

namespace kentongan::rules {

/// A condition that an event satisfies: of which rule, and which of its conditions_of().
struct Match {
  RuleIndex rule;
  std::uint32_t part = 0;
  friend auto operator<=>(const Match&, const Match&) = default;
};

/// Finds the conditions that an event satisfies, of all rules that have any (conditions_of).
/// Immutable once built; thread-safe; no allocation per event but for the growth of `matched`. Results
/// come by rule, then part. Refers to the rule set and the reference data.
///
/// The index: per event type and field that conditions look at, one bit set of conditions per value, which says
/// which of them that value (or its absence) leaves possible; of numbers one per bucket of them. The sets of the values
/// of an event, and-ed together, leave the candidates; only lines that no such set expresses are then tried on them.
class Matcher {
 public:
  Matcher(const RuleSet& rules, const Reference& reference);

  /// By index: only conditions that can hold are tried. Appends to `matched` after clearing it. The evaluator has
  /// begun with the event's situation. Of a `when` the terms are tried that the event decides alone; the deferred
  /// ones are left to the caller. What was tried and what failed is counted in `counts`, by rule.
  void match(const Event& event, Evaluator& evaluator, std::vector<Match>& matched, std::span<RuleCounts> counts) const;
  /// Every condition, by the slow evaluator. Leaves every `when` to the caller, whole; with it always the same
  /// result as match().
  void match_by_full_scan(const Event& event, std::vector<Match>& matched, std::span<RuleCounts> counts) const;
  /// What was matched, as it was written.
  [[nodiscard]] const Condition& condition(const Match& match) const {
    return *conditions_[match.rule.value()][match.part];
  }

  /// How many conditions the index leaves to be looked at for this event; for tests and benchmarks.
  [[nodiscard]] std::size_t candidates(const Event& event) const;

 private:
  using Words = std::vector<std::uint64_t>;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  /// Bit i stands for the i-th condition of the event type.
  struct CodedField {
    FieldId field{};
    Words any;                   ///< what does not look at the field: all that a missing value leaves
    std::vector<Words> by_code;  ///< what each code leaves
  };
  struct TextField {
    FieldId field{};
    Words any;
    /// Further conditions that this text leaves, ascending.
    std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>> by_text;
  };
  /// Bounds of numbers: a number lies in one bucket, and each bucket knows which conditions it leaves possible. Few
  /// enough that the sets stay small; what a bucket leaves is tried on the number itself.
  struct NumberField {
    struct Range {
      std::uint32_t condition;
      double least, most;
    };
    FieldId field{};
    std::vector<Range> ranges;
    std::vector<double> cuts;      ///< ascending; bucket i holds what is from cuts[i - 1] on and below cuts[i]
    std::vector<Words> by_bucket;  ///< one more than cuts
  };
  struct PerType {
    std::vector<Match> conditions;
    std::vector<std::vector<const FieldIn*>> rest;  ///< of each condition, what the index does not decide
    std::vector<const When*> when;                  ///< of each condition, null where it has no terms to be tried
    std::vector<CodedField> coded;
    std::vector<TextField> texts;
    std::vector<NumberField> numbers;
  };

  static CodedField& coded_field(PerType& type, FieldId field);
  static TextField& text_field(PerType& type, FieldId field);
  static void add(PerType& type, std::size_t condition, const FieldIn& line);
  static void add(PerType& type, std::size_t condition, const FieldRange& range);
  static void divide(NumberField& numbers, std::size_t conditions);
  static void add(PerType& type, std::size_t condition, const Condition& written);
  template <class Visit>
  void for_candidates(const Event& event, Visit visit) const;

  std::vector<std::vector<const Condition*>> conditions_;  ///< by rule and part
  const RuleSet& rules_;
  const Reference& reference_;
  std::array<PerType, 5> types_;
};

}  // namespace kentongan::rules
