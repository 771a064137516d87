// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "app/story_runner.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

struct FailedStory {
  const rules::Story* story;
  std::vector<StoryFailure> failures;
};

void print_text(const std::vector<FailedStory>& failed, std::size_t passed) {
  for (const auto& [story, failures] : failed) {
    for (const StoryFailure& failure : failures) {
      fmt::print("{}:{}: {}: {}\n   expected: {}\n   actual:   {}\n", story->file, failure.line, story->rule,
                 story->name, failure.expected, failure.actual);
    }
  }
  fmt::print("{} passed, {} failed\n", passed, failed.size());
}

void print_json(const std::vector<FailedStory>& failed, std::size_t passed) {
  std::string out = fmt::format(R"({{"passed":{},"failed":{},"failures":[)", passed, failed.size());
  bool first = true;
  const auto field = [&](std::string_view name, std::string_view value) {
    out += fmt::format("\"{}\":", name);
    codec::append_string(out, value);
  };
  for (const auto& [story, failures] : failed) {
    for (const StoryFailure& failure : failures) {
      out += std::exchange(first, false) ? "{" : ",{";
      field("file", story->file);
      out += fmt::format(",\"line\":{},", failure.line);
      field("rule", story->rule);
      out += ',';
      field("test", story->name);
      out += ',';
      field("expected", failure.expected);
      out += ',';
      field("actual", failure.actual);
      out += '}';
    }
  }
  fmt::print("{}]}}\n", out);
}

}  // namespace

int test(const TestArguments& arguments) {
  const auto loaded = load_rules(arguments.source);
  if (!loaded) return complain("test", loaded.error());
  if (!loaded->ok()) {
    fmt::print(stderr, "{}", describe(*loaded, wants_colour(STDERR_FILENO)));
    return kWrong;
  }
  warn_without_rules("test", *loaded, arguments.source);
  std::size_t passed = 0;
  std::vector<FailedStory> failed;
  for (const rules::Story& story : loaded->rules.stories) {
    auto failures = play(story, loaded->rules.set, loaded->reference);
    if (failures.empty()) {
      ++passed;
    } else {
      failed.push_back({&story, std::move(failures)});
    }
  }
  if (arguments.format == "json") {
    print_json(failed, passed);
  } else {
    print_text(failed, passed);
  }
  return failed.empty() ? kGood : kWrong;
}

}  // namespace kentongan::app
