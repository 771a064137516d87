// SPDX-License-Identifier: Apache-2.0
#include "app/demo/frame_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace kentongan::app::demo {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun",
                                                   "Jul", "Agu", "Sep", "Okt", "Nov", "Des"};
constexpr std::array<std::string_view, 12> kEnglishMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays{"Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"};
constexpr std::array<std::string_view, 7> kEnglishDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// Bytes of the first so many code points.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_code_point(text[at]) && columns-- == 0) break;
  }
  return at;
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_code_point));
}

std::string_view stage_name(std::string_view stage, bool indonesian) {
  constexpr std::array<std::array<std::string_view, 3>, 4> kNames{
      {{"campaign", "masa kampanye", "campaign"},
       {"quiet_period", "masa tenang", "quiet period"},
       {"voting", "pemungutan suara", "voting"},
       {"recapitulation", "rekapitulasi", "recapitulation"}}};
  for (const auto& [name, id, en] : kNames) {
    if (name == stage) return indonesian ? id : en;
  }
  return stage;
}

}  // namespace

std::string shortened(std::string_view text, std::size_t columns) {
  if (columns_of(text) <= columns) return std::string(text);
  if (columns < 2) return std::string(text.substr(0, bytes_of(text, columns)));
  return std::string(text.substr(0, bytes_of(text, columns - 2))) + "..";
}

std::string fitted(std::string_view text, std::size_t columns) {
  std::string out = shortened(text, columns);
  const std::size_t used = columns_of(out);
  return used < columns ? out + std::string(columns - used, ' ') : out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t most) {
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < most) {
    if (lines.size() + 1 == most || columns_of(text) <= columns) {
      lines.push_back(shortened(text, columns));
      break;
    }
    const std::size_t whole = bytes_of(text, columns);
    const std::size_t blank = text.rfind(' ', whole);
    const std::size_t end = blank == std::string_view::npos || blank == 0 ? whole : blank;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + (end == blank ? 1 : 0)));
  }
  return lines;
}

const LocalZone& zone_of(const Reference& reference) {
  static const LocalZone kUtc;
  if (reference.cities.empty()) return kUtc;
  const auto& zone = reference.place(reference.cities.front()).zone;
  return zone ? *zone : kUtc;
}

std::string moment_text(TimePoint time, const LocalZone& zone, bool indonesian) {
  const LocalDay day = zone.day_of(time);
  const std::chrono::year_month_day date(day);
  const auto weekday = std::chrono::weekday(day).c_encoding();
  const auto month = static_cast<unsigned>(date.month()) - 1;
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time - zone.moment(day)).count();
  return fmt::format("{} {} {} {} {:02}{}{:02}", indonesian ? kDays[weekday] : kEnglishDays[weekday],
                     static_cast<unsigned>(date.day()), indonesian ? kMonths[month] : kEnglishMonths[month],
                     static_cast<int>(date.year()), minutes / 60, indonesian ? '.' : ':', minutes % 60);
}

std::string stage_text(TimePoint time, const Reference& reference, bool indonesian) {
  const LocalDay today = zone_of(reference).day_of(time);
  const Stage* running = nullptr;
  const Stage* voting = nullptr;
  for (const Stage& stage : reference.stages) {
    const bool runs = stage.first_day <= today && today <= stage.last_day;
    if (runs && (running == nullptr || stage.first_day >= running->first_day)) running = &stage;
    if (stage.name == "voting" && stage.first_day >= today &&
        (voting == nullptr || stage.first_day < voting->first_day)) {
      voting = &stage;
    }
  }
  std::string out(running != nullptr ? stage_name(running->name, indonesian)
                                     : (indonesian ? "di luar tahapan" : "no stage"));
  if (voting == nullptr) return out;
  const auto days = (voting->first_day - today).count();
  if (days == 0) return fmt::format("{} ({})", out, indonesian ? "hari ini" : "today");
  if (days > 366) return out;
  return fmt::format("{}, {} {}", out, days,
                     indonesian  ? "hari lagi ke pencoblosan"
                     : days == 1 ? "day to voting"
                                 : "days to voting");
}

std::string why_text(const AlertView& alert, bool indonesian) {
  if (!indonesian) return alert.reason;
  if (alert.reason_code == "count_reached" || alert.reason_code == "matched") {
    return fmt::format("{} kejadian, {} sumber", alert.count, alert.distinct);
  }
  if (alert.reason_code == "level_reached") return "skor wilayah mencapai tingkat ini";
  return alert.reason;
}

std::string state_text(const AlertView& alert, bool indonesian) {
  if (alert.state == "firing") return indonesian ? "belum dijawab" : "unanswered";
  if (alert.state == "acknowledged") return indonesian ? "ditangani" : "answered";
  if (alert.state == "resolved") return indonesian ? "selesai" : "resolved";
  if (alert.state == "withdrawn") return indonesian ? "dicabut" : "withdrawn";
  return indonesian ? "berakhir" : alert.state;
}

std::string number_text(std::uint64_t value, bool indonesian) {
  std::string digits = fmt::format("{}", value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, indonesian ? '.' : ',');
  return digits;
}

const std::string& text_in(const LocalText& text, bool indonesian) {
  return indonesian || text.en.empty() ? text.id : text.en;
}

std::string place_text(const std::string& code, const Reference& reference) {
  const auto place = reference.find_place(code);
  return place ? reference.place(*place).name : code;
}

}  // namespace kentongan::app::demo
