// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Texts of events for the tests.
namespace kentongan::codec {

/// A CloudEvent of a type ("report") with this `data`.
[[nodiscard]] inline std::string envelope(std::string_view type, std::string_view data) {
  return std::string(R"({"specversion":"1.0","id":"r-1","source":"/fkdm/malang","type":"kentongan.)")
      .append(type)
      .append(R"(.v1","time":"2024-11-10T08:00:00+07:00","subject":"35.73.02.1004","data":)")
      .append(data)
      .append("}");
}

/// One of each type with every field.
inline constexpr std::string_view kFullReport =
    R"({"area":"35.73.02.1004","rw":"03","tps":"12","site":"store-klojen","kind":"incident","athg":"threat",)"
    R"("category":"intimidation","severity":3,"source":"B","content":2,"reporter":{"ref":"a1","role":"rw"},)"
    R"("crowd":20,"location":{"lat":-7.98,"lon":112.63},"status":"unverified","corrects":null,)"
    R"("corrects_source":null,"text":"ada \u0022ancaman\u0022","recommendation":"patroli"})";
inline constexpr std::string_view kFullCampaign =
    R"({"campaign":"c-17","status":"planned","party":"P1","method":"rally","areas":["35.73.02.1004"],)"
    R"("venue":"Stadion Gajayana","location":{"lat":-7.975,"lon":112.625},"radius_m":300,)"
    R"("route":[[-7.975,112.625],[-7.98,112.63]],"starts_at":"2024-11-10T09:00:00+07:00",)"
    R"("ends_at":"2024-11-10T18:00:00+07:00","crowd":5000,"notice":{"number":"STTP/12","date":"2024-10-25"}})";
inline constexpr std::string_view kFullConsignment =
    R"({"consignment":"k-1","area":"35.73.02","goods":"ballot_boxes","quantity":12,"seals_expected":12,)"
    R"("seals_intact":12,"from":"35.73","to":"35.73.02","tps":null,"step":"dispatched",)"
    R"("due_at":"2024-11-24T17:00:00+07:00"})";
inline constexpr std::string_view kFullReadiness =
    R"({"area":"35.73.02.1004","tps":"012","police":1,"linmas":2,"kpps":7,"witnesses":3,"power":true,)"
    R"("network":false,"location":{"lat":-7.98,"lon":112.63},"voters":300,"eligible":4120,"without_card":37})";
inline constexpr std::string_view kFullAction =
    R"({"alert":"35.73-0123","action":"snooze","actor":{"ref":"o-1","role":"lurah"},"assignee":"o-2",)"
    R"("until":"2024-11-10T12:00:00+07:00","note":"ok"})";

}  // namespace kentongan::codec
