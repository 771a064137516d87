// SPDX-License-Identifier: Apache-2.0
#include "period/span.hpp"

#include <fmt/format.h>

namespace kentongan::period {
namespace {

Result<TimePoint> moment_of(std::string_view option, std::string_view text, const LocalZone& zone, int days_on) {
  if (const auto day = parse_day(text)) return zone.moment(*day + std::chrono::days(days_on));
  if (const auto time = parse_rfc3339(text)) return *time;
  return fail(Error::Kind::usage,
              fmt::format("{}: \"{}\" is neither a day nor a time; write 2024-11-01 or 2024-11-01T08:00:00+07:00",
                          option, text));
}

}  // namespace

Span::Span(TimePoint begin, TimePoint end, LocalZone where)
    : from(begin),
      to(end),
      zone(std::move(where)),
      first_(zone.day_of(from)),
      days_(static_cast<std::size_t>((zone.day_of(to - Duration(1)) - first_).count()) + 1) {}

Result<Span> Span::of(std::string_view from, std::string_view to, const LocalZone& zone) {
  const auto begin = moment_of("--from", from, zone, 0);
  if (!begin) return tl::unexpected(begin.error());
  const auto end = moment_of("--to", to, zone, 1);
  if (!end) return tl::unexpected(end.error());
  if (*end <= *begin) {
    return fail(Error::Kind::usage,
                fmt::format("--from {} is not before --to {}; write the earlier one as --from", from, to));
  }
  if (*end - *begin > std::chrono::days(kMostDays - 1)) {
    return fail(Error::Kind::usage, fmt::format("from {} to {} is more than ten years; ask for less", from, to));
  }
  return Span(*begin, *end, zone);
}

std::size_t Span::day_of(TimePoint time) const {
  return static_cast<std::size_t>((zone.day_of(time) - first_).count());
}

}  // namespace kentongan::period
