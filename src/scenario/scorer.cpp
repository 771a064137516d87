// SPDX-License-Identifier: Apache-2.0
#include "scenario/scorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace kentongan::scenario {
namespace {

constexpr Duration kAfterwards = std::chrono::hours(24);

/// "35.73" of a code that has it.
std::string_view city_of(std::string_view code) {
  const auto dot = code.find('.');
  return dot == std::string_view::npos ? code : code.substr(0, code.find('.', dot + 1));
}

bool contains(std::string_view outer, std::string_view inner) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
}

std::string_view story_of(std::string_view event) { return event.substr(0, event.rfind('.')); }

/// At least half of the events are the story's.
bool is_mostly_of(std::string_view story, const std::vector<std::string>& events) {
  const auto own =
      std::count_if(events.begin(), events.end(), [&](const auto& event) { return story_of(event) == story; });
  return static_cast<std::size_t>(own) * 2 >= events.size();
}

template <class Items, class Item>
bool holds(const Items& items, const Item& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

}  // namespace

Result<Scorer> Scorer::of(LabelHead head, std::vector<Label> labels) {
  Scorer scorer(std::move(head), std::move(labels));
  if (scorer.by_story_.size() != scorer.labels_.size()) {
    for (std::size_t i = 0; i < scorer.labels_.size(); ++i) {
      const std::string& story = scorer.labels_[i].story;
      if (scorer.by_story_.at(story) != i) {
        return fail(Error::Kind::invalid,
                    fmt::format("the story \"{}\" has two labels; each needs a name of its own", story));
      }
    }
  }
  return scorer;
}

Scorer::Scorer(LabelHead head, std::vector<Label> labels)
    : head_(std::move(head)), labels_(std::move(labels)), judged_(labels_.size()) {
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    const Label& label = labels_[i];
    by_story_.emplace(label.story, i);
    if (label.areas.empty()) continue;
    for (const std::string& rule : label.rules) {
      by_rule_[rule + " " + std::string(city_of(label.areas.front()))].push_back(i);
    }
  }
}

bool Scorer::fits(const Label& label, const AlertSeen& seen) const {
  const TimePoint last = std::max(label.expected_by, label.taken_back_by.value_or(label.expected_by)) + kAfterwards;
  if (seen.time < label.from || seen.time > last) return false;
  if (!label.keys.empty()) return holds(label.keys, seen.scope_key);
  return std::any_of(label.areas.begin(), label.areas.end(),
                     [&](const std::string& area) { return contains(area, seen.area) || contains(seen.area, area); });
}

void Scorer::begin(const AlertSeen& seen) {
  ++card_.episodes;
  Episode& episode = episodes_[seen.alert];
  bool belongs = false;
  for (const std::string& event : seen.events) {
    const auto story = by_story_.find(std::string(story_of(event)));
    if (story == by_story_.end()) continue;
    belongs = true;
    const Label& label = labels_[story->second];
    const bool place = label.keys.empty() || holds(label.keys, seen.scope_key);
    // A story that must be silent is not at fault where others have raised the alarm.
    if (!label.must_alert && !is_mostly_of(label.story, seen.events)) continue;
    if (place && holds(label.rules, seen.rule) && !holds(episode.labels, story->second)) {
      episode.labels.push_back(story->second);
    }
  }
  if (const auto near = by_rule_.find(seen.rule + " " + std::string(city_of(seen.area))); near != by_rule_.end()) {
    for (const std::size_t label : near->second) {
      if (!labels_[label].must_alert || !fits(labels_[label], seen)) continue;
      belongs = true;
      if (!holds(episode.labels, label)) episode.labels.push_back(label);
    }
  }
  for (const std::size_t label : episode.labels) judged_[label].episodes.push_back(seen.alert);
  if (belongs) return;
  ++card_.false_alarms;
  ++card_.false_by_rule[seen.rule];
}

void Scorer::take(const AlertSeen& seen) {
  if (seen.shadow) return;
  if (seen.step == "fired") begin(seen);
  const auto found = episodes_.find(seen.alert);
  if (found == episodes_.end()) return;
  Episode& episode = found->second;
  if (seen.step == "fired" || seen.step == "raised") {
    for (const std::size_t label : episode.labels) {
      if (!judged_[label].told && seen.time >= labels_[label].from) judged_[label].told = seen.time;
    }
  } else if (seen.step == "resolved" || seen.step == "expired" || seen.step == "withdrawn") {
    episode.ended = seen.time;
  }
}

bool Scorer::good(std::size_t label) const {
  const Judged& judged = judged_[label];
  if (!labels_[label].must_alert) return judged.episodes.empty();
  if (!judged.told) return false;
  const auto& by = labels_[label].taken_back_by;
  return !by || std::all_of(judged.episodes.begin(), judged.episodes.end(), [&](const std::string& alert) {
    const auto& ended = episodes_.at(alert).ended;
    return ended && *ended <= *by;
  });
}

Scorecard Scorer::card() const {
  Scorecard card = card_;
  card.head = head_;
  std::map<std::string, KindScore> kinds;
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    const Label& label = labels_[i];
    KindScore& kind = kinds[label.kind];
    kind.kind = label.kind;
    kind.must_alert = label.must_alert;
    ++kind.stories;
    if (!good(i)) {
      kind.missed.push_back(label.story);
      continue;
    }
    ++kind.found;
    if (!label.must_alert) continue;
    const TimePoint told = judged_[i].told.value_or(label.from);
    if (told > label.expected_by) ++kind.late;
    kind.hours.push_back(std::chrono::duration<double, std::ratio<3600>>(told - label.from).count());
  }
  for (auto& [name, kind] : kinds) {
    std::sort(kind.hours.begin(), kind.hours.end());
    card.kinds.push_back(std::move(kind));
  }
  return card;
}

}  // namespace kentongan::scenario
