// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kentongan {

/// Milliseconds. All spans in the engine hold their start and not their end.
using Duration = std::chrono::milliseconds;
/// UTC, in milliseconds since 1970-01-01T00:00:00Z. Zones enter only through LocalZone.
using TimePoint = std::chrono::sys_time<Duration>;
/// A calendar day somewhere, without a zone: days since 1970-01-01.
using LocalDay = std::chrono::local_days;

inline constexpr Duration kMinute = std::chrono::minutes(1);
inline constexpr Duration kDay = std::chrono::hours(24);

/// RFC 3339 with an offset ("Z" or "+07:00"); digits finer than a millisecond are cut.
/// A leap second (:60) is read as the last millisecond of its minute. Nothing else is accepted.
[[nodiscard]] std::optional<TimePoint> parse_rfc3339(std::string_view text);

/// "2024-11-10".
[[nodiscard]] std::optional<LocalDay> parse_day(std::string_view text);
[[nodiscard]] std::string format_day(LocalDay day);

/// RFC 3339 at the given offset; milliseconds only where they are not zero; offset 0 is "Z".
[[nodiscard]] std::string format_rfc3339(TimePoint time, std::chrono::seconds offset);

/// Rule file durations: `90s 15m 6h 3d 2w 1h30m`; units in falling order, each at most once.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// The shortest such text ("1h30m"); 0 is "0s"; milliseconds are cut.
[[nodiscard]] std::string format_duration(Duration duration);

/// Offsets of one IANA zone as a table, so that the engine needs no time zone database.
/// Immutable after construction; safe to share between threads.
class LocalZone {
 public:
  struct Transition {
    TimePoint from;
    std::chrono::seconds offset;
  };

  LocalZone() = default;  ///< UTC
  /// `transitions` sorted by `from`; before the first one its offset holds as well.
  LocalZone(std::string name, std::vector<Transition> transitions);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::chrono::seconds offset_at(TimePoint time) const noexcept;
  [[nodiscard]] LocalDay day_of(TimePoint time) const noexcept;
  /// The moment at which the day plus `since_midnight` (local wall time) begins.
  [[nodiscard]] TimePoint moment(LocalDay day, Duration since_midnight = Duration{0}) const noexcept;

 private:
  std::string name_ = "UTC";
  std::vector<Transition> transitions_;
};

}  // namespace kentongan
