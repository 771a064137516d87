// SPDX-License-Identifier: Apache-2.0
#include "app/explain/alert_story.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace kentongan::app::explain {
namespace {

/// An alert that begins further from the one that is looked for is another one.
constexpr Duration kNearEnough = std::chrono::minutes(15);
constexpr std::size_t kSeenKept = 20;

}  // namespace

AlertStory::AlertStory(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference,
                       engine::Options options, Language language, PlaceId city)
    : rules_(rules),
      reference_(reference),
      language_(language),
      city_(city),
      processor_(std::move(rules), std::move(reference), [&] {
        options.fired = [this](const engine::City& place, const engine::Pattern& pattern,
                               std::span<const engine::RecordId> behind) { see(place, pattern, behind); };
        return std::move(options);
      }()) {
  processor_.engine().own({city});
}

/// An alert fires; what is held about it is held only now.
void AlertStory::see(const engine::City& city, const engine::Pattern& pattern,
                     std::span<const engine::RecordId> behind) {
  const rules::Rule& rule = processor_.engine().context().rule(pattern.rule);
  if (like_) {
    if (rule.id.value() != like_->rule || city.scope_key(pattern) != like_->scope.key) return;
    const Duration apart = std::chrono::abs(pattern.episode->fired - like_->since);
    if (apart > kNearEnough || (nearest_ && apart >= *nearest_)) return;
    nearest_ = apart;
  } else if (pattern.episode->id.value() != alert_) {
    return;
  }
  const engine::Insight insight(city);
  found_ = {};
  found_.held = insight.at_fire(pattern, behind);
  const Event* event = insight.situation().event;
  found_.by_deadline = event == nullptr;
  if (event == nullptr) return;
  found_.trigger = event->id;
  const Speech speech(language_, *reference_, city_);
  found_.conditions = conditions_told(city, *event, pattern.rule, processor_.engine().context(), speech);
}

/// As the service did, up to the moment at which the alert fired there.
void AlertStory::follow(TimePoint received) {
  processor_.engine().follow_wall_clock(like_ ? std::min(received, like_->since) : received, processor_.effects());
  gather();
}

void AlertStory::gather() {
  for (const Output& output : processor_.effects().outputs) {
    const auto* step = std::get_if<AlertStep>(&output.data);
    if (step == nullptr) continue;
    if (step->alert.value() == alert_) steps_.push_back({*step, output.time, output.id});
    if (step->step != AlertStepKind::fired) continue;
    seen_.push_back(step->alert.value());
    if (seen_.size() > kSeenKept) seen_.erase(seen_.begin());
  }
  processor_.effects().clear();
}

Result<void> AlertStory::play(const std::string& alert, const Inputs& inputs, std::optional<TimePoint> until) {
  alert_ = alert;
  const std::string& code = reference_->place(city_).code;
  const Processor::HomeOf home = [&](std::string_view of) {
    return of == code ? ports::Home::here : ports::Home::elsewhere;
  };
  auto visited = inputs([&](std::string_view raw, std::optional<TimePoint> received) {
    if (received) follow(*received);
    const Verdict verdict = processor_.take(raw, home);
    any_input_ = any_input_ || (verdict != Verdict::rekeyed && verdict != Verdict::dead_letter);
    gather();
    // What comes after it fired says nothing about how it did.
    return !(like_ && received && *received > like_->since + kNearEnough);
  });
  if (!visited) return visited;
  if (like_) follow(like_->since);
  if (until) processor_.engine().advance(*until, processor_.effects());
  gather();
  return {};
}

Result<void> AlertStory::complete(AlertTold& told, const Inputs& inputs) {
  told.held = std::move(found_.held);
  told.by_deadline = found_.by_deadline;
  told.trigger = std::move(found_.trigger);
  told.conditions = std::move(found_.conditions);
  std::set<std::string> wanted;
  for (const CommittedStep& one : told.steps) wanted.insert(one.step.events.begin(), one.step.events.end());
  // Ids can come from several sources; where it is known which, only those are meant.
  std::set<std::pair<std::string, std::string>> meant;
  if (told.held) {
    for (const engine::HeldEvent& event : told.held->events) meant.emplace(event.id, event.source);
  }
  codec::Decoder decoder(reference_);
  std::set<std::pair<std::string, std::string>> listed;
  auto visited = inputs([&](std::string_view raw, std::optional<TimePoint>) {
    const auto event = decoder.decode(raw);
    if (!event || event->city != city_ || !wanted.contains(std::string(event->id))) return true;
    const std::pair key{std::string(event->id), std::string(event->source)};
    const bool other =
        std::any_of(meant.begin(), meant.end(), [&](const auto& one) { return one.first == key.first; }) &&
        !meant.contains(key);
    if (!other && listed.insert(key).second) told.events.push_back(facts_of(*event, *reference_));
    return true;
  });
  std::sort(told.events.begin(), told.events.end(), [](const EventFacts& a, const EventFacts& b) {
    return std::tie(a.time, a.id, a.source) < std::tie(b.time, b.id, b.source);
  });
  return visited;
}

}  // namespace kentongan::app::explain
