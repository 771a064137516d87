// SPDX-License-Identifier: Apache-2.0
#include "period/facts.hpp"

#include <array>

namespace kentongan::period {
namespace {

using Visit = std::function<void(const Fact&)>;

/// The rows of one table.
class Rows {
 public:
  Rows(std::string_view table, const Visit& visit) : table_(table), visit_(visit) {}
  template <class Number>
  void add(std::string_view key, std::string_view measure, Number value) const {
    visit_({table_, std::string(key), measure, static_cast<std::int64_t>(value)});
  }
  void quantiles(std::string_view key, const Minutes& minutes) const {
    add(key, "count", minutes.count());
    if (minutes.count() == 0) return;
    add(key, "median_minutes", *minutes.quantile(0.5));
    add(key, "p90_minutes", *minutes.quantile(0.9));
  }
  void levels(std::string_view key, const ByLevel& levels) const {
    for (std::size_t i = 1; i < kLevels; ++i) add(key, kLevelNames[i], levels[i]);
  }

 private:
  std::string_view table_;
  const Visit& visit_;
};

void incoming_facts(const Figures& figures, const Reference& reference, const Visit& visit) {
  const Incoming& incoming = figures.incoming;
  const Rows events("events", visit);
  events.add("all", "read", incoming.read());
  for (std::size_t i = 0; i < kVerdicts; ++i) events.add("all", name_of(static_cast<Verdict>(i)), incoming.verdicts[i]);
  const Rows types("types", visit);
  for (std::size_t i = 0; i < Words<EventType>::list.size(); ++i) {
    types.add(Words<EventType>::list[i], "accepted", incoming.types[i]);
  }
  const Rows dead("dead_letters", visit);
  for (std::size_t i = 0; i < kRejectReasons; ++i) {
    if (incoming.dead_letters[i] > 0)
      dead.add(name_of(static_cast<RejectReason>(i)), "events", incoming.dead_letters[i]);
  }
  const Rows kinds("kinds", visit);
  for (std::size_t i = 0; i < incoming.kinds.size(); ++i) {
    kinds.add(Words<ReportKind>::list[i], "reports", incoming.kinds[i]);
  }
  const Rows athg("athg", visit);
  for (std::size_t i = 0; i < incoming.athg.size(); ++i) {
    athg.add(i < Words<Athg>::list.size() ? Words<Athg>::list[i] : "not_said", "incidents", incoming.athg[i]);
  }
  const Rows categories("categories", visit);
  for (const auto& [category, count] : incoming.categories) {
    categories.add(reference.category_name(category), "reports", count);
  }
  const Rows roles("roles", visit);
  for (const auto& [role, count] : incoming.roles) roles.add(role, "reports", count);
  const Rows quality("quality", visit);
  quality.add("reports", "corrections", incoming.corrections);
  quality.add("reports", "refutations", incoming.refutations);
  quality.add("reports", "verified", incoming.verified);
  quality.add("reports", "without_location", incoming.without_location);
}

void alert_facts(const Alerts& alerts, const Visit& visit) {
  const Rows all("alerts", visit);
  const std::array<std::pair<std::string_view, Count>, 15> counts{{{"open_before", alerts.open_before},
                                                                   {"fired", alerts.fired},
                                                                   {"resolved", alerts.resolved},
                                                                   {"expired", alerts.expired},
                                                                   {"withdrawn", alerts.withdrawn},
                                                                   {"open_after", alerts.open_after},
                                                                   {"by_officer", alerts.by_officer},
                                                                   {"false_alarms", alerts.false_alarms},
                                                                   {"answered", alerts.answered},
                                                                   {"escalated", alerts.escalated},
                                                                   {"escalations", alerts.escalations},
                                                                   {"raised", alerts.raised},
                                                                   {"shadow", alerts.shadow},
                                                                   {"clashes", alerts.clashes},
                                                                   {"clashes_ended", alerts.clashes_ended}}};
  for (const auto& [name, value] : counts) all.add("all", name, value);
  Rows("levels", visit).levels("all", alerts.levels);
  const Rows times("times", visit);
  times.quantiles("symptom_to_alert", alerts.symptom);
  times.quantiles("alert_to_answer", alerts.answer);
  times.quantiles("alert_to_end", alerts.end);
  const Rows families("families", visit);
  for (const auto& [name, family] : alerts.families) {
    families.levels(name, family.alerts);
    families.add(name, "answered", family.answered);
    families.add(name, "escalated", family.escalated);
    families.add(name, "false_alarms", family.false_alarms);
    if (const auto median = family.symptom.quantile(0.5)) families.add(name, "symptom_median_minutes", *median);
  }
  const Rows rules("rules", visit);
  for (const auto& [rule, count] : alerts.rules) rules.add(rule, "alerts", count);
}

void field_facts(const Figures& figures, const Reference& reference, const Visit& visit) {
  const Rows places("places", visit);
  for (const auto& [place, of] : figures.places) {
    const std::string& code = reference.place(place).code;
    places.add(code, "reports", of.reports);
    places.add(code, "incidents", of.incidents);
    places.levels(code, of.alerts);
    places.add(code, "highest_level", static_cast<int>(of.highest));
    places.add(code, "minutes_above_aman", of.above / kMinute);
  }
  const Rows campaigns("campaigns", visit);
  campaigns.add("all", "entries", figures.campaigns);
  campaigns.add("all", "cancellations", figures.cancelled_campaigns);
  const Logistics& logistics = figures.logistics;
  const Rows boxes("logistics", visit);
  boxes.add("all", "consignments", logistics.consignments);
  for (std::size_t i = 0; i < logistics.last_step.size(); ++i) {
    boxes.add("all", Words<ConsignmentStep>::list[i], logistics.last_step[i]);
  }
  boxes.add("all", "late", logistics.late);
  boxes.add("all", "missing", logistics.missing);
  boxes.add("all", "broken_seals", logistics.broken_seals);
  boxes.add("all", "short", logistics.short_count);
  boxes.add("all", "untracked_steps", logistics.untracked);
  const Coverage& coverage = figures.coverage;
  const Rows cover("coverage", visit);
  cover.add("all", "silent_kelurahan", coverage.silent.size());
  cover.add("all", "stations", coverage.stations);
  cover.add("all", "stations_seen", coverage.seen);
  cover.add("all", "stations_ready", coverage.ready);
  cover.add("all", "stations_unguarded", coverage.unguarded);
  cover.add("all", "stations_without_power", coverage.without_power);
  cover.add("all", "stations_without_location", coverage.without_location);
  cover.add("all", "eligible", coverage.eligible);
  cover.add("all", "without_card", coverage.without_card);
  const Rows silent("silent", visit);
  for (const PlaceId place : coverage.silent) silent.add(reference.place(place).code, "reports", 0);
  const Rows readiness("readiness", visit);
  for (const auto& [place, stations] : coverage.by_area) {
    readiness.add(reference.place(place).code, "ready", stations.first);
    readiness.add(reference.place(place).code, "stations", stations.second);
  }
}

void day_facts(const Figures& figures, const Span& span, const Visit& visit) {
  const Rows days("days", visit);
  for (std::size_t i = 0; i < span.days(); ++i) {
    const std::string day = format_day(span.day(i));
    days.add(day, "reports", figures.incoming.reports_by_day[i]);
    days.add(day, "incidents", figures.incoming.incidents_by_day[i]);
    days.levels(day, figures.alerts.by_day[i]);
  }
}

}  // namespace

void each_fact(const Figures& figures, const Span& span, const Reference& reference, const Visit& visit) {
  incoming_facts(figures, reference, visit);
  alert_facts(figures.alerts, visit);
  field_facts(figures, reference, visit);
  day_facts(figures, span, visit);
}

}  // namespace kentongan::period
