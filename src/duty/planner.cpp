// SPDX-License-Identifier: Apache-2.0
// From the steps of alerts to messages.
//
//   take      a step -> who is concerned -> told now, with the next message of its cause, or in the morning
//   advance   what is due -> deliveries
#include "duty/planner.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "duty/on_duty.hpp"
#include "duty/pending.hpp"
#include "duty/quiet.hpp"
#include "duty/recipients.hpp"
#include "duty/saved_plan.hpp"

namespace kentongan::duty {
namespace {

/// So long a closed alert is remembered, so that its steps are told once even when they are read again.
constexpr Duration kClosedKnown = std::chrono::days(1);
/// How often it is looked for what can be forgotten.
constexpr Duration kSweepEvery = std::chrono::hours(1);
/// An alert of which nothing was heard for so long is forgotten; the engine lets none live so long.
constexpr Duration kOpenKnown = std::chrono::days(400);

/// The running number behind the last dash of a step's id.
std::optional<std::uint64_t> number_of(std::string_view id) {
  const std::string_view digits = id.substr(id.rfind('-') + 1);
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string city_of(const AlertStep& step) {
  const std::string& alert = step.alert.value();
  return alert.substr(0, alert.find('-'));
}

bool ends(AlertStepKind step) {
  return step == AlertStepKind::resolved || step == AlertStepKind::expired || step == AlertStepKind::withdrawn;
}

/// Whether somebody has to hear of it.
bool calls(Purpose purpose) { return purpose != Purpose::update && purpose != Purpose::all_clear; }

Lane lane_of(Purpose purpose) {
  if (purpose == Purpose::update) return Lane::update;
  return purpose == Purpose::all_clear ? Lane::all_clear : Lane::alert;
}

}  // namespace

class Planner::Impl {
 public:
  Impl(std::shared_ptr<const Roster> roster, std::shared_ptr<const Reference> reference, Settings settings)
      : roster_(std::move(roster)), reference_(std::move(reference)), settings_(settings) {}

  void take(std::string_view id, const AlertStep& step, TimePoint time, Plan& plan);
  void advance(TimePoint now, Plan& plan);
  void unreachable(const Delivery& delivery, TimePoint now, Plan& plan);
  [[nodiscard]] std::optional<TimePoint> next_due() const;
  void replace(std::shared_ptr<const Roster> roster, std::shared_ptr<const Reference> reference) {
    roster_ = std::move(roster);
    reference_ = std::move(reference);
  }
  [[nodiscard]] std::string save() const { return save_plans(cities_); }
  [[nodiscard]] bool restore(std::string_view bytes);

 private:
  void call(CityPlan& city, KnownAlert& alert, const Notice& notice, Purpose purpose, Plan& plan);
  void inform(CityPlan& city, const KnownAlert& alert, const Notice& notice);
  void tell_assignee(CityPlan& city, KnownAlert& alert, const Notice& notice);
  void clear(CityPlan& city, const KnownAlert& alert, const Notice& notice);

  void push(CityPlan& city, const Recipient& to, const Notice& notice, Purpose purpose);
  [[nodiscard]] Cause& cause_for(CityPlan& city, const Person& person, const Notice& notice, Lane lane) const;
  void hold_back(CityPlan& city, const Recipient& to, const Notice& notice);
  [[nodiscard]] TimePoint due_of(const Cause& cause, const Notice& notice, Purpose purpose, TimePoint now) const;

  enum class Until : std::uint8_t { before, including };
  void emit_due(CityPlan& city, TimePoint now, Until until, Plan& plan);
  void emit(CityPlan& city, const std::string& person, Pending pending, Plan& plan);
  void pass_on(CityPlan& city, const Notice& notice, const std::vector<std::string>& roles, Plan& plan);
  void forget(CityPlan& city) const;

  std::shared_ptr<const Roster> roster_;
  std::shared_ptr<const Reference> reference_;
  Settings settings_;
  CityPlans cities_;
};

// --- a step comes

void Planner::Impl::take(std::string_view id, const AlertStep& step, TimePoint time, Plan& plan) {
  if (step.shadow) return;
  CityPlan& city = cities_[city_of(step)];
  emit_due(city, time, Until::before, plan);
  city.clock = std::max(city.clock, time);
  KnownAlert& alert = city.alerts[step.alert.value()];
  const std::uint64_t number = number_of(id).value_or(alert.last_step + 1);
  if (number <= alert.last_step) return;
  alert.last_step = number;
  alert.touched = city.clock;
  const Notice notice{std::string(id), time, step};
  switch (step.step) {
    case AlertStepKind::fired:
    case AlertStepKind::raised:
    case AlertStepKind::escalated:
      call(city, alert, notice, Purpose::alert, plan);
      break;
    case AlertStepKind::reminded:
      call(city, alert, notice, Purpose::reminder, plan);
      break;
    case AlertStepKind::assigned:
      tell_assignee(city, alert, notice);
      inform(city, alert, notice);
      break;
    case AlertStepKind::acknowledged:
    case AlertStepKind::confirmed:
      inform(city, alert, notice);
      break;
    case AlertStepKind::mitigated:
    case AlertStepKind::snoozed:
      break;
    case AlertStepKind::resolved:
    case AlertStepKind::expired:
    case AlertStepKind::withdrawn:
      if (!step.to.empty()) clear(city, alert, notice);
      alert.closed = true;
      break;
  }
  forget(city);
}

/// Calls those on duty to look at it.
void Planner::Impl::call(CityPlan& city, KnownAlert& alert, const Notice& notice, Purpose purpose, Plan& plan) {
  std::vector<std::string> roles = notice.step.to;
  if (roles.empty()) roles.emplace_back(kLastRole);
  Recipients called = recipients_of(*roster_, *reference_, roles, notice.step.area, city.clock);
  if (called.empty() && purpose == Purpose::alert) {
    plan.nobody.push_back({notice.id + "/nobody", city.clock, std::move(roles), notice});
    return;
  }
  if (purpose == Purpose::alert && notice.step.level == Level::siaga) {
    add_somebody_awake(called, *roster_, *reference_, notice.step.area, city.clock);
  }
  for (const Recipient& one : called) {
    alert.tell(one.person->id);
    push(city, one, notice, purpose);
  }
}

/// Tells those on duty who know of it that somebody answered.
void Planner::Impl::inform(CityPlan& city, const KnownAlert& alert, const Notice& notice) {
  const LocalMoment moment = local_moment(city.clock, zone_of(notice.step.area, *reference_));
  for (const std::string& told : alert.told) {
    const Person* person = roster_->find(told);
    if (person == nullptr || person->channels.empty() || notice.step.actor == told) continue;
    if (notice.step.step == AlertStepKind::assigned && notice.step.assignee == told) continue;
    if (!is_on_duty(*person, moment, *reference_)) continue;
    push(city, {person, nullptr, person->roles}, notice, Purpose::update);
  }
}

void Planner::Impl::tell_assignee(CityPlan& city, KnownAlert& alert, const Notice& notice) {
  const Person* person = notice.step.assignee ? roster_->find(*notice.step.assignee) : nullptr;
  if (person == nullptr || person->channels.empty()) return;
  alert.tell(person->id);
  push(city, {person, nullptr, person->roles}, notice, Purpose::assigned);
}

/// All clear, to those who were told, on duty or not.
void Planner::Impl::clear(CityPlan& city, const KnownAlert& alert, const Notice& notice) {
  for (const std::string& told : alert.told) {
    const Person* person = roster_->find(told);
    if (person == nullptr || person->channels.empty()) continue;
    push(city, {person, nullptr, person->roles}, notice, Purpose::all_clear);
  }
}

// --- it is put to others, or waits

void Planner::Impl::push(CityPlan& city, const Recipient& to, const Notice& notice, Purpose purpose) {
  const LocalZone& zone = zone_of(notice.step.area, *reference_);
  const bool breaks_quiet = notice.step.level == Level::awas && purpose != Purpose::update;
  if (!breaks_quiet && is_quiet(*to.person, city.clock, zone)) {
    hold_back(city, to, notice);
    return;
  }
  Cause& cause = cause_for(city, *to.person, notice, lane_of(purpose));
  Pending& waiting = cause.waiting;
  TimePoint due = due_of(cause, notice, purpose, city.clock);
  // What would come in the quiet hours comes before them.
  if (!breaks_quiet && is_quiet(*to.person, due, zone)) due = city.clock;
  if (waiting.empty()) {
    waiting = {};
    waiting.purpose = purpose;
    waiting.due = due;
  }
  waiting.purpose = std::min(waiting.purpose, purpose);
  waiting.due = std::min(waiting.due, due);
  city.next = std::min(city.next, waiting.due);
  if (to.instead_of != nullptr) waiting.instead_of = to.instead_of->id;
  waiting.roles.insert(to.roles.begin(), to.roles.end());
  if (const auto digest = city.digests.find(to.person->id); digest != city.digests.end()) {
    waiting.take_from(digest->second, notice.step.alert.value());
    if (digest->second.empty()) city.digests.erase(digest);
  }
  waiting.add(notice);
}

/// What waits for an alert of which the person will hear anyway takes later steps along.
Cause& Planner::Impl::cause_for(CityPlan& city, const Person& person, const Notice& notice, Lane lane) const {
  CauseKey key{person.id, Lane::alert, district_of(notice.step.area),
               std::string(roster_->family_of(notice.step.rule))};
  const auto calls = city.causes.find(key);
  if (calls != city.causes.end() && calls->second.waiting.holds(notice.step.alert.value())) return calls->second;
  key.lane = lane;
  return city.causes[std::move(key)];
}

void Planner::Impl::hold_back(CityPlan& city, const Recipient& to, const Notice& notice) {
  const LocalZone& zone = zone_of(notice.step.area, *reference_);
  Pending& digest = city.digests[to.person->id];
  if (digest.empty()) {
    digest = {};
    digest.purpose = Purpose::digest;
    digest.due = digest_due(*to.person, city.clock, zone);
  }
  city.next = std::min(city.next, digest.due);
  if (to.instead_of != nullptr) digest.instead_of = to.instead_of->id;
  digest.roles.insert(to.roles.begin(), to.roles.end());
  digest.add(notice);
}

TimePoint Planner::Impl::due_of(const Cause& cause, const Notice& notice, Purpose purpose, TimePoint now) const {
  const Level level = notice.step.level;
  if (level == Level::awas && purpose != Purpose::update) return now;
  const TimePoint soon = now + settings_.group_wait;
  const bool urgent = notice.step.step == AlertStepKind::escalated || level > cause.sent_level;
  if (!cause.sent || (lane_of(purpose) == Lane::alert && urgent)) return soon;
  return std::max(soon, *cause.sent + settings_.group_window);
}

// --- it is due

void Planner::Impl::emit_due(CityPlan& city, TimePoint now, Until until, Plan& plan) {
  const auto passed = [&](TimePoint due) { return until == Until::including ? due <= now : due < now; };
  if (!passed(city.next)) return;
  const auto is_due = [&](const Pending& pending) { return !pending.empty() && passed(pending.due); };
  struct Ready {
    TimePoint due;
    std::string person;
    Pending pending;
  };
  std::vector<Ready> ready;
  for (auto& [key, cause] : city.causes) {
    if (!is_due(cause.waiting)) continue;
    cause.sent = cause.waiting.due;
    cause.sent_level = cause.waiting.level;
    ready.push_back({cause.waiting.due, key.person, std::exchange(cause.waiting, {})});
  }
  for (auto at = city.digests.begin(); at != city.digests.end();) {
    const auto next = std::next(at);
    if (is_due(at->second)) {
      ready.push_back({at->second.due, at->first, std::move(at->second)});
      city.digests.erase(at);
    }
    at = next;
  }
  city.next = TimePoint::max();
  for (const auto& [key, cause] : city.causes) {
    if (!cause.waiting.empty()) city.next = std::min(city.next, cause.waiting.due);
  }
  for (const auto& [person, digest] : city.digests) city.next = std::min(city.next, digest.due);
  std::ranges::stable_sort(ready, {}, &Ready::due);
  for (Ready& one : ready) emit(city, one.person, std::move(one.pending), plan);
}

void Planner::Impl::emit(CityPlan& city, const std::string& id, Pending pending, Plan& plan) {
  const Person* person = roster_->find(id);
  if (person != nullptr && !person->channels.empty()) {
    plan.deliveries.push_back(delivery_of(std::move(pending), *person));
    return;
  }
  // The roster has changed since.
  if (!calls(pending.purpose)) return;
  city.clock = std::max(city.clock, pending.due);
  for (const Notice& notice : pending.notices) {
    pass_on(city, notice, {pending.roles.begin(), pending.roles.end()}, plan);
  }
}

/// Somebody could not be told of an alert that is still open: others are.
void Planner::Impl::pass_on(CityPlan& city, const Notice& notice, const std::vector<std::string>& roles, Plan& plan) {
  KnownAlert& alert = city.alerts[notice.step.alert.value()];
  if (alert.closed || ends(notice.step.step)) return;
  std::vector<std::string> chain = roles;
  for (const std::string& role : roles) {
    const auto fallback = roster_->fallback.find(role);
    if (fallback != roster_->fallback.end())
      chain.insert(chain.end(), fallback->second.begin(), fallback->second.end());
  }
  chain.emplace_back(kLastRole);
  for (const std::string& role : chain) {
    bool told = false;
    for (const OnDuty& one : on_duty(*roster_, *reference_, role, notice.step.area, city.clock)) {
      if (one.person->channels.empty() || alert.was_told(one.person->id)) continue;
      alert.tell(one.person->id);
      push(city, {one.person, one.instead_of, {role}}, notice, Purpose::alert);
      told = true;
    }
    if (told) return;
  }
  plan.nobody.push_back({notice.id + "/nobody", city.clock, roles, notice});
}

void Planner::Impl::unreachable(const Delivery& delivery, TimePoint now, Plan& plan) {
  if (!calls(delivery.purpose) || delivery.notices.empty()) return;
  CityPlan& city = cities_[city_of(delivery.notices.front().step)];
  city.clock = std::max(city.clock, now);
  for (const Notice& notice : delivery.notices) pass_on(city, notice, delivery.roles, plan);
}

void Planner::Impl::advance(TimePoint now, Plan& plan) {
  for (auto& [code, city] : cities_) {
    if (now < city.clock) continue;
    // What is passed on, when somebody has left the roster, may be due by now as well.
    do {
      emit_due(city, now, Until::including, plan);
    } while (city.next <= now);
    city.clock = now;
    forget(city);
  }
}

std::optional<TimePoint> Planner::Impl::next_due() const {
  std::optional<TimePoint> next;
  const auto look = [&](const Pending& pending) {
    if (!pending.empty() && (!next || pending.due < *next)) next = pending.due;
  };
  for (const auto& [code, city] : cities_) {
    for (const auto& [key, cause] : city.causes) look(cause.waiting);
    for (const auto& [person, digest] : city.digests) look(digest);
  }
  return next;
}

void Planner::Impl::forget(CityPlan& city) const {
  if (city.swept > city.clock - kSweepEvery) return;
  city.swept = city.clock;
  std::erase_if(city.causes, [&](const auto& entry) {
    const Cause& cause = entry.second;
    return cause.waiting.empty() && (!cause.sent || city.clock - *cause.sent > settings_.group_window);
  });
  std::erase_if(city.alerts, [&](const auto& entry) {
    const KnownAlert& alert = entry.second;
    return city.clock - alert.touched > (alert.closed ? kClosedKnown : kOpenKnown);
  });
}

bool Planner::Impl::restore(std::string_view bytes) {
  auto plans = load_plans(bytes);
  if (!plans) return false;
  cities_ = *std::move(plans);
  return true;
}

Planner::Planner(std::shared_ptr<const Roster> roster, std::shared_ptr<const Reference> reference, Settings settings)
    : impl_(std::make_unique<Impl>(std::move(roster), std::move(reference), settings)) {}
Planner::~Planner() = default;
Planner::Planner(Planner&&) noexcept = default;
Planner& Planner::operator=(Planner&&) noexcept = default;

void Planner::take(std::string_view id, const AlertStep& step, TimePoint time, Plan& plan) {
  impl_->take(id, step, time, plan);
}
void Planner::advance(TimePoint now, Plan& plan) { impl_->advance(now, plan); }
std::optional<TimePoint> Planner::next_due() const { return impl_->next_due(); }
void Planner::unreachable(const Delivery& delivery, TimePoint now, Plan& plan) {
  impl_->unreachable(delivery, now, plan);
}
void Planner::replace(std::shared_ptr<const Roster> roster, std::shared_ptr<const Reference> reference) {
  impl_->replace(std::move(roster), std::move(reference));
}
std::string Planner::save() const { return impl_->save(); }
bool Planner::restore(std::string_view bytes) { return impl_->restore(bytes); }

}  // namespace kentongan::duty
