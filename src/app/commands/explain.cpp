// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "adapters/ndjson/line_reader.hpp"
#include "app/access/open_access.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "app/explain/alert_report.hpp"
#include "app/explain/event_report.hpp"
#include "app/explain/journal_alert.hpp"
#include "codec/json_reader.hpp"
#include "domain/nearest.hpp"

namespace kentongan::app {
namespace {

using explain::AlertStory;
using explain::AlertTold;
using explain::Language;
using explain::Speech;

constexpr const char* kCommand = "explain";
constexpr std::size_t kLargestEventFile = std::size_t{64} << 20U;

Language language_of(const ExplainArguments& arguments) {
  return explain::language_named(arguments.language).value_or(Language::english);
}

/// The rules, or none after their errors were told.
Result<LoadedRules> rules_of(const RuleSource& source) {
  auto loaded = load_rules(source);
  if (!loaded || loaded->ok()) return loaded;
  fmt::print(stderr, "{}", describe(*loaded, wants_colour(STDERR_FILENO)));
  return fail(Error::Kind::invalid, "the rules have errors");
}

Result<std::optional<RuleIndex>> rule_named(const std::optional<std::string>& name, const rules::RuleSet& rules) {
  if (!name) return std::optional<RuleIndex>();
  std::vector<std::string_view> known;
  for (std::uint32_t i = 0; i < rules.rules.size(); ++i) {
    if (rules.rules[i].id.value() == *name) return std::optional(RuleIndex{i});
    known.emplace_back(rules.rules[i].id.value());
  }
  return fail(Error::Kind::usage,
              fmt::format("--rule: there is no rule `{}`; {}", *name,
                          did_you_mean(*name, known,
                                       "`kentongan explain --event F` without --rule names all that are "
                                       "not off")));
}

Result<std::string> text_of_file(const std::string& path) {
  std::ostringstream text;
  if (path == "-") {
    text << std::cin.rdbuf();
  } else {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(Error::Kind::usage, fmt::format("cannot read {}; name a file with an event", path));
    if (file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
    if (file.bad()) return fail(Error::Kind::failed, fmt::format("cannot read {}", path));
  }
  std::string all = text.str();
  if (all.size() > kLargestEventFile) {
    return fail(Error::Kind::usage, fmt::format("{} is larger than 64 MiB; put what came before into --history", path));
  }
  return all;
}

/// The events of a file: one that may stand on several lines, or one a line.
std::vector<std::string_view> events_in(std::string_view text) {
  codec::JsonReader json;
  const auto is_json = [&](std::string_view raw) { return !json.read(raw, codec::DecodeLimits{}.max_depth); };
  std::vector<std::string_view> lines;
  bool any = false;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    std::string_view line = text.substr(from, end - from);
    from = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    lines.push_back(line);
    any = any || is_json(line);
  }
  // No line is a document of its own: all of them together are one, or are meant to be.
  if (!any && lines.size() > 1) return {text};
  return lines;
}

/// Feeds what came before, up to the event itself where that is among it.
Result<void> feed_history(const std::string& path, std::string_view event, explain::EventTrial& trial) {
  auto lines = ndjson::LineReader::open(path);
  if (!lines) return tl::unexpected(lines.error());
  for (;;) {
    auto line = lines->next();
    if (!line) return tl::unexpected(line.error());
    if (!*line || (*line)->text == event) return {};
    if (!(*line)->cut) trial.feed((*line)->text);
  }
}

Result<std::string> explain_event(const ExplainArguments& arguments) {
  auto loaded = rules_of(arguments.source);
  if (!loaded) return tl::unexpected(loaded.error());
  auto options = engine_options(arguments.engine);
  if (!options) return tl::unexpected(options.error());
  const rules::RuleSet& rules = *loaded->rules.set;
  const auto rule = rule_named(arguments.rule, rules);
  if (!rule) return tl::unexpected(rule.error());
  const auto text = text_of_file(*arguments.event);
  if (!text) return tl::unexpected(text.error());
  const std::vector<std::string_view> events = events_in(*text);
  if (events.empty()) {
    return fail(Error::Kind::invalid, fmt::format("{} holds no event; put one CloudEvent into it", *arguments.event));
  }
  explain::EventTrial trial(loaded->rules.set, loaded->reference, *std::move(options), language_of(arguments));
  if (arguments.history) {
    if (auto fed = feed_history(*arguments.history, events.back(), trial); !fed) return tl::unexpected(fed.error());
  }
  for (std::size_t i = 0; i + 1 < events.size(); ++i) trial.feed(events[i]);
  const auto told = trial.explain(events.back(), *rule);
  if (!told) return tl::unexpected(told.error());
  const Speech speech(language_of(arguments), *loaded->reference, told->city);
  if (arguments.format == "json") return explain::event_json(*told, rules.risk, speech);
  return *rule ? explain::rule_text(*told, told->rules.front(), rules.risk, speech)
               : explain::rules_text(*told, rules.risk, speech);
}

/// The city with whose code the alert's id begins.
Result<PlaceId> city_of(const std::string& alert, const Reference& reference) {
  const auto dash = alert.find('-');
  const std::string code = alert.substr(0, dash);
  const auto place = reference.find_place(code);
  if (dash != std::string::npos && place && reference.place(*place).kind == PlaceKind::city) return *place;
  std::vector<std::string_view> known;
  for (const PlaceId city : reference.cities) known.emplace_back(reference.place(city).code);
  return fail(Error::Kind::invalid,
              fmt::format("alert {}: its id begins with no city of the reference data, which has {}; take the id from "
                          "the alert as it was sent, or name the data of its city with --reference",
                          alert, one_of(known)));
}

explain::Inputs inputs_of_file(const std::string& path) {
  return [path](const explain::InputVisit& visit) -> Result<void> {
    auto lines = ndjson::LineReader::open(path);
    if (!lines) return tl::unexpected(lines.error());
    for (;;) {
      auto line = lines->next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) return {};
      if (!(*line)->cut && !visit((*line)->text, std::nullopt)) return {};
    }
  };
}

Error not_in_file(const std::string& alert, const std::string& file, const AlertStory& story, std::string_view city) {
  if (!story.any_input()) {
    return {Error::Kind::invalid, fmt::format("{} holds no event of {}, the city of alert {}", file, city, alert)};
  }
  std::vector<std::string_view> known(story.seen().begin(), story.seen().end());
  const std::string hint = known.empty()
                               ? std::string("no alert of that city fires in it; deadlines may need --until")
                               : did_you_mean(alert, known, fmt::format("the last there are {}", one_of(known)));
  return {Error::Kind::invalid, fmt::format("no alert {} comes of {} with these rules; {}", alert, file, hint)};
}

const rules::Rule* find_rule(const rules::RuleSet& rules, const std::string& id) {
  for (const rules::Rule& rule : rules.rules) {
    if (rule.id.value() == id) return &rule;
  }
  return nullptr;
}

std::string report(const ExplainArguments& arguments, const AlertTold& told, const LoadedRules& loaded, PlaceId city) {
  const Speech speech(language_of(arguments), *loaded.reference, city);
  const rules::RiskModel& risk = loaded.rules.set->risk;
  return arguments.format == "json" ? explain::alert_json(told, risk, speech) : explain::alert_text(told, risk, speech);
}

Result<std::string> explain_from_file(const ExplainArguments& arguments) {
  if (*arguments.file == "-") {
    return fail(Error::Kind::usage, "the events are read twice; name a file instead of standard input");
  }
  auto loaded = rules_of(arguments.source);
  if (!loaded) return tl::unexpected(loaded.error());
  auto options = engine_options(arguments.engine);
  if (!options) return tl::unexpected(options.error());
  const auto until = until_of(arguments.engine);
  if (!until) return tl::unexpected(until.error());
  const auto city = city_of(*arguments.alert, *loaded->reference);
  if (!city) return tl::unexpected(city.error());
  AlertStory story(loaded->rules.set, loaded->reference, *std::move(options), language_of(arguments), *city);
  const explain::Inputs inputs = inputs_of_file(*arguments.file);
  if (auto played = story.play(*arguments.alert, inputs, *until); !played) return tl::unexpected(played.error());
  if (story.steps().empty()) {
    return tl::unexpected(not_in_file(*arguments.alert, *arguments.file, story, loaded->reference->place(*city).code));
  }
  AlertTold told;
  told.steps = story.steps();
  told.rule = find_rule(*loaded->rules.set, told.steps.front().step.rule);
  if (auto completed = story.complete(told, inputs); !completed) return tl::unexpected(completed.error());
  return report(arguments, told, *loaded, *city);
}

Result<std::string> explain_from_journal(const ExplainArguments& arguments) {
  const auto config = load_config(arguments.config);
  if (!config) return tl::unexpected(config.error());
  RuleSource source = arguments.source;
  if (source.rules.empty()) {
    source.rules = {config->rules.empty() ? installed_rules() : config->rules};
    if (source.reference.empty()) source.reference = config->reference;
  }
  auto loaded = rules_of(source);
  if (!loaded) return tl::unexpected(loaded.error());
  const auto city = city_of(*arguments.alert, *loaded->reference);
  if (!city) return tl::unexpected(city.error());
  auto told = explain::alert_of_journal(*arguments.alert, *config, *loaded, language_of(arguments), *city);
  if (!told) return tl::unexpected(told.error());
  told->rule = find_rule(*loaded->rules.set, told->steps.front().step.rule);
  if (auto kept = record_command(*config, "read", *arguments.alert); !kept) return tl::unexpected(kept.error());
  return report(arguments, *told, *loaded, *city);
}

Result<std::string> explain_any(ExplainArguments arguments) {
  if (arguments.event && (arguments.alert || arguments.file || arguments.config)) {
    return fail(Error::Kind::usage, "--event explains an event; leave out the alert, the file and --config");
  }
  if (!arguments.event && !arguments.alert) {
    return fail(Error::Kind::usage, "say what to explain: an alert's id, or --event FILE");
  }
  if (!arguments.event && (arguments.rule || arguments.history)) {
    return fail(Error::Kind::usage, "--rule and --history belong to --event");
  }
  if (arguments.alert && !arguments.file) return explain_from_journal(arguments);
  if (arguments.config) {
    return fail(Error::Kind::usage, "name either a file of events or the --config of a service");
  }
  if (arguments.source.rules.empty()) arguments.source.rules = {installed_rules()};
  return arguments.event ? explain_event(arguments) : explain_from_file(arguments);
}

}  // namespace

int explain_command(const ExplainArguments& arguments) {
  const auto text = explain_any(arguments);
  if (!text) return complain(kCommand, text.error());
  fmt::print("{}", *text);
  return kGood;
}

}  // namespace kentongan::app
