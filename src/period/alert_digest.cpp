// SPDX-License-Identifier: Apache-2.0
#include "period/alert_digest.hpp"

#include <algorithm>

namespace kentongan::period {
namespace {

bool ends(AlertStepKind step) {
  return step == AlertStepKind::resolved || step == AlertStepKind::expired || step == AlertStepKind::withdrawn;
}

bool is_false_alarm(const AlertStep& step) {
  return std::any_of(step.reasons.begin(), step.reasons.end(),
                     [](const Reason& reason) { return reason.code == "false_alarm"; });
}

}  // namespace

AlertDigest::AlertDigest(const Reference& reference, const Span& span, Figures& figures, FamilyOf family_of)
    : reference_(reference), span_(span), figures_(figures), family_of_(std::move(family_of)) {
  figures_.alerts.by_day.resize(span.days());
}

void AlertDigest::take(const AlertStep& step, TimePoint time, std::optional<TimePoint> symptom) {
  if (time >= span_.to) return;
  if (step.shadow) {
    if (step.step == AlertStepKind::fired && time >= span_.from) ++figures_.alerts.shadow;
    return;
  }
  if (step.step == AlertStepKind::fired) return begin(step, time, symptom);
  auto found = open_.find(step.alert.value());
  if (found == open_.end()) {
    // Its beginning is no longer kept, so it was before all that is.
    if (ends(step.step) && time < span_.from) return;
    begin(step, std::min(step.since, span_.from - Duration(1)), std::nullopt);
    found = open_.find(step.alert.value());
  }
  if (ends(step.step)) {
    end(found->second, step, time);
    open_.erase(found);
  } else {
    go_on(found->second, step, time);
  }
}

void AlertDigest::count_level(const Open& open, Count change) {
  const auto level = static_cast<std::size_t>(open.level);
  figures_.alerts.levels[level] += change;
  figures_.alerts.families[open.family].alerts[level] += change;
  if (open.place) figures_.places[*open.place].alerts[level] += change;
}

void AlertDigest::begin(const AlertStep& step, TimePoint time, std::optional<TimePoint> symptom) {
  Open open{family_of_(step.rule), reference_.find_place(step.area), step.since, step.level, time >= span_.from};
  open.pair = step.scope.kind == ScopeKind::campaign_pair;
  if (open.family.empty()) open.family = "other";
  Alerts& alerts = figures_.alerts;
  if (open.inside) {
    ++alerts.fired;
    ++alerts.rules[step.rule];
    ++alerts.by_day[span_.day_of(time)][static_cast<std::size_t>(step.level)];
    if (open.pair) ++alerts.clashes;
    count_level(open, 1);
    if (symptom) {
      alerts.symptom.add(time - *symptom);
      alerts.families[open.family].symptom.add(time - *symptom);
    }
  }
  open_.insert_or_assign(step.alert.value(), std::move(open));
}

void AlertDigest::go_on(Open& open, const AlertStep& step, TimePoint time) {
  const bool now = time >= span_.from;
  Alerts& alerts = figures_.alerts;
  if (step.step == AlertStepKind::raised && step.level != open.level) {
    if (now) ++alerts.raised;
    if (open.inside) count_level(open, static_cast<Count>(-1));
    open.level = step.level;
    if (open.inside) count_level(open, 1);
  }
  if (step.step == AlertStepKind::escalated) {
    if (now) ++alerts.escalations;
    if (open.inside && !open.escalated) {
      ++alerts.escalated;
      ++alerts.families[open.family].escalated;
    }
    open.escalated = true;
  }
  if (!step.actor || open.answered) return;
  open.answered = true;
  if (!now) return;
  ++alerts.answered;
  alerts.answer.add(time - open.since);
  if (open.inside) ++alerts.families[open.family].answered;
}

void AlertDigest::end(const Open& open, const AlertStep& step, TimePoint time) {
  Alerts& alerts = figures_.alerts;
  if (time < span_.from) return;
  if (!open.inside) ++alerts.open_before;
  if (open.pair) ++alerts.clashes_ended;
  if (step.actor && !open.answered) {
    ++alerts.answered;
    alerts.answer.add(time - open.since);
    if (open.inside) ++alerts.families[open.family].answered;
  }
  if (step.step == AlertStepKind::expired) ++alerts.expired;
  if (step.step == AlertStepKind::withdrawn) ++alerts.withdrawn;
  if (step.step != AlertStepKind::resolved) return;
  ++alerts.resolved;
  if (step.actor) ++alerts.by_officer;
  if (is_false_alarm(step)) {
    ++alerts.false_alarms;
    ++alerts.families[open.family].false_alarms;
  } else {
    alerts.end.add(time - open.since);
  }
}

void AlertDigest::finish() {
  for (const auto& [alert, open] : open_) {
    ++figures_.alerts.open_after;
    if (!open.inside) ++figures_.alerts.open_before;
  }
}

}  // namespace kentongan::period
