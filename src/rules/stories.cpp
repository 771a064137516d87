// SPDX-License-Identifier: Apache-2.0
#include "rules/stories.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/expectations.hpp"
#include "rules/map_reader.hpp"
#include "rules/said/say.hpp"
#include "rules/stage_names.hpp"
#include "rules/story_data.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// The event's key of an item of `events`; findings where there is none or a second.
const Entry* event_of(Findings& findings, const MapReader& keys, const Node& item) {
  const Entry* found = nullptr;
  for (const Entry& entry : item.entries) {
    if (!from_word<EventType>(entry.key.text)) continue;
    if (found != nullptr) {
      findings.error(entry.key.offset, "several-events", say("`{}` is a second event in one item", entry.key.text),
                     "write each event as an item of its own");
      return found;
    }
    found = &entry;
  }
  const auto& names = Words<EventType>::list;
  const bool misspelled = std::any_of(names.begin(), names.end(), [&](auto name) { return keys.misspelled(name); });
  if (found == nullptr && !misspelled) {
    findings.error(keys.place_of_missing(), "missing-key", "an event of a test names no event",
                   "add `report`, `campaign`, `consignment`, `readiness` or `action` with its data");
  }
  return found;
}

class StoryReader {
 public:
  StoryReader(const SetContext& context, Findings& findings, std::vector<const Node*>& named_rules)
      : context_(context), findings_(findings), named_rules_(named_rules) {}

  Story read(const Node& test, std::string_view rule) {
    const MapReader keys(findings_, test, kTestKeys);
    story_.rule = rule;
    story_.file = findings_.source().name();
    story_.line = findings_.source().line_at(test.offset);
    if (const Node* name = keys.value("name")) {
      story_.name = read_text(findings_, *name, "the name of a test").value_or("");
    }
    if (const Node* start = keys.value("start")) {
      story_.start = read_time(findings_, *start, "`start`").value_or(TimePoint{});
    }
    if (const Node* stage = keys.value("stage")) {
      story_.stage = read_stage(findings_, *stage, "`stage`", *context_.reference);
    }
    if (const Node* events = keys.value("events")) read_events(*events);
    if (const Node* expect = keys.value("expect")) read_expectations(*expect);
    warn_cannot_fail(keys);
    return std::move(story_);
  }

 private:
  void read_events(const Node& events) {
    if (!expect_list(findings_, events, "`events`", "")) return;
    for (const Node& item : events.items) {
      if (!expect_map(findings_, item, "an event of a test")) continue;
      const MapReader keys(findings_, item, kEventKeys);
      StoryEvent event;
      event.line = findings_.source().line_at(item.offset);
      event.at = story_.start + moment(keys);
      const Entry* data = event_of(findings_, keys, item);
      if (data == nullptr) continue;
      event.type = *from_word<EventType>(data->key.text);
      if (event.type == EventType::action) event.alert_of = rule_of_alert(data->value);
      event.data_json = read_event_data(context_, findings_, data->key, data->value, event.type);
      story_.events.push_back(std::move(event));
    }
  }

  /// The rule whose latest alert an action means; none where it names an alert by its id.
  std::optional<std::string> rule_of_alert(const Node& data) {
    const Entry* alert = data.is_map() ? data.find("alert") : nullptr;
    if (alert == nullptr || !alert->value.is_scalar()) return std::nullopt;
    const std::string& text = alert->value.text;
    const Reference& reference = *context_.reference;
    const bool is_id = std::any_of(reference.cities.begin(), reference.cities.end(),
                                   [&](PlaceId city) { return text.starts_with(reference.place(city).code + '-'); });
    if (is_id) return std::nullopt;
    named_rules_.push_back(&alert->value);
    return text;
  }

  void read_expectations(const Node& expect) {
    if (!expect_list(findings_, expect, "`expect`", "")) return;
    for (const Node& item : expect.items) {
      if (!expect_map(findings_, item, "an expectation")) continue;
      auto expectation = read_expectation(context_, findings_, item, named_rules_);
      if (!expectation) continue;
      expectation->at = story_.start + expectation->at.time_since_epoch();
      story_.expect.push_back(std::move(*expectation));
    }
  }

  Duration moment(const MapReader& keys) {
    const Node* at = keys.value("at");
    if (at == nullptr) return Duration{};
    return read_duration(findings_, *at, "`at`", ZeroDuration::allowed).value_or(Duration{});
  }

  /// Nothing can be open before the first event and, without events, nothing that an event begins.
  void warn_cannot_fail(const MapReader& keys) {
    const Node* expect = keys.value("expect");
    if (expect == nullptr || (expect->is_list() && expect->items.empty())) {
      findings_.warning(expect == nullptr ? keys.place_of_missing() : keys.key("expect")->offset, "test-cannot-fail",
                        "the test expects nothing, so it cannot fail", "say under `expect` what must hold");
      return;
    }
    if (!expect->is_list() || story_.expect.size() != expect->items.size() || story_.events.empty()) return;
    const auto first = std::min_element(story_.events.begin(), story_.events.end(),
                                        [](const StoryEvent& a, const StoryEvent& b) { return a.at < b.at; });
    const bool all_before = std::all_of(story_.expect.begin(), story_.expect.end(), [&](const Expectation& e) {
      return e.kind == Expectation::Kind::silent && e.at < first->at;
    });
    if (!all_before) return;
    findings_.warning(keys.key("expect")->offset, "test-cannot-fail",
                      "the test only expects silence before its first event, so it cannot fail",
                      "expect something at or after an event");
  }

  const SetContext& context_;
  Findings& findings_;
  std::vector<const Node*>& named_rules_;
  Story story_;
};

}  // namespace

std::vector<Story> read_stories(const SetContext& context, Findings& findings, const Node& tests, std::string_view rule,
                                std::vector<const Node*>& named_rules) {
  std::vector<Story> stories;
  if (!expect_list(findings, tests, "`tests`", "")) return stories;
  for (const Node& test : tests.items) {
    if (!expect_map(findings, test, "a test")) continue;
    stories.push_back(StoryReader(context, findings, named_rules).read(test, rule));
  }
  return stories;
}

}  // namespace kentongan::rules
