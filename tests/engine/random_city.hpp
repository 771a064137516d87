// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iosfwd>
#include <sstream>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "support.hpp"

namespace kentongan::engine::testing {

/// One step of a random story, in small numbers, so that a failing story shrinks to the steps that matter.
struct Step {
  std::uint8_t kind = 0;  ///< see to_inputs()
  std::uint8_t gap = 0;   ///< behind or ahead of the greatest time so far
  std::uint8_t area = 0;
  std::uint8_t who = 0;
  std::uint8_t what = 0;    ///< category, severity
  std::uint8_t target = 0;  ///< how far back the event lies that it speaks of
};
std::ostream& operator<<(std::ostream& out, const Step& step);

rc::Gen<std::vector<Step>> any_steps();
/// Only plain reports, later refuted or not; none out of order.
rc::Gen<std::vector<Step>> orderly_reports();

/// An event's bytes, or (empty) the clocks moved on to `time`.
struct Input {
  std::string raw;
  TimePoint time;
};
std::ostream& operator<<(std::ostream& out, const Input& input);

/// The story as events; actions speak of alerts that these rules fire.
std::vector<Input> to_inputs(const std::vector<Step>& steps, const std::shared_ptr<const rules::RuleSet>& rules,
                             Options options);
std::string feed(Play& play, const Input& input);

/// Rules of every kind that remember something. `variant` picks the risk section.
std::shared_ptr<const rules::RuleSet> busy_rules(unsigned variant);
/// The text of risky_rules().
std::string risky_yaml(unsigned variant);
/// The same, and rules whose conditions and weights look at the risk.
std::shared_ptr<const rules::RuleSet> risky_rules(unsigned variant);
inline constexpr unsigned kVariants = 4;
Options busy_options(unsigned variant);

/// Runs a property on `count` random cases; a failure is a failed test with the case that failed. For longer
/// searches KENTONGAN_CASES=20 makes it twenty times as many; RC_PARAMS="seed=N" repeats a run, and with
/// KENTONGAN_SHRINK=1 it looks for the smallest case, which may take minutes.
template <class Property>
void hold(const char* what, int count, Property property) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.disableShrinking = std::getenv("KENTONGAN_SHRINK") == nullptr;
  const char* times = std::getenv("KENTONGAN_CASES");
  params.maxSuccess = count * (times == nullptr ? 1 : std::max(1, std::atoi(times)));
  const auto result = rc::detail::checkTestable(std::move(property), rc::detail::TestMetadata{what, what}, params);
  if (!result.template is<rc::detail::SuccessResult>()) {
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    ADD_FAILURE() << what << "\n" << text.str();
  }
}

}  // namespace kentongan::engine::testing
