// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/level.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "domain/words.hpp"
#include "period/minutes.hpp"

/// What a report tells, as plain numbers. No name of a person, no ref, no free text and no party is in them.
namespace kentongan::period {

using Count = std::uint64_t;
using ByLevel = std::array<Count, kLevels>;

/// What came in, by the time of the events. Reports and the rest of them are those that were accepted.
struct Incoming {
  std::array<Count, kVerdicts> verdicts{};
  std::array<Count, 6> types{};  ///< by EventType, then those of unknown type; accepted ones
  std::array<Count, kRejectReasons> dead_letters{};
  std::array<Count, 3> kinds{};  ///< of reports but corrections and refutations, by ReportKind
  std::array<Count, 5> athg{};   ///< of incidents, by Athg, then those that do not say
  std::map<CategoryId, Count> categories;
  std::map<std::string, Count> roles;  ///< known ones; "other" and "unknown"
  Count corrections = 0, refutations = 0, verified = 0, without_location = 0;
  std::vector<Count> reports_by_day, incidents_by_day;

  [[nodiscard]] Count read() const;
  [[nodiscard]] Count reports() const { return kinds[0] + kinds[1] + kinds[2]; }
};

/// A kelurahan, kecamatan or city.
struct PlaceFigures {
  Count reports = 0, incidents = 0;  ///< a kecamatan's and city's: of all of it
  ByLevel alerts{};                  ///< of alerts about this place itself
  Level highest = Level::aman;
  Duration above{};           ///< above aman
  std::vector<Level> by_day;  ///< the highest of each day; empty: always aman
};

struct FamilyFigures {
  ByLevel alerts{};  ///< by the highest level that each reached
  Count answered = 0, escalated = 0, false_alarms = 0;
  Minutes symptom;  ///< from the first symptom to the alert
};

struct Alerts {
  Count open_before = 0, fired = 0, open_after = 0;
  Count resolved = 0, expired = 0, withdrawn = 0;      ///< ends in the period
  Count by_officer = 0, false_alarms = 0;              ///< of the resolved ones
  Count answered = 0, escalations = 0, escalated = 0;  ///< escalated: alerts, of those that fired in the period
  Count raised = 0, shadow = 0;                        ///< shadow ones count nowhere else
  Count clashes = 0, clashes_ended = 0;                ///< pairs of campaign entries
  ByLevel levels{};                                    ///< of the fired ones, by the highest that each reached
  std::map<std::string, FamilyFigures> families;       ///< by the file of their rules
  std::map<std::string, Count> rules;
  std::vector<ByLevel> by_day;   ///< by the level at which they fired
  Minutes symptom, answer, end;  ///< first symptom to fired; fired to answer; fired to resolved

  [[nodiscard]] Count ended() const { return resolved + expired + withdrawn; }
};

struct Logistics {
  Count consignments = 0;
  std::array<Count, 5> last_step{};  ///< of them by ConsignmentStep, at the end of the period
  Count late = 0, missing = 0;       ///< arrived behind its time; due and not arrived
  Count broken_seals = 0, short_count = 0;
  Count untracked = 0;  ///< steps of more consignments than are kept apart
};

struct Coverage {
  std::vector<PlaceId> silent;  ///< kelurahan without a report
  Count stations = 0, seen = 0, ready = 0;
  Count unguarded = 0, without_power = 0, without_location = 0;  ///< of the seen ones, by their last snapshot
  Count eligible = 0, without_card = 0;
  std::map<PlaceId, std::pair<Count, Count>> by_area;  ///< ready, known stations; only where one was seen
};

struct Figures {
  bool inputs_known = true;               ///< false: only alerts, levels and dead letters are known
  std::optional<TimePoint> inputs_since;  ///< inputs from before are no longer kept
  Incoming incoming;
  std::map<PlaceId, PlaceFigures> places;
  Alerts alerts;
  Logistics logistics;
  Coverage coverage;
  Count campaigns = 0, cancelled_campaigns = 0;
};

}  // namespace kentongan::period
