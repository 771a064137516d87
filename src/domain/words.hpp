// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kentongan {

/// The closed vocabularies of the events. Each enumeration's words stand in the order of its values.
enum class EventType : std::uint8_t { report, campaign, consignment, readiness, action };
enum class ReportKind : std::uint8_t { incident, information, recommendation };
enum class Athg : std::uint8_t { threat, challenge, hindrance, disturbance };
enum class ReportStatus : std::uint8_t { unverified, verified, refuted };
enum class CampaignStatus : std::uint8_t { planned, changed, cancelled };
enum class CampaignMethod : std::uint8_t { rally, limited_meeting, face_to_face, procession, debate, other };
enum class ConsignmentStep : std::uint8_t { packed, dispatched, arrived, opened, returned };
enum class ActionKind : std::uint8_t { acknowledge, confirm, assign, mitigate, resolve, false_alarm, snooze };

template <class Enum>
struct Words;

template <>
struct Words<EventType> {
  static constexpr std::array<std::string_view, 5> list{"report", "campaign", "consignment", "readiness", "action"};
};
template <>
struct Words<ReportKind> {
  static constexpr std::array<std::string_view, 3> list{"incident", "information", "recommendation"};
};
template <>
struct Words<Athg> {
  static constexpr std::array<std::string_view, 4> list{"threat", "challenge", "hindrance", "disturbance"};
};
template <>
struct Words<ReportStatus> {
  static constexpr std::array<std::string_view, 3> list{"unverified", "verified", "refuted"};
};
template <>
struct Words<CampaignStatus> {
  static constexpr std::array<std::string_view, 3> list{"planned", "changed", "cancelled"};
};
template <>
struct Words<CampaignMethod> {
  static constexpr std::array<std::string_view, 6> list{"rally",      "limited_meeting", "face_to_face",
                                                        "procession", "debate",          "other"};
};
template <>
struct Words<ConsignmentStep> {
  static constexpr std::array<std::string_view, 5> list{"packed", "dispatched", "arrived", "opened", "returned"};
};
template <>
struct Words<ActionKind> {
  static constexpr std::array<std::string_view, 7> list{"acknowledge", "confirm",     "assign", "mitigate",
                                                        "resolve",     "false_alarm", "snooze"};
};

template <class Enum>
[[nodiscard]] constexpr std::string_view word_of(Enum value) {
  return Words<Enum>::list[static_cast<std::size_t>(value)];
}

template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> from_word(std::string_view word) {
  for (std::size_t i = 0; i < Words<Enum>::list.size(); ++i) {
    if (Words<Enum>::list[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

/// `report` <-> "kentongan.report.v1".
[[nodiscard]] constexpr std::string_view type_name(EventType type) {
  constexpr std::array<std::string_view, 5> names{"kentongan.report.v1", "kentongan.campaign.v1",
                                                  "kentongan.consignment.v1", "kentongan.readiness.v1",
                                                  "kentongan.action.v1"};
  return names[static_cast<std::size_t>(type)];
}
[[nodiscard]] constexpr std::optional<EventType> type_named(std::string_view name) {
  for (std::size_t i = 0; i < Words<EventType>::list.size(); ++i) {
    if (type_name(static_cast<EventType>(i)) == name) return static_cast<EventType>(i);
  }
  return std::nullopt;
}

}  // namespace kentongan
