// SPDX-License-Identifier: Apache-2.0
#include "app/comparison_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "codec/json_append.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

using codec::ObjectWriter;
using Counts = Comparison::Counts;

/// Changes of a rule that the text shows; the JSON has all that are kept.
constexpr std::size_t kShown = 20;

std::string_view word_of(Comparison::Kind kind) {
  constexpr std::array<std::string_view, 3> kWords{"appears", "vanishes", "moves"};
  return kWords[static_cast<std::size_t>(kind)];
}

bool has(const rules::RuleSet& set, const std::string& id) {
  return std::any_of(set.rules.begin(), set.rules.end(),
                     [&](const rules::Rule& rule) { return rule.id.value() == id; });
}

/// "old", "new" or "both".
std::string_view stands_in(const ComparedSets& sets, const std::string& rule) {
  if (!has(sets.after, rule)) return "old";
  return has(sets.before, rule) ? "both" : "new";
}

std::string time_of(TimePoint time, const AlertId& alert, const Reference& reference) {
  const auto city = reference.find_place(alert.value().substr(0, alert.value().find('-')));
  const auto offset = city ? reference.place(*city).zone->offset_at(time) : std::chrono::seconds{0};
  return format_rfc3339(time, offset);
}

std::string episode_text(const EpisodeSeen& episode, const Reference& reference) {
  std::string text = fmt::format("{} {}", time_of(episode.since, episode.alert, reference), name_of(episode.level));
  if (episode.highest != episode.level) text += fmt::format(" to {}", name_of(episode.highest));
  if (episode.shadow) text += " (shadow)";
  return text;
}

std::string change_text(const Comparison::Change& change, const Reference& reference) {
  const auto place = reference.find_place(change.scope.key);
  const std::string where = place && reference.place(*place).kind != PlaceKind::city
                                ? fmt::format("{} ({})", change.scope.key, reference.place(*place).name)
                                : change.scope.key;
  std::string text = fmt::format("  {:<8}  {}: ", word_of(change.kind), where);
  if (change.before) text += episode_text(*change.before, reference);
  if (change.before && change.after) text += " -> ";
  if (change.after) text += episode_text(*change.after, reference);
  const EpisodeSeen& named = change.after ? *change.after : *change.before;
  return text + fmt::format("  [{}]\n", named.alert.value());
}

std::string row(std::string_view rule, const Counts& counts, std::size_t width) {
  return fmt::format("{:<{}}  {:>6}  {:>6}  {:>6}  {:>6}  {:>7}  {:>8}\n", rule, width, counts.before, counts.after,
                     counts.same, counts.moves, counts.appears, counts.vanishes);
}

bool differs(const Counts& counts) { return counts.moves + counts.appears + counts.vanishes > 0; }

void write_counts(ObjectWriter& object, const Counts& counts) {
  const auto number = [&](std::string_view name, std::uint64_t value) {
    object.integer(name, static_cast<std::int64_t>(value));
  };
  number("old", counts.before);
  number("new", counts.after);
  number("same", counts.same);
  number("moves", counts.moves);
  number("appears", counts.appears);
  number("vanishes", counts.vanishes);
}

void write_episode(std::string& out, const EpisodeSeen& episode, const Reference& reference) {
  ObjectWriter object(out);
  object.text("alert", episode.alert.value());
  object.text("area", episode.area);
  object.text("since", time_of(episode.since, episode.alert, reference));
  if (episode.end) object.text("end", time_of(*episode.end, episode.alert, reference));
  object.text("level", name_of(episode.level));
  object.text("highest", name_of(episode.highest));
  if (episode.shadow) object.boolean("shadow", true);
}

void write_change(std::string& out, const Comparison::Change& change, const Reference& reference) {
  ObjectWriter object(out);
  object.text("change", word_of(change.kind));
  {
    ObjectWriter scope(object.key("scope"));
    scope.text("kind", name_of(change.scope.kind));
    scope.text("key", change.scope.key);
  }
  if (change.before) write_episode(object.key("old"), *change.before, reference);
  if (change.after) write_episode(object.key("new"), *change.after, reference);
}

/// Rules of both sets that can have alerts, by id.
std::set<std::string> all_rules(const ComparedSets& sets) {
  std::set<std::string> ids;
  for (const rules::RuleSet* set : {&sets.before, &sets.after}) {
    for (const rules::Rule& rule : set->rules) {
      if (!std::holds_alternative<rules::ScoreBlock>(rule.block)) ids.insert(rule.id.value());
    }
  }
  return ids;
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const ComparedSets& sets) {
  constexpr std::string_view kHead = "rule";
  std::size_t width = std::string_view("total").size();
  for (const auto& [rule, of] : comparison.rules()) {
    if (differs(of.counts)) width = std::max(width, rule.size());
  }
  std::string table = fmt::format("{:<{}}  {:>6}  {:>6}  {:>6}  {:>6}  {:>7}  {:>8}\n", kHead, width, "old", "new",
                                  "same", "moves", "appears", "vanishes");
  std::string changes;
  for (const auto& [rule, of] : comparison.rules()) {
    if (!differs(of.counts)) continue;
    table += row(rule, of.counts, width);
    const std::string_view where = stands_in(sets, rule);
    changes += fmt::format("\n{}{}\n", rule, where == "both" ? "" : fmt::format(" (only in the {} rules)", where));
    const std::size_t shown = std::min(of.changes.size(), kShown);
    for (std::size_t i = 0; i < shown; ++i) changes += change_text(of.changes[i], sets.reference);
    const std::uint64_t all = of.counts.moves + of.counts.appears + of.counts.vanishes;
    if (all > shown)
      changes += fmt::format("  and {} more; --format json has up to {}\n", all - shown, Comparison::kMostChanges);
  }
  const Counts total = comparison.total();
  return table + row("total", total, width) + changes +
         fmt::format("{}{} alerts with the old rules, {} with the new ones: {} same, {} move, {} appear, {} vanish\n",
                     changes.empty() ? "" : "\n", total.before, total.after, total.same, total.moves, total.appears,
                     total.vanishes);
}

std::string comparison_json(const Comparison& comparison, const ComparedSets& sets) {
  std::string json;
  {
    ObjectWriter object(json);
    {
      ObjectWriter total(object.key("total"));
      write_counts(total, comparison.total());
    }
    codec::append_list(object.key("rules"), all_rules(sets), [&](std::string& out, const std::string& rule) {
      static const Comparison::OfRule none;
      const auto found = comparison.rules().find(rule);
      const Comparison::OfRule& of = found == comparison.rules().end() ? none : found->second;
      ObjectWriter one(out);
      one.text("rule", rule);
      one.text("in", stands_in(sets, rule));
      write_counts(one, of.counts);
      const std::uint64_t all = of.counts.moves + of.counts.appears + of.counts.vanishes;
      one.integer("left_out", static_cast<std::int64_t>(all - of.changes.size()));
      codec::append_list(one.key("changes"), of.changes, [&](std::string& to, const Comparison::Change& change) {
        write_change(to, change, sets.reference);
      });
    });
  }
  return json + '\n';
}

}  // namespace kentongan::app
