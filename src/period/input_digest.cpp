// SPDX-License-Identifier: Apache-2.0
#include "period/input_digest.hpp"

#include <algorithm>
#include <array>

namespace kentongan::period {
namespace {

/// Roles of people who report. A role is a free word, so that others may be anything, even a name.
constexpr std::array<std::string_view, 16> kRoles{
    "lurah", "camat", "rw",   "rt",      "linmas",    "fkdm",        "polsek", "polres",
    "pps",   "ppk",   "kpps", "babinsa", "satpol_pp", "panwaslucam", "warga",  "bhabinkamtibmas"};

bool accepted(Verdict verdict) { return verdict == Verdict::applied || verdict == Verdict::late; }

Count counted(std::int64_t value) { return value > 0 ? static_cast<Count>(value) : 0; }

}  // namespace

InputDigest::InputDigest(const Reference& reference, const Span& span, Figures& figures)
    : reference_(reference), span_(span), figures_(figures), last_(span.from) {
  figures_.incoming.reports_by_day.resize(span.days());
  figures_.incoming.incidents_by_day.resize(span.days());
  roles_.insert(kRoles.begin(), kRoles.end());
  roles_.insert(reference.roles.begin(), reference.roles.end());
}

void InputDigest::count(Verdict verdict, std::optional<RejectReason> reason) {
  ++figures_.incoming.verdicts[static_cast<std::size_t>(verdict)];
  if (reason) ++figures_.incoming.dead_letters[static_cast<std::size_t>(*reason)];
}

void InputDigest::take_dead_letter(RejectReason reason, std::optional<TimePoint> time) {
  if (span_.holds(time.value_or(last_))) count(Verdict::dead_letter, reason);
}

void InputDigest::take(const Event& event, Verdict verdict, std::optional<RejectReason> reason) {
  if (accepted(verdict)) last_ = event.time;
  if (!span_.holds(event.time)) return;
  count(verdict, reason);
  if (!accepted(verdict)) return;
  ++figures_.incoming.types[event.data.index()];
  if (const auto* said = std::get_if<Report>(&event.data)) report(*said, event.time);
  if (const auto* said = std::get_if<Campaign>(&event.data)) campaign(*said);
  if (const auto* said = std::get_if<Consignment>(&event.data)) consignment(*said, event.time);
  if (const auto* said = std::get_if<Readiness>(&event.data)) readiness(*said);
}

std::string InputDigest::role_of(const Report& report) const {
  if (!report.reporter || !report.reporter->role) return "unknown";
  const auto known = roles_.find(*report.reporter->role);
  return known == roles_.end() ? "other" : *known;
}

void InputDigest::report(const Report& report, TimePoint time) {
  Incoming& incoming = figures_.incoming;
  // These tell of an earlier report, which has been counted.
  if (report.status == ReportStatus::refuted) {
    ++incoming.refutations;
    return;
  }
  if (report.corrects) {
    ++incoming.corrections;
    return;
  }
  if (report.status == ReportStatus::verified) ++incoming.verified;
  if (!report.location) ++incoming.without_location;
  const bool incident = report.kind == ReportKind::incident;
  ++incoming.kinds[static_cast<std::size_t>(report.kind)];
  if (incident) ++incoming.athg[report.athg ? static_cast<std::size_t>(*report.athg) : incoming.athg.size() - 1];
  if (report.category) ++incoming.categories[*report.category];
  ++incoming.roles[role_of(report)];
  const std::size_t day = span_.day_of(time);
  ++incoming.reports_by_day[day];
  if (incident) ++incoming.incidents_by_day[day];
  const Place& area = reference_.place(report.area);
  for (const PlaceId place : {report.area, area.parent, area.city}) {
    PlaceFigures& figures = figures_.places[place];
    ++figures.reports;
    if (incident) ++figures.incidents;
  }
}

void InputDigest::campaign(const Campaign& campaign) {
  ++(campaign.status == CampaignStatus::cancelled ? figures_.cancelled_campaigns : figures_.campaigns);
}

void InputDigest::consignment(const Consignment& step, TimePoint time) {
  auto found = consignments_.find(step.consignment);
  if (found == consignments_.end()) {
    if (consignments_.size() == kMostConsignments) {
      ++figures_.logistics.untracked;
      return;
    }
    found = consignments_.emplace(std::string(step.consignment), Track{}).first;
  }
  Track& track = found->second;
  track.last = step.step;
  if (step.due_at) track.due = step.due_at;
  if (step.step == ConsignmentStep::dispatched) track.waited_for = track.due.has_value();
  if (step.step == ConsignmentStep::arrived) {
    track.late = track.late || (track.waited_for && time > *track.due);
    track.waited_for = false;
    track.due.reset();
  }
  if (step.seals_expected && step.seals_intact && *step.seals_intact < *step.seals_expected) track.broken = true;
  if (step.quantity && track.quantity && *step.quantity < *track.quantity) track.is_short = true;
  if (step.quantity && !track.quantity) track.quantity = step.quantity;
}

void InputDigest::readiness(const Readiness& readiness) {
  if (!readiness.tps) {
    if (readiness.eligible && readiness.without_card) {
      cards_[readiness.area] = {*readiness.eligible, *readiness.without_card};
    }
    return;
  }
  const auto known = reference_.polling_stations.find(readiness.area);
  if (known == reference_.polling_stations.end()) return;
  const auto station = std::find_if(known->second.begin(), known->second.end(),
                                    [&](const PollingStation& each) { return each.tps == *readiness.tps; });
  if (station == known->second.end()) return;
  stations_[readiness.area].insert_or_assign(
      station->tps, Station{readiness.police.value_or(0) > 0 && readiness.linmas.value_or(0) > 0,
                            readiness.power.value_or(false), readiness.location || station->location});
}

void InputDigest::finish_consignments() {
  Logistics& logistics = figures_.logistics;
  logistics.consignments = consignments_.size();
  for (const auto& [id, track] : consignments_) {
    ++logistics.last_step[static_cast<std::size_t>(track.last)];
    if (track.late) ++logistics.late;
    if (track.waited_for && *track.due < span_.to) ++logistics.missing;
    if (track.broken) ++logistics.broken_seals;
    if (track.is_short) ++logistics.short_count;
  }
}

void InputDigest::finish_coverage() {
  Coverage& coverage = figures_.coverage;
  for (std::uint32_t i = 0; i < reference_.places.size(); ++i) {
    if (reference_.places[i].kind != PlaceKind::area) continue;
    const auto found = figures_.places.find(PlaceId{i});
    if (found == figures_.places.end() || found->second.reports == 0) coverage.silent.push_back(PlaceId{i});
  }
  for (const auto& [area, known] : reference_.polling_stations) coverage.stations += known.size();
  for (const auto& [area, seen] : stations_) {
    Count ready = 0;
    for (const auto& [tps, station] : seen) {
      if (station.guarded && station.power && station.located) ++ready;
      if (!station.guarded) ++coverage.unguarded;
      if (!station.power) ++coverage.without_power;
      if (!station.located) ++coverage.without_location;
    }
    coverage.seen += seen.size();
    coverage.ready += ready;
    coverage.by_area[area] = {ready, reference_.polling_stations.at(area).size()};
  }
  for (const auto& [area, cards] : cards_) {
    coverage.eligible += counted(cards.first);
    coverage.without_card += counted(cards.second);
  }
}

void InputDigest::finish() {
  finish_consignments();
  finish_coverage();
}

}  // namespace kentongan::period
