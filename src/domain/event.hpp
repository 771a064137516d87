// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "domain/words.hpp"

namespace kentongan {

/// WGS 84, degrees.
struct GeoPoint {
  double lat = 0;
  double lon = 0;
};

struct Actor {
  std::string_view ref;                  ///< keyed pseudonym, never a name
  std::optional<std::string_view> role;  ///< free word
};

/// An incident, information or recommendation from the field. `category`, `severity` and `reporter`
/// may be missing only when `status` is refuted.
struct Report {
  PlaceId area;  ///< a kelurahan
  std::optional<std::string_view> rw;
  std::optional<std::string_view> tps;  ///< digits are padded to three ("012")
  std::optional<std::string_view> site;
  ReportKind kind = ReportKind::incident;
  std::optional<Athg> athg;
  std::optional<CategoryId> category;
  std::optional<std::uint8_t> severity;  ///< 1 to 5
  char source = 'F';                     ///< reliability of the source, A to F
  std::uint8_t content = 6;              ///< credibility of the content, 1 to 6
  std::optional<Actor> reporter;
  std::optional<std::string_view> household;  ///< keyed pseudonym; people of one household speak with one voice
  std::optional<std::int64_t> crowd;
  std::optional<GeoPoint> location;
  ReportStatus status = ReportStatus::unverified;
  std::optional<std::string_view> corrects;         ///< id of the report whose place this one takes
  std::optional<std::string_view> corrects_source;  ///< its source; none = this event's own
  std::optional<std::string_view> text;
  std::optional<std::string_view> recommendation;
};

/// One version of a campaign entry. All but campaign, status and areas may be missing when cancelled.
struct Campaign {
  std::string_view campaign;
  CampaignStatus status = CampaignStatus::planned;
  std::optional<std::string_view> party;
  std::optional<CampaignMethod> method;
  std::span<const PlaceId> areas;  ///< kelurahan or kecamatan of one city, as written, at least one
  std::optional<std::string_view> venue;
  std::optional<GeoPoint> location;
  std::optional<double> radius_m;
  std::span<const GeoPoint> route;
  std::optional<TimePoint> starts_at;
  std::optional<TimePoint> ends_at;  ///< after starts_at
  std::optional<std::int64_t> crowd;
  std::optional<std::string_view> notice_number;
  std::optional<LocalDay> notice_date;
};

/// One step in the chain of custody of a consignment of logistics.
struct Consignment {
  std::string_view consignment;
  PlaceId area;  ///< where the step took place: kelurahan, kecamatan or city
  std::optional<std::string_view> goods;
  std::optional<std::int64_t> quantity;
  std::optional<std::int64_t> seals_expected;
  std::optional<std::int64_t> seals_intact;
  std::optional<std::string_view> from;  ///< not checked against the reference data
  std::optional<std::string_view> to;
  std::optional<std::string_view> tps;
  ConsignmentStep step = ConsignmentStep::packed;
  std::optional<TimePoint> due_at;
};

/// A snapshot of a polling station, or (without tps) of a kelurahan.
struct Readiness {
  PlaceId area;  ///< a kelurahan
  std::optional<std::string_view> tps;
  std::optional<std::int64_t> police;
  std::optional<std::int64_t> linmas;
  std::optional<std::int64_t> kpps;
  std::optional<std::int64_t> witnesses;
  std::optional<bool> power;
  std::optional<bool> network;
  std::optional<GeoPoint> location;
  std::optional<std::int64_t> voters;
  std::optional<std::int64_t> eligible;
  std::optional<std::int64_t> without_card;
};

/// What an officer did with an alert.
struct Action {
  std::string_view alert;  ///< begins with its city's code and a dash
  ActionKind action = ActionKind::acknowledge;
  Actor actor;
  std::optional<std::string_view> assignee;
  std::optional<TimePoint> until;  ///< required for snooze
  std::optional<std::string_view> note;
  bool refute = false;  ///< of a false alarm: the reports behind the alert are taken out
};

/// An accepted input event. A view: every text and span points into the decoder (or other owner)
/// that made it and dies with that owner's next use. Copy what must live longer.
struct Event {
  std::string_view id;
  std::string_view source;
  TimePoint time;
  PlaceId city;
  std::variant<Report, Campaign, Consignment, Readiness, Action> data;

  [[nodiscard]] EventType type() const noexcept { return static_cast<EventType>(data.index()); }
  [[nodiscard]] const Report* report() const noexcept { return std::get_if<Report>(&data); }
};

}  // namespace kentongan
