// SPDX-License-Identifier: Apache-2.0
// The life of an alert: how it begins, its texts, its steps, how it ends.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/city.hpp"
#include "engine/hash.hpp"

namespace kentongan::engine {
namespace {

constexpr std::size_t kEventsShown = 100;

Reason fired_reason(const rules::Rule& rule, const WindowSize& size, Level level) {
  if (const auto* count = std::get_if<rules::CountBlock>(&rule.block)) {
    if (count->distinct) {
      return {"count_reached",
              fmt::format("{} different values of {} in {} events within {}, at least {} are needed", size.distinct,
                          spec_of(*count->distinct).path, size.count, format_duration(count->within), count->at_least)};
    }
    return {"count_reached", fmt::format("{} events within {}, at least {} are needed", size.count,
                                         format_duration(count->within), count->at_least)};
  }
  if (std::holds_alternative<rules::LevelBlock>(rule.block)) {
    return {"level_reached", fmt::format("the level is {}", name_of(level))};
  }
  if (std::holds_alternative<rules::ClashBlock>(rule.block)) return {"clash", "two campaign entries meet"};
  if (const auto* quota = std::get_if<rules::QuotaBlock>(&rule.block)) {
    return {"over_quota", fmt::format("{} {} on this day, at most {} are allowed", size.distinct,
                                      quota->distinct ? "different values" : "campaign entries", quota->at_most)};
  }
  if (const auto* sequence = std::get_if<rules::SequenceBlock>(&rule.block)) {
    return {"sequence", fmt::format("all steps came in their order within {}", format_duration(sequence->within))};
  }
  if (const auto* absence = std::get_if<rules::AbsenceBlock>(&rule.block)) {
    return {"overdue", fmt::format("what was expected has not come within {}", format_duration(absence->within))};
  }
  if (std::holds_alternative<rules::MemberAbsenceBlock>(rule.block)) {
    return {"missing", "what was expected has not come by the time that the calendar sets"};
  }
  if (std::holds_alternative<rules::SpikeBlock>(rule.block)) {
    return {"spike", fmt::format("{} events today are more than the days before let expect", size.count)};
  }
  return {"matched", "the event matches the rule"};
}

}  // namespace

/// CITY-HASH of rule, scope and the start of the episode. When two episodes of one scope begin in one
/// millisecond, the second counts on.
AlertId City::new_alert_id(const Pattern& pattern, TimePoint now) const {
  for (unsigned again = 0;; ++again) {
    const std::string text =
        fmt::format("{}\n{}\n{}\n{}\n{}", context_.rule(pattern.rule).id.value(), name_of(pattern.scope.kind),
                    pattern.scope.key(context_.reference()), now.time_since_epoch().count(), again);
    std::string id = fmt::format("{}-{}", code(), hash_text(text));
    if (!open_alerts_.contains(id) && !closed_alerts_.contains(id)) return AlertId{std::move(id)};
  }
}

void City::fire(PatternId id, TimePoint now, const Event* event, WindowSize size, std::vector<RecordId> behind) {
  Pattern& pattern = patterns_.at(id);
  const rules::Rule& rule = context_.rule(pattern.rule);
  auto episode = std::make_unique<Episode>();
  episode->id = new_alert_id(pattern, now);
  episode->fired = now;
  episode->level = rule.alert.level ? *rule.alert.level : level(*pattern.scope.place);
  episode->proposed = episode->level == Level::awas;
  if (std::holds_alternative<rules::LevelBlock>(rule.block)) {
    size.count = static_cast<std::int64_t>(behind.size());
    size.distinct = reporters_among(behind);
  }
  episode->count = size.count;
  episode->distinct = size.distinct;
  describe_events(*episode, behind, pattern);
  episode->text = render_texts(pattern, now, event, *episode, behind);
  open_alerts_.emplace(episode->id.value(), id);
  std::vector<std::string> to = recipients(pattern, episode->level, behind);
  const Level level = episode->level;
  if (!behind.empty()) first_symptom_ = records_.at(behind.front()).time;
  pattern.episode = std::move(episode);
  ++effects_->fired;
  write_step(id, now, AlertStepKind::fired, fired_reason(rule, size, level), std::move(to), nullptr);
  if (context_.options().fired) context_.options().fired(*this, pattern, behind);
  schedule(id);
}

/// The place that the scope is or names; the city where it names none.
PlaceId City::place_of_scope(const Pattern& pattern) const {
  if (pattern.scope.place) return *pattern.scope.place;
  switch (pattern.scope.kind) {
    case ScopeKind::polling_station:
    case ScopeKind::area_day:
    case ScopeKind::district_day:
      return context_.reference()
          .find_place(std::string_view(pattern.scope.text).substr(0, pattern.scope.text.find('/')))
          .value_or(id_);
    default:
      return id_;
  }
}

/// The smallest place that contains the areas of all these events.
PlaceId City::place_behind(const std::vector<RecordId>& behind, const Pattern& pattern) const {
  const bool of_place = pattern.scope.place.has_value();
  if (of_place && std::holds_alternative<rules::LevelBlock>(context_.rule(pattern.rule).block)) {
    return *pattern.scope.place;
  }
  if (behind.empty()) return place_of_scope(pattern);
  const rules::Block& block = context_.rule(pattern.rule).block;
  const bool one_type =
      std::holds_alternative<rules::CheckBlock>(block) || std::holds_alternative<rules::CountBlock>(block);
  std::optional<PlaceId> common;
  for (const RecordId record : behind) {
    const PlaceId place = records_.at(record).area;
    common = common ? common_place(*common, place, context_.reference()) : place;
    // All events of a kelurahan's scope that only names one kelurahan each are in it.
    if (one_type && pattern.scope.kind == ScopeKind::area && *common == pattern.scope.place &&
        context_.rule(pattern.rule).condition.on != EventType::campaign) {
      break;
    }
  }
  return common.value_or(id_);
}

std::int64_t City::reporters_among(const std::vector<RecordId>& records) const {
  std::vector<Interner::Id> reporters;
  for (const RecordId record : records) reporters.push_back(records_.at(record).reporter);
  std::sort(reporters.begin(), reporters.end());
  return std::unique(reporters.begin(), reporters.end()) - reporters.begin();
}

/// `behind`: in the order of events.
void City::describe_events(Episode& episode, const std::vector<RecordId>& behind, const Pattern& pattern) const {
  episode.area = context_.reference().place(place_behind(behind, pattern)).code;
  episode.events.clear();
  episode.sources.clear();
  const std::size_t first = behind.size() > kEventsShown ? behind.size() - kEventsShown : 0;
  constexpr std::size_t kAhead = 24;
  episode.events.reserve(behind.size() - first);
  episode.sources.reserve(behind.size() - first);
  for (std::size_t i = first; i < std::min(first + kAhead, behind.size()); ++i) records_.fetch(behind[i]);
  for (std::size_t i = first; i < behind.size(); ++i) {
    if (i + kAhead < behind.size()) records_.fetch(behind[i + kAhead]);
    episode.events.push_back(records_.at(behind[i]).id);
    episode.sources.emplace_back(records_.source(behind[i]));
  }
}

/// What the texts of an alert are about: `area` is the scope where that is a kelurahan or kecamatan (or a level rule's
/// city), else the smallest place that contains the areas of the event.
rules::Situation City::situation_of_alert(const Pattern& pattern, TimePoint now, const Event* event) const {
  rules::Situation situation;
  if (event != nullptr && event == situation_.event) {
    situation = situation_;
  } else {
    situation.event = event;
    situation.time = event == nullptr ? now : event->time;
  }
  situation.now = now;
  const PlaceId scope = place_of_scope(pattern);
  situation.place = scope == id_ && event != nullptr ? place_of(*event, context_.reference()) : scope;
  situation.risks = this;
  return situation;
}

AlertText City::render_texts(const Pattern& pattern, TimePoint now, const Event* event, const Episode& episode,
                             const std::vector<RecordId>& behind) const {
  const rules::Rule& rule = context_.rule(pattern.rule);
  rules::Situation situation = situation_of_alert(pattern, now, event);
  situation.count = episode.count;
  situation.distinct = episode.distinct;
  situation.level = episode.level;
  situation.scope_kind = name_of(pattern.scope.kind);
  situation.scope_key = pattern.scope.key(context_.reference());
  if (std::holds_alternative<rules::ClashBlock>(rule.block) && behind.size() == 2) {
    const auto entry = [&](RecordId record) {
      const KeptEvent* kept = records_.at(record).kept.get();
      return kept == nullptr ? nullptr : &kept->event();
    };
    situation.a = entry(behind[0]);
    situation.b = entry(behind[1]);
  }
  const bool of_level = std::holds_alternative<rules::LevelBlock>(rule.block);
  const auto cause = of_level ? cause_of(*pattern.scope.place, now) : std::nullopt;
  if (cause) situation.cause = &*cause;
  const auto shown = [&](const rules::Message& message) { return rules::render(message, evaluator_, situation); };
  AlertText text;
  text.message = {shown(rule.alert.message_id), shown(rule.alert.message_en)};
  text.recommend = {shown(rule.alert.recommend_id), shown(rule.alert.recommend_en)};
  text.legal = rule.legal;
  const std::size_t first = behind.size() > kEventsShown ? behind.size() - kEventsShown : 0;
  for (std::size_t i = behind.size(); i-- > first;) {
    const Record& record = records_.at(behind[i]);
    if (record.recommendation) text.recommendations.push_back(*record.recommendation);
  }
  return text;
}

/// The rule's roles; where it names nobody, those that routing.yaml gives for a category of the events at this level.
std::vector<std::string> City::recipients(const Pattern& pattern, Level level,
                                          const std::vector<RecordId>& behind) const {
  const rules::Rule& rule = context_.rule(pattern.rule);
  if (!rule.alert.to.empty()) return rule.alert.to;
  const Reference& reference = context_.reference();
  const auto concerns = [&](const Route& route) {
    if (route.categories.empty()) return true;
    return std::any_of(behind.begin(), behind.end(), [&](RecordId record) {
      const auto& category = records_.at(record).category;
      return category && std::find(route.categories.begin(), route.categories.end(),
                                   reference.category_name(*category)) != route.categories.end();
    });
  };
  std::vector<std::string> roles;
  for (const Route& route : reference.routes) {
    if (level < route.at_least || !concerns(route)) continue;
    for (const std::string& role : route.roles) {
      if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    }
  }
  return roles;
}

void City::raise(PatternId id, TimePoint now, Level level) {
  Pattern& pattern = patterns_.at(id);
  Episode& episode = *pattern.episode;
  episode.level = level;
  episode.proposed = level == Level::awas;
  const std::vector<RecordId> behind = ledger_.contributors(*pattern.scope.place, now, 5);
  describe_events(episode, behind, pattern);
  episode.count = static_cast<std::int64_t>(behind.size());
  episode.distinct = reporters_among(behind);
  write_step(id, now, AlertStepKind::raised, {"level_reached", fmt::format("the level is {}", name_of(level))},
             episode.told, nullptr);
}

void City::close(PatternId id, TimePoint now, AlertStepKind step, Reason reason, bool to_nobody, const Event* action) {
  Pattern& pattern = patterns_.at(id);
  Episode& episode = *pattern.episode;
  episode.state = step == AlertStepKind::expired     ? AlertState::expired
                  : step == AlertStepKind::withdrawn ? AlertState::withdrawn
                                                     : AlertState::resolved;
  write_step(id, now, step, std::move(reason), to_nobody ? std::vector<std::string>{} : episode.told, action);
  open_alerts_.erase(episode.id.value());
  note_closed(episode.id.value(), now);
  pattern.episode.reset();
  mark(id);
}

void City::note_closed(const std::string& alert, TimePoint now) {
  closed_alerts_.emplace(alert, now);
  closed_order_.emplace_back(now, alert);
  if (context_.options().durable) new_closed_.push_back(alert);
}

/// What every step of the alert says.
AlertStep City::alert_step(std::string rule, Scope scope, const Episode& episode, AlertStepKind kind) {
  AlertStep step;
  step.alert = episode.id;
  step.rule = std::move(rule);
  step.scope = std::move(scope);
  step.area = episode.area;
  step.step = kind;
  step.state = episode.state;
  step.level = episode.level;
  step.since = episode.fired;
  step.tier = episode.tier;
  step.proposed = episode.proposed;
  step.text = episode.text;
  step.events = episode.events;
  return step;
}

void City::write(AlertStep step, Episode& episode, TimePoint now) {
  Output output;
  output.id = fmt::format("{}-{}", episode.id.value(), ++episode.steps);
  output.subject = step.scope.key;
  output.time = now;
  output.data = std::move(step);
  emit(std::move(output));
}

void City::write_step(PatternId id, TimePoint now, AlertStepKind kind, Reason reason, std::vector<std::string> to,
                      const Event* action) {
  Pattern& pattern = patterns_.at(id);
  const rules::Rule& rule = context_.rule(pattern.rule);
  Episode& episode = *pattern.episode;
  const bool shadow = rule.status == rules::RuleStatus::shadow;
  if (shadow) to.clear();
  episode.tell(to);
  AlertStep step = alert_step(
      rule.id.value(), {pattern.scope.kind, std::string(pattern.scope.key(context_.reference()))}, episode, kind);
  step.shadow = shadow;
  step.to = std::move(to);
  if (kind == AlertStepKind::fired || kind == AlertStepKind::raised) {
    step.count = episode.count;
    step.distinct = episode.distinct;
  }
  step.first_symptom = std::exchange(first_symptom_, std::nullopt);
  step.first_answer = std::exchange(first_answer_, false);
  step.reasons.push_back(std::move(reason));
  if (action != nullptr) {
    const auto& data = std::get<Action>(action->data);
    step.actor = std::string(data.actor.ref);
    if (data.actor.role) step.actor_role = std::string(*data.actor.role);
    if (data.assignee) step.assignee = std::string(*data.assignee);
    step.until = data.until;
  }
  mark(id);
  write(std::move(step), episode, now);
}

}  // namespace kentongan::engine
