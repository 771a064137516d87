// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/ids.hpp"
#include "domain/level.hpp"
#include "domain/reference.hpp"
#include "domain/time.hpp"
#include "domain/trace.hpp"

namespace kentongan {

enum class ScopeKind : std::uint8_t {
  area,
  district,
  city,
  consignment,
  polling_station,
  campaign,
  campaign_pair,
  area_day,
  district_day,
  city_day,
  fields
};
[[nodiscard]] std::string_view name_of(ScopeKind kind);

/// What an episode is about. `key` as the contract writes it: a code, CODE/2024-11-10, AREA/TPS, a+b.
struct Scope {
  ScopeKind kind = ScopeKind::area;
  std::string key;
  friend auto operator<=>(const Scope&, const Scope&) = default;
};

enum class AlertStepKind : std::uint8_t {
  fired,
  raised,
  escalated,
  reminded,
  acknowledged,
  confirmed,
  assigned,
  mitigated,
  snoozed,
  resolved,
  expired,
  withdrawn
};
[[nodiscard]] std::string_view name_of(AlertStepKind step);

enum class AlertState : std::uint8_t { firing, acknowledged, resolved, expired, withdrawn };
[[nodiscard]] std::string_view name_of(AlertState state);

struct Reason {
  std::string code;  ///< stable: count_reached, matched, level_reached, quiet, action_resolve, ...
  std::string text;  ///< one English sentence without free text or a reporter's ref
};

/// Rendered once, at `fired`, and carried by every later step of the alert.
struct AlertText {
  LocalText message;
  LocalText recommend;
  std::string legal;
  std::vector<std::string> recommendations;  ///< of the reports behind it, newest first
};

/// One step of an alert's life: the data of a kentongan.alert.v1 event.
struct AlertStep {
  AlertId alert;
  std::string rule;
  Scope scope;
  std::string area;  ///< smallest place that contains the areas of all its events
  AlertStepKind step = AlertStepKind::fired;
  AlertState state = AlertState::firing;
  Level level = Level::aman;
  TimePoint since;  ///< of `fired`
  int tier = 0;
  bool proposed = false;  ///< awas that no officer has confirmed
  bool shadow = false;
  std::vector<std::string> to;
  AlertText text;
  std::optional<std::int64_t> count;     ///< in fired and raised
  std::optional<std::int64_t> distinct;  ///< in fired and raised
  std::vector<std::string> events;       ///< ids by time, at most 100, the latest
  std::vector<Reason> reasons;
  std::optional<TimePoint> first_symptom;  ///< in fired: the earliest event behind it; not written out
  bool first_answer = false;               ///< nobody had acknowledged it before; not written out
  std::optional<std::string> actor;        ///< ref of the officer, in steps that an action made
  std::optional<std::string> actor_role;
  std::optional<std::string> assignee;
  std::optional<TimePoint> until;
};

struct Contribution {
  std::string event;
  std::string rule;
  double weight = 0;  ///< decayed to the time of the event that carries it
};

/// A change of a place's level: the data of a kentongan.risk.v1 event.
struct RiskChange {
  PlaceId area;
  double score = 0;
  Level level = Level::aman;
  Level previous = Level::aman;
  bool rising = false;
  std::vector<Contribution> contributions;  ///< largest first, at most five
};

/// Why an input could not be accepted. The words are the contract's `data.reason`.
enum class RejectReason : std::uint8_t {
  too_large,
  too_deep,
  malformed_json,
  invalid_event,
  unknown_type,
  personal_data,
  unknown_category,
  unknown_area,
  unknown_alert,
  too_old,
  future
};
inline constexpr std::size_t kRejectReasons = 11;
[[nodiscard]] std::string_view name_of(RejectReason reason);

struct Rejection {
  RejectReason reason = RejectReason::malformed_json;
  std::string pointer;            ///< JSON Pointer of the place, or empty
  std::string message;            ///< for people: what is wrong and what to do; personal data masked
  std::optional<TimePoint> time;  ///< the event's, when it could be read
  std::optional<PlaceId> city;    ///< when its code's regency is in the reference data
  std::optional<EventType> type;  ///< when it could be read
};

struct DeadLetter {
  Rejection rejection;
  std::string raw;  ///< masked where the reason is personal_data, empty where it could not be masked
};

/// An output event. `id` is derived: the same input gives the same ids.
struct Output {
  std::string id;
  std::optional<PlaceId> city;  ///< source is /kentongan/CITY, or /kentongan
  std::string subject;          ///< the scope's key or the place's code; empty: none
  TimePoint time;
  std::variant<AlertStep, RiskChange, DeadLetter> data;
  TraceContext trace = {};  ///< that of the event that brought it about; of a deadline none
};

/// What became of an input. Every input read has exactly one verdict.
enum class Verdict : std::uint8_t { applied, duplicate, late, dead_letter, rekeyed };
inline constexpr std::size_t kVerdicts = 5;
[[nodiscard]] std::string_view name_of(Verdict verdict);

}  // namespace kentongan
