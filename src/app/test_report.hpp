// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/coverage.hpp"
#include "app/story_runner.hpp"

namespace kentongan::app {

struct StoryResult {
  const rules::Story* story;
  std::vector<StoryFailure> failures;  ///< none: passed
};

/// What `kentongan test` prints; `coverage` may be null.
[[nodiscard]] std::string test_text(const std::vector<StoryResult>& results, const Coverage::Summary* coverage,
                                    said::Language language);
[[nodiscard]] std::string test_json(const std::vector<StoryResult>& results, const Coverage::Summary* coverage,
                                    said::Language language);
/// JUnit XML: a suite for each file, a case for each test, its class the rule.
[[nodiscard]] std::string test_junit(const std::vector<StoryResult>& results, said::Language language);
/// The coverage alone, for people.
[[nodiscard]] std::string coverage_text(const Coverage::Summary& coverage, said::Language language);

}  // namespace kentongan::app
