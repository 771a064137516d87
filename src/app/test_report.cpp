// SPDX-License-Identifier: Apache-2.0
#include "app/test_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/writer.hpp"
#include "rules/said/say.hpp"

namespace kentongan::app {
namespace {

std::size_t failed_of(const std::vector<StoryResult>& results) {
  return static_cast<std::size_t>(
      std::count_if(results.begin(), results.end(), [](const StoryResult& r) { return !r.failures.empty(); }));
}

std::string quoted(std::string_view text) {
  std::string out;
  codec::append_string(out, text);
  return out;
}

said::TextView sentence(Coverage::Gap::Kind kind) {
  switch (kind) {
    case Coverage::Gap::Kind::never_fires:
      return "fires in no test";
    case Coverage::Gap::Kind::never_true:
      return "was never true";
    case Coverage::Gap::Kind::never_false:
      return "was never false";
    case Coverage::Gap::Kind::never_reached:
      return "was never reached";
  }
  return {};
}

said::Text expected(const StoryFailure& failure) { return said::say("expected: {}", failure.expected); }
said::Text actual(const StoryFailure& failure) { return said::say("actual:   {}", failure.actual); }

std::string coverage_json(const Coverage::Summary& coverage) {
  std::string out = fmt::format(
      R"({{"rules":{},"rules_fired":{},"conditions":{},"conditions_both":{},"steps":{},"steps_reached":{},"gaps":[)",
      coverage.rules, coverage.rules_fired, coverage.conditions, coverage.conditions_both, coverage.steps,
      coverage.steps_reached);
  for (const Coverage::Gap& gap : coverage.gaps) {
    if (out.back() == '}') out += ',';
    out += fmt::format(R"({{"file":{},"line":{},"rule":{},"kind":"{}","part":{}}})", quoted(gap.rule->file),
                       gap.rule->line, quoted(gap.rule->id.value()), Coverage::name_of(gap.kind), quoted(gap.part));
  }
  return out + "]}";
}

/// Text of XML, also between double quotes. Control characters have no place in XML.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n') {
      out += "&#10;";
    } else {
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string junit_case(const StoryResult& result, said::Language language) {
  const rules::Story& story = *result.story;
  std::string out = fmt::format(R"(    <testcase classname="{}" name="{}" file="{}" line="{}")", xml(story.rule),
                                xml(story.name), xml(story.file), story.line);
  if (result.failures.empty()) return out + "/>\n";
  const StoryFailure& first = result.failures.front();
  out += fmt::format(">\n      <failure message=\"{}\">",
                     xml(said::say("expected: {}; actual: {}", first.expected, first.actual).in(language)));
  for (const StoryFailure& failure : result.failures) {
    out += xml(fmt::format("{}:{}\n{}\n{}\n", story.file, failure.line, expected(failure).in(language),
                           actual(failure).in(language)));
  }
  return out + "</failure>\n    </testcase>\n";
}

}  // namespace

std::string coverage_text(const Coverage::Summary& coverage, said::Language language) {
  std::string out;
  for (const auto& [rule, kind, part] : coverage.gaps) {
    out += fmt::format("{}:{}: {}: {}{}\n", rule->file, rule->line, rule->id.value(),
                       part.empty() ? "" : fmt::format("`{}` ", part), sentence(kind).in(language));
  }
  said::Text total = said::say("coverage: {} of {} rules fire, {} of {} conditions were true and false",
                               coverage.rules_fired, coverage.rules, coverage.conditions_both, coverage.conditions);
  if (coverage.steps > 0) {
    total = said::say("{}, {} of {} steps were reached", total, coverage.steps_reached, coverage.steps);
  }
  return out + total.in(language) + '\n';
}

std::string test_text(const std::vector<StoryResult>& results, const Coverage::Summary* coverage,
                      said::Language language) {
  std::string out;
  for (const auto& [story, failures] : results) {
    for (const StoryFailure& failure : failures) {
      out += fmt::format("{}:{}: {}: {}\n   {}\n   {}\n", story->file, failure.line, story->rule, story->name,
                         expected(failure).in(language), actual(failure).in(language));
    }
  }
  if (coverage != nullptr) out += coverage_text(*coverage, language);
  const std::size_t failed = failed_of(results);
  return out + said::say("{} passed, {} failed", results.size() - failed, failed).in(language) + '\n';
}

std::string test_json(const std::vector<StoryResult>& results, const Coverage::Summary* coverage,
                      said::Language language) {
  const std::size_t failed = failed_of(results);
  std::string out = fmt::format(R"({{"passed":{},"failed":{},"failures":[)", results.size() - failed, failed);
  for (const auto& [story, failures] : results) {
    for (const StoryFailure& failure : failures) {
      if (out.back() == '}') out += ',';
      out += fmt::format(R"({{"file":{},"line":{},"rule":{},"test":{},"expected":{},"actual":{}}})",
                         quoted(story->file), failure.line, quoted(story->rule), quoted(story->name),
                         quoted(failure.expected.in(language)), quoted(failure.actual.in(language)));
    }
  }
  out += ']';
  if (coverage != nullptr) out += ",\"coverage\":" + coverage_json(*coverage);
  return out + "}\n";
}

std::string test_junit(const std::vector<StoryResult>& results, said::Language language) {
  std::string out =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{}\" failures=\"{}\">\n",
                  results.size(), failed_of(results));
  // The stories of a file stand together.
  for (auto from = results.begin(); from != results.end();) {
    const std::string& file = from->story->file;
    const auto to = std::find_if(from, results.end(), [&](const StoryResult& r) { return r.story->file != file; });
    const std::vector<StoryResult> suite(from, to);
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", xml(file), suite.size(),
                       failed_of(suite));
    for (const StoryResult& result : suite) out += junit_case(result, language);
    out += "  </testsuite>\n";
    from = to;
  }
  return out + "</testsuites>\n";
}

}  // namespace kentongan::app
