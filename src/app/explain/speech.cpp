// SPDX-License-Identifier: Apache-2.0
#include "app/explain/speech.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <utility>

namespace kentongan::app::explain {
namespace {

constexpr std::size_t kIdsShown = 10;

using Months = std::array<std::string_view, 12>;
constexpr Months kIndonesian{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"};
constexpr Months kEnglish{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::optional<Language> language_named(std::string_view code) {
  if (code == "id") return Language::indonesian;
  if (code == "en") return Language::english;
  return std::nullopt;
}

std::string_view Speech::operator()(const LocalText& text) const {
  return language_ == Language::english && !text.en.empty() ? text.en : text.id;
}

std::string Speech::day(LocalDay day) const {
  const std::chrono::year_month_day date{day};
  const Months& months = language_ == Language::indonesian ? kIndonesian : kEnglish;
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()));
}

std::string Speech::time(TimePoint time) const {
  const auto local = time + zone().offset_at(time);
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(local - midnight).count();
  std::string text = fmt::format("{} {:02}:{:02}", day(zone().day_of(time)), seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 != 0) text += fmt::format(":{:02}", seconds % 60);
  return text;
}

std::string Speech::span(Duration duration) const {
  // What is said in hours is thought in hours: 24 h, but 3 days.
  std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
  if (seconds == 0) return std::string((*this)("0 detik", "0 s"));
  std::string text;
  const auto add = [&](std::int64_t unit, std::string_view indonesian, std::string_view one, std::string_view several) {
    const std::int64_t many = std::exchange(seconds, seconds % unit) / unit;
    if (many == 0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : " ", many, (*this)(indonesian, many == 1 ? one : several));
  };
  if (seconds >= 48 * 3600) add(86'400, "hari", "day", "days");
  add(3600, "jam", "h", "h");
  add(60, "menit", "min", "min");
  add(1, "detik", "s", "s");
  return text;
}

std::string Speech::place(PlaceId id) const {
  const Place& place = reference_->place(id);
  return place.kind == PlaceKind::city ? place.code : fmt::format("{} ({})", place.name, place.code);
}

std::string Speech::place(std::string_view code) const {
  const auto found = reference_->find_place(code);
  return found ? place(*found) : std::string(code);
}

std::string Speech::scope(const Scope& scope) const {
  const auto slash = scope.key.find('/');
  const std::string before = scope.key.substr(0, slash);
  const std::string behind = slash == std::string::npos ? "" : scope.key.substr(slash + 1);
  switch (scope.kind) {
    case ScopeKind::area:
    case ScopeKind::district:
    case ScopeKind::city:
      return place(scope.key);
    case ScopeKind::polling_station:
      return fmt::format("TPS {}, {}", behind, place(before));
    case ScopeKind::consignment:
      return fmt::format("{} {}", (*this)("kiriman", "consignment"), scope.key);
    case ScopeKind::campaign:
      return fmt::format("{} {}", (*this)("entri kampanye", "campaign entry"), scope.key);
    case ScopeKind::campaign_pair:
      return fmt::format("{} {}", (*this)("entri kampanye", "campaign entries"), scope.key);
    case ScopeKind::area_day:
    case ScopeKind::district_day:
    case ScopeKind::city_day: {
      const auto on = parse_day(behind);
      return fmt::format("{}, {}", place(before), on ? day(*on) : behind);
    }
    case ScopeKind::fields:
      break;
  }
  return scope.key;
}

std::string_view Speech::events(EventType type, bool several) const {
  switch (type) {
    case EventType::report:
      return (*this)("laporan", several ? "reports" : "report");
    case EventType::campaign:
      return (*this)("entri kampanye", several ? "campaign entries" : "campaign entry");
    case EventType::consignment:
      return (*this)("langkah kiriman", several ? "consignment steps" : "consignment step");
    case EventType::readiness:
      return (*this)("laporan kesiapan", several ? "readiness reports" : "readiness report");
    case EventType::action:
      return (*this)("tindakan petugas", several ? "actions of officers" : "action of an officer");
  }
  return {};
}

std::string Speech::ids(std::span<const std::string> ids) const {
  std::string text;
  const std::size_t first = ids.size() > kIdsShown ? ids.size() - kIdsShown : 0;
  for (std::size_t i = first; i < ids.size(); ++i) text += (i == first ? "" : ", ") + ids[i];
  if (first > 0) text += fmt::format(fmt::runtime((*this)(" dan {} sebelumnya", " and {} before")), first);
  return text;
}

std::string Speech::number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

}  // namespace kentongan::app::explain
