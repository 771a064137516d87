// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/evaluator.hpp"
#include "rules/rule.hpp"

namespace kentongan::rules {

/// Finds the rules whose condition an event satisfies (check, score and count rules; level rules have none).
/// Immutable once built; thread-safe; no allocation per event but for the growth of `matched`. Results
/// come in ascending RuleIndex. Refers to the rule set and the reference data.
///
/// The index: per event type and field that rules look at, one bit set of rules per value, which says which
/// rules that value (or its absence) leaves possible. The sets of the values of an event, and-ed
/// together, leave the candidates; only conditions that no such set expresses are then tried on them.
class Matcher {
 public:
  Matcher(const RuleSet& rules, const Reference& reference);

  /// By index: only rules that can match are tried. Appends to `matched` after clearing it. The evaluator has begun
  /// with the event's situation. Of a `when` the terms are tried that the event decides alone; the deferred ones are
  /// left to the caller. Rules whose `when` fails are appended to `failed`.
  void match(const Event& event, Evaluator& evaluator, std::vector<RuleIndex>& matched,
             std::vector<RuleIndex>& failed) const;
  /// Every rule, by the slow evaluator. Leaves every `when` to the caller, whole; with it always the same result as
  /// match().
  void match_by_full_scan(const Event& event, std::vector<RuleIndex>& matched) const;

  /// How many rules the index leaves to be looked at for this event; for tests and benchmarks.
  [[nodiscard]] std::size_t candidates(const Event& event) const;

 private:
  using Words = std::vector<std::uint64_t>;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  /// Bit i stands for the i-th rule of the event type.
  struct CodedField {
    FieldId field{};
    Words any;                   ///< rules that do not look at the field: all that a missing value leaves
    std::vector<Words> by_code;  ///< what each code leaves
  };
  struct TextField {
    FieldId field{};
    Words any;
    /// Further rules that this text leaves, ascending.
    std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>> by_text;
  };
  struct PerType {
    std::vector<RuleIndex> rules;
    std::vector<std::vector<const FieldIn*>> rest;  ///< of each rule, what the index does not decide
    std::vector<const When*> when;                  ///< of each rule, null where it has no terms to be tried
    std::vector<CodedField> coded;
    std::vector<TextField> texts;
  };

  static CodedField& coded_field(PerType& type, FieldId field);
  static TextField& text_field(PerType& type, FieldId field);
  static void add(PerType& type, std::size_t rule, const FieldIn& line);
  static void add(PerType& type, std::size_t rule, const Condition& condition);
  template <class Visit>
  void for_candidates(const Event& event, Visit visit) const;

  const RuleSet& rules_;
  const Reference& reference_;
  std::array<PerType, 5> types_;
};

}  // namespace kentongan::rules
