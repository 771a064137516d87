// SPDX-License-Identifier: Apache-2.0
#include "app/commands/report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/exit_codes.hpp"
#include "app/period/sources.hpp"
#include "period/page.hpp"

namespace kentongan::app {
namespace {

Result<LoadedRules> rules_of(RuleSource source, const Config* config) {
  if (source.rules.empty() && config != nullptr && !config->rules.empty()) {
    source.rules = {config->rules};
    if (source.reference.empty()) source.reference = config->reference;
  }
  if (source.rules.empty()) source.rules = {installed_rules()};
  auto loaded = load_rules(source);
  if (!loaded || loaded->ok()) return loaded;
  fmt::print(stderr, "{}", describe(*loaded, wants_colour(STDERR_FILENO)));
  return fail(Error::Kind::invalid, "the rules have errors");
}

const LocalZone& zone_of(const Reference& reference) {
  static const LocalZone kUtc;
  const auto& zone = reference.cities.empty() ? nullptr : reference.place(reference.cities.front()).zone;
  return zone ? *zone : kUtc;
}

std::string told_as(const std::string& format, const period::Told& told, const period::Words& words) {
  if (format == "json") return period::to_json(told);
  if (format == "csv") return period::to_csv(told);
  if (format == "html") return period::to_html(period::page_of(told, words, period::kOneSheet));
  return period::to_markdown(period::page_of(told, words));
}

Result<std::string> reported(const ReportArguments& arguments) {
  if (arguments.events && arguments.config) {
    return fail(Error::Kind::usage, "name either a file of --events or the --config of a service");
  }
  std::optional<Config> config;
  if (!arguments.events) {
    auto read = load_config(arguments.config);
    if (!read) return tl::unexpected(read.error());
    config = *std::move(read);
  }
  auto options = engine_options(arguments.engine);
  if (!options) return tl::unexpected(options.error());
  const auto until = until_of(arguments.engine);
  if (!until) return tl::unexpected(until.error());
  const auto loaded = rules_of(arguments.source, config ? &*config : nullptr);
  if (!loaded) return tl::unexpected(loaded.error());
  const auto span = period::Span::of(arguments.from, arguments.to, zone_of(*loaded->reference));
  if (!span) return tl::unexpected(span.error());
  const auto figures = config ? period_report::figures_of_journal(*config, *loaded, *span)
                              : period_report::figures_of_file(*arguments.events, *loaded, *span, *options, *until);
  if (!figures) return tl::unexpected(figures.error());
  period::Told told{*loaded->reference, *span, *figures, {}};
  for (const rules::Rule& rule : loaded->rules.set->rules) {
    if (!rule.title.id.empty()) told.rule_titles.emplace(rule.id.value(), rule.title);
  }
  return told_as(arguments.format, told, period::Words(arguments.language == "id"));
}

}  // namespace

int report(const ReportArguments& arguments) {
  const auto text = reported(arguments);
  if (!text) return complain("report", text.error());
  fmt::print("{}", *text);
  return kGood;
}

}  // namespace kentongan::app
