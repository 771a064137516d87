// SPDX-License-Identifier: Apache-2.0
#include "duty/saved_plan.hpp"

#include <utility>

#include "duty_state.pb.h"

namespace kentongan::duty {
namespace {

constexpr std::uint32_t kSchema = 1;

std::int64_t to_ms(TimePoint time) { return time.time_since_epoch().count(); }
TimePoint from_ms(std::int64_t ms) { return TimePoint(Duration(ms)); }

void save_text(const LocalText& text, state::LocalText& saved) {
  saved.set_id(text.id);
  saved.set_en(text.en);
}
LocalText load_text(const state::LocalText& saved) { return {saved.id(), saved.en()}; }

void save_step(const AlertStep& step, state::Step& saved) {
  saved.set_alert(step.alert.value());
  saved.set_rule(step.rule);
  saved.set_scope_kind(static_cast<std::uint32_t>(step.scope.kind));
  saved.set_scope_key(step.scope.key);
  saved.set_area(step.area);
  saved.set_step(static_cast<std::uint32_t>(step.step));
  saved.set_state(static_cast<std::uint32_t>(step.state));
  saved.set_level(static_cast<std::uint32_t>(step.level));
  saved.set_since(to_ms(step.since));
  saved.set_tier(step.tier);
  saved.set_proposed(step.proposed);
  saved.mutable_to()->Assign(step.to.begin(), step.to.end());
  save_text(step.text.message, *saved.mutable_message());
  save_text(step.text.recommend, *saved.mutable_recommend());
  saved.set_legal(step.text.legal);
  saved.mutable_recommendations()->Assign(step.text.recommendations.begin(), step.text.recommendations.end());
  if (step.count) saved.set_count(*step.count);
  if (step.distinct) saved.set_distinct(*step.distinct);
  saved.mutable_events()->Assign(step.events.begin(), step.events.end());
  for (const Reason& reason : step.reasons) {
    state::Reason& one = *saved.add_reasons();
    one.set_code(reason.code);
    one.set_text(reason.text);
  }
  if (step.actor) saved.set_actor(*step.actor);
  if (step.actor_role) saved.set_actor_role(*step.actor_role);
  if (step.assignee) saved.set_assignee(*step.assignee);
  if (step.until) saved.set_until(to_ms(*step.until));
}

AlertStep load_step(const state::Step& saved) {
  AlertStep step;
  step.alert = AlertId{saved.alert()};
  step.rule = saved.rule();
  step.scope = {static_cast<ScopeKind>(saved.scope_kind()), saved.scope_key()};
  step.area = saved.area();
  step.step = static_cast<AlertStepKind>(saved.step());
  step.state = static_cast<AlertState>(saved.state());
  step.level = static_cast<Level>(saved.level());
  step.since = from_ms(saved.since());
  step.tier = saved.tier();
  step.proposed = saved.proposed();
  step.to.assign(saved.to().begin(), saved.to().end());
  step.text = {load_text(saved.message()),
               load_text(saved.recommend()),
               saved.legal(),
               {saved.recommendations().begin(), saved.recommendations().end()}};
  if (saved.has_count()) step.count = saved.count();
  if (saved.has_distinct()) step.distinct = saved.distinct();
  step.events.assign(saved.events().begin(), saved.events().end());
  for (const state::Reason& reason : saved.reasons()) step.reasons.push_back({reason.code(), reason.text()});
  if (saved.has_actor()) step.actor = saved.actor();
  if (saved.has_actor_role()) step.actor_role = saved.actor_role();
  if (saved.has_assignee()) step.assignee = saved.assignee();
  if (saved.has_until()) step.until = from_ms(saved.until());
  return step;
}

/// Whether the numbers that stand for words are words.
bool is_sound(const state::Step& saved) {
  return saved.scope_kind() <= static_cast<std::uint32_t>(ScopeKind::fields) &&
         saved.step() <= static_cast<std::uint32_t>(AlertStepKind::withdrawn) &&
         saved.state() <= static_cast<std::uint32_t>(AlertState::withdrawn) && saved.level() < kLevels;
}

bool is_sound(const state::Pending& saved) {
  if (saved.purpose() > static_cast<std::uint32_t>(Purpose::digest) || saved.level() >= kLevels) return false;
  for (const state::Notice& notice : saved.notices()) {
    if (!is_sound(notice.step())) return false;
  }
  return (saved.alerts() == 0) == saved.notices().empty() && saved.notices().empty() == saved.steps().empty();
}

bool is_sound(const state::City& saved) {
  for (const state::Cause& cause : saved.causes()) {
    const bool words = cause.lane() <= static_cast<std::uint32_t>(Lane::all_clear) && cause.sent_level() < kLevels;
    if (!words || !is_sound(cause.waiting())) return false;
  }
  for (const state::Digest& digest : saved.digests()) {
    if (!is_sound(digest.waiting())) return false;
  }
  return true;
}

void save_pending(const Pending& pending, state::Pending& saved) {
  saved.set_purpose(static_cast<std::uint32_t>(pending.purpose));
  saved.set_due(to_ms(pending.due));
  saved.set_instead_of(pending.instead_of);
  saved.mutable_roles()->Assign(pending.roles.begin(), pending.roles.end());
  saved.set_level(static_cast<std::uint32_t>(pending.level));
  for (const Notice& notice : pending.notices) {
    state::Notice& one = *saved.add_notices();
    one.set_id(notice.id);
    one.set_time(to_ms(notice.time));
    save_step(notice.step, *one.mutable_step());
  }
  saved.mutable_steps()->Assign(pending.steps.begin(), pending.steps.end());
  saved.set_alerts(pending.alerts);
}

Pending load_pending(const state::Pending& saved) {
  Pending pending;
  pending.purpose = static_cast<Purpose>(saved.purpose());
  pending.due = from_ms(saved.due());
  pending.instead_of = saved.instead_of();
  pending.roles.insert(saved.roles().begin(), saved.roles().end());
  pending.level = static_cast<Level>(saved.level());
  for (const state::Notice& notice : saved.notices()) {
    pending.notices.push_back({notice.id(), from_ms(notice.time()), load_step(notice.step())});
  }
  pending.steps.assign(saved.steps().begin(), saved.steps().end());
  pending.alerts = saved.alerts();
  return pending;
}

void save_cause(const CauseKey& key, const Cause& cause, state::Cause& saved) {
  saved.set_person(key.person);
  saved.set_lane(static_cast<std::uint32_t>(key.lane));
  saved.set_place(key.place);
  saved.set_family(key.family);
  save_pending(cause.waiting, *saved.mutable_waiting());
  if (cause.sent) saved.set_sent(to_ms(*cause.sent));
  saved.set_sent_level(static_cast<std::uint32_t>(cause.sent_level));
}

void save_city(const CityPlan& plan, state::City& saved) {
  saved.set_clock(to_ms(plan.clock));
  saved.set_swept(to_ms(plan.swept));
  for (const auto& [id, alert] : plan.alerts) {
    state::Alert& one = *saved.add_alerts();
    one.set_alert(id);
    one.set_last_step(alert.last_step);
    one.mutable_told()->Assign(alert.told.begin(), alert.told.end());
    one.set_touched(to_ms(alert.touched));
    one.set_closed(alert.closed);
  }
  for (const auto& [key, cause] : plan.causes) save_cause(key, cause, *saved.add_causes());
  for (const auto& [person, waiting] : plan.digests) {
    state::Digest& one = *saved.add_digests();
    one.set_person(person);
    save_pending(waiting, *one.mutable_waiting());
  }
}

CityPlan load_city(const state::City& saved) {
  CityPlan plan;
  plan.clock = from_ms(saved.clock());
  plan.swept = from_ms(saved.swept());
  for (const state::Alert& alert : saved.alerts()) {
    plan.alerts[alert.alert()] = {
        alert.last_step(), {alert.told().begin(), alert.told().end()}, from_ms(alert.touched()), alert.closed()};
  }
  for (const state::Cause& one : saved.causes()) {
    Cause& cause = plan.causes[{one.person(), static_cast<Lane>(one.lane()), one.place(), one.family()}];
    cause.waiting = load_pending(one.waiting());
    if (one.has_sent()) cause.sent = from_ms(one.sent());
    cause.sent_level = static_cast<Level>(one.sent_level());
  }
  for (const state::Digest& digest : saved.digests()) plan.digests[digest.person()] = load_pending(digest.waiting());
  return plan;
}

}  // namespace

std::string save_plans(const CityPlans& plans) {
  state::Planner saved;
  saved.set_schema(kSchema);
  for (const auto& [code, plan] : plans) {
    state::City& city = *saved.add_cities();
    city.set_code(code);
    save_city(plan, city);
  }
  return saved.SerializeAsString();
}

std::optional<CityPlans> load_plans(std::string_view bytes) {
  state::Planner saved;
  if (!saved.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  if (saved.schema() != kSchema) return std::nullopt;
  CityPlans plans;
  for (const state::City& city : saved.cities()) {
    if (!is_sound(city)) return std::nullopt;
    plans[city.code()] = load_city(city);
  }
  return plans;
}

}  // namespace kentongan::duty
