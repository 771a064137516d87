// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "app/test_report.hpp"

namespace kentongan::app {

int test(const TestArguments& arguments) {
  const auto loaded = load_rules(arguments.source);
  if (!loaded) return complain("test", loaded.error());
  const said::Language language = language_for(arguments.language, arguments.format == "text");
  if (!loaded->ok()) {
    fmt::print(stderr, "{}", describe(*loaded, wants_colour(STDERR_FILENO), language));
    return kWrong;
  }
  warn_without_rules("test", *loaded, arguments.source);
  std::optional<Coverage> coverage;
  if (arguments.coverage) coverage.emplace(loaded->rules.set);
  std::vector<StoryResult> results;
  for (const rules::Story& story : loaded->rules.stories) {
    results.push_back({&story, play(story, loaded->rules.set, loaded->reference, coverage ? &*coverage : nullptr)});
  }
  const auto summary = coverage ? std::optional(coverage->summary()) : std::nullopt;
  const Coverage::Summary* reached = summary ? &*summary : nullptr;
  if (arguments.format == "junit") {
    fmt::print("{}", test_junit(results, language));
    if (reached != nullptr) fmt::print(stderr, "{}", coverage_text(*reached, language));
  } else {
    fmt::print("{}", arguments.format == "json" ? test_json(results, reached, language)
                                                : test_text(results, reached, language));
  }
  const bool good =
      std::all_of(results.begin(), results.end(), [](const StoryResult& r) { return r.failures.empty(); });
  return good ? kGood : kWrong;
}

}  // namespace kentongan::app
