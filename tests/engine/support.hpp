// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "codec/decoder.hpp"
#include "engine/engine.hpp"

namespace kentongan::engine::testing {

/// Two cities. 35.73 has the kecamatan 35.73.01 (1001, 1002, 1003) and 35.73.02 (1004, 1005); neighbours are
/// 1001-1002, 1002-1003 and 1003-1004. 35.79 has one kecamatan with two kelurahan. Zone +07:00.
/// Stages: campaign to 12 November 2024, quiet_period 13 and 14, voting 16, recapitulation 16 to 20. The 16th is a
/// holiday, a Saturday. 35.73.02.1004 has the polling stations 001 and 002 and the site `store`.
std::shared_ptr<const Reference> town();

/// The checked rule set of this YAML (without `version: 1`); throws with the diagnostics when it is wrong.
std::shared_ptr<const rules::RuleSet> rules_of(std::string_view yaml,
                                               const std::shared_ptr<const Reference>& reference = town());

/// 2024-11-10T08:00:00+07:00, the zero of all offsets in tests.
TimePoint start();
/// start() and so much: "3h", "1d2h"; "-2h" is before it.
TimePoint at(std::string_view offset);
std::string rfc3339(TimePoint time);

/// A report of test events; what is empty is left out.
struct R {
  std::string area = "35.73.02.1004";
  std::string category = "intimidation";
  int severity = 3;
  std::string reporter = "a";
  char source = 'A';
  int content = 1;
  std::string status = {};
  std::string corrects = {};
  std::string more = {};       ///< further members of data: `"rw":"03"`
  std::string household = {};  ///< of the reporter
};
std::string report(std::string_view id, TimePoint time, const R& data = {}, std::string_view source = "/test");
/// `data` refuted: only area, status and corrects.
std::string refutation(std::string_view id, TimePoint time, std::string_view corrects,
                       std::string_view area = "35.73.02.1004");
std::string event(std::string_view type, std::string_view id, TimePoint time, std::string_view data,
                  std::string_view source = "/test");
std::string action(std::string_view id, TimePoint time, std::string_view alert, std::string_view what,
                   std::string_view more = "");

using SavedState = std::map<std::tuple<std::string, std::string, std::string>, std::string>;

/// The engine with a decoder before it, as all commands run it.
class Play {
 public:
  explicit Play(std::shared_ptr<const rules::RuleSet> rules, Options options = {},
                std::shared_ptr<const Reference> reference = town());
  explicit Play(std::string_view yaml, Options options = {}) : Play(rules_of(yaml), options) {}

  /// The verdict; a dead letter's is "dead_letter REASON POINTER".
  std::string take(const std::string& raw);
  /// All cities' clocks to this time.
  void until(TimePoint time);
  void until(std::string_view offset) { until(at(offset)); }

  /// Outputs since the last call, as the program writes them, a line each.
  std::vector<std::string> lines();
  /// The same for people: "3h risk 35.73.02 aman->siaga", "3h fired RULE SCOPE LEVEL", with what is not as usual:
  /// " acknowledged" (the state), " tier=1", " proposed", " shadow", " to=a,b".
  std::vector<std::string> log();
  std::vector<Output> outputs();

  Engine& engine() { return *engine_; }
  Effects& effects() { return effects_; }
  [[nodiscard]] double score(std::string_view code) const;
  [[nodiscard]] Level level(std::string_view code) const;
  /// "RULE SCOPE" of every open alert, sorted.
  [[nodiscard]] std::vector<std::string> open() const;
  /// The id of the alert that fired last for this rule among all outputs seen; empty: none.
  [[nodiscard]] std::string last_alert(std::string_view rule) const;

  /// Commits what changed to `saved`.
  void save(SavedState& saved);
  /// Throws the engine away and restores another one from `saved`. Outputs not yet read are lost.
  void restart(const SavedState& saved);
  /// The same with other rules from then on.
  void restart(const SavedState& saved, std::shared_ptr<const rules::RuleSet> rules);

 private:
  void note_alerts();
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const Reference> reference_;
  Options options_;
  codec::Decoder decoder_;
  std::unique_ptr<Engine> engine_;
  Effects effects_;
  std::map<std::string, std::string, std::less<>> last_alerts_;
};

}  // namespace kentongan::engine::testing
