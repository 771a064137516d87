// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/error.hpp"
#include "scenario/label.hpp"
#include "scenario/scorecard.hpp"

namespace kentongan::scenario {

/// What the scorer needs of one step of an alert.
struct AlertSeen {
  std::string alert, rule, scope_key, area, step;
  TimePoint time;
  bool shadow = false;
  std::vector<std::string> events;
};

/// Holds alerts against labels. An episode belongs to a story when one of its events is the story's, or when its
/// rule, its place (one of the label's keys where it has some, else an area that contains the other) and its time
/// (from the first symptom to a day after it was expected) fit the label. What belongs to none is a false alarm.
/// Of those that belong, the ones of the label's rules (and keys, where it has some) decide what is found.
/// Memory grows with the number of labels and episodes. Not thread-safe.
class Scorer {
 public:
  /// Error::invalid where a story stands twice.
  [[nodiscard]] static Result<Scorer> of(LabelHead head, std::vector<Label> labels);

  /// The steps in the order in which they were written.
  void take(const AlertSeen& seen);
  [[nodiscard]] Scorecard card() const;

 private:
  struct Judged {
    std::optional<TimePoint> told;      ///< first time that a rule that counts told of it
    std::vector<std::string> episodes;  ///< of rules that count
  };
  struct Episode {
    std::vector<std::size_t> labels;  ///< whose rules count this one
    std::optional<TimePoint> ended;
  };

  Scorer(LabelHead head, std::vector<Label> labels);
  void begin(const AlertSeen& seen);
  [[nodiscard]] bool fits(const Label& label, const AlertSeen& seen) const;
  [[nodiscard]] bool good(std::size_t label) const;

  LabelHead head_;
  std::vector<Label> labels_;
  std::vector<Judged> judged_;
  std::unordered_map<std::string, std::size_t> by_story_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_rule_;  ///< rule, blank, city
  std::unordered_map<std::string, Episode> episodes_;
  Scorecard card_;
};

}  // namespace kentongan::scenario
