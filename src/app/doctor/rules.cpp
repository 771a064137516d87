// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "app/doctor/checks.hpp"
#include "app/rule_source.hpp"

namespace kentongan::app::doctor {
namespace {

struct Counted {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::string first;  ///< the first error, else the first warning
};

template <class Belongs>
Counted count(const rules::Diagnostics& diagnostics, Belongs belongs) {
  Counted counted;
  for (const rules::Diagnostic& one : diagnostics.all) {
    if (!belongs(std::filesystem::path(one.file))) continue;
    const bool error = one.severity == rules::Severity::error;
    const bool tells = error ? counted.errors++ == 0 : counted.warnings++ + counted.errors == 0;
    if (tells) counted.first = fmt::format("{}:{}: {}", one.file, one.line, one.message.en);
  }
  return counted;
}

Finding judge(std::string_view check, const Counted& counted, std::string all_well, const Config& config) {
  if (counted.errors + counted.warnings == 0) return good(check, std::move(all_well));
  const std::string command = fmt::format("kentongan check --rules {}{}", config.rules.string(),
                                          config.reference.empty() ? "" : " --reference " + config.reference.string());
  const std::string found = fmt::format("{} errors, {} warnings: {}", counted.errors, counted.warnings, counted.first);
  const std::string advice = fmt::format("`{}` tells all of them", command);
  return counted.errors > 0 ? bad(check, found, advice) : doubtful(check, found, advice);
}

/// Rules of a stage never fire once the calendar has ended.
Finding judge_calendar(const Reference& reference, const Config& config, TimePoint now) {
  constexpr std::string_view kCheck = "calendar";
  const auto last = std::max_element(reference.stages.begin(), reference.stages.end(),
                                     [](const Stage& a, const Stage& b) { return a.last_day < b.last_day; });
  if (last == reference.stages.end()) {
    return doubtful(kCheck, "no stage of any election is in it",
                    "write the stages into calendar.csv of the reference data");
  }
  const Place& city = reference.place(reference.cities.front());
  const std::string end = fmt::format("{} of {} ends on {}", last->name, last->election, format_day(last->last_day));
  if (config.clock == ClockKind::wall && last->last_day < city.zone->day_of(now)) {
    return doubtful(kCheck, fmt::format("it is over: {}", end),
                    "rules that have `stages` are silent until calendar.csv holds the coming election");
  }
  return good(kCheck, fmt::format("the last stage, {}", end));
}

}  // namespace

Findings check_rules(const Config& config, TimePoint now) {
  const RuleSource source{{config.rules}, config.reference};
  const auto loaded = load_rules(source);
  if (!loaded) return {bad("rules", loaded.error().message, "correct `rules` and `reference` of the configuration")};
  const auto folder = reference_folder(source);
  const auto in_reference = [&](const std::filesystem::path& file) { return file.parent_path() == folder; };
  const auto is_roster = [&](const std::filesystem::path& file) {
    return in_reference(file) && (file.filename() == "roster.yaml" || file.filename() == "routing.yaml");
  };
  const auto& diagnostics = loaded->rules.diagnostics;
  Findings findings;
  findings.push_back(judge(
      "reference", count(diagnostics, [&](const auto& f) { return in_reference(f) && !is_roster(f); }),
      loaded->reference == nullptr
          ? "read"
          : fmt::format("{} cities, {} places", loaded->reference->cities.size(), loaded->reference->places.size()),
      config));
  findings.push_back(
      judge("roster", count(diagnostics, is_roster),
            loaded->reference == nullptr ? "read" : fmt::format("{} roles", loaded->reference->roles.size()), config));
  if (findings.back().health == Health::ok && !std::filesystem::exists(folder / "roster.yaml")) {
    findings.back() = doubtful("roster", fmt::format("there is no {}", (folder / "roster.yaml").string()),
                               "write it, so that alerts reach people: docs/reference/reference-data.md");
  }
  if (loaded->reference == nullptr) return findings;
  findings.push_back(judge_calendar(*loaded->reference, config, now));
  const auto of_rules = count(diagnostics, [&](const auto& file) { return !in_reference(file); });
  if (const std::string none = without_rules(*loaded, {config.rules}); !none.empty()) {
    findings.push_back(doubtful("rules", none, "nothing will be found; let `rules` name the folder of rule files"));
  } else {
    findings.push_back(
        judge("rules", of_rules,
              fmt::format("{} rules in {} files, without findings", loaded->rules.rules, loaded->rules.files), config));
  }
  return findings;
}

}  // namespace kentongan::app::doctor
