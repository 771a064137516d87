// SPDX-License-Identifier: Apache-2.0
#include "codec/read_time.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace kentongan::codec {

namespace {

/// Eight bytes of a text that must look like a pattern: a `0` stands for any digit, a `?` for anything, the rest for
/// itself. Two digits are read as one number.
class Eight {
 public:
  Eight(const char* text, const char (&pattern)[9]) {
    const std::uint64_t shape = word(pattern);
    const std::uint64_t digits = equal_bytes(shape, '0');
    const std::uint64_t anything = equal_bytes(shape, '?');
    // A digit becomes its value, any other byte zero where it is what it must be.
    const std::uint64_t values = (word(text) ^ shape) & ~anything;
    const std::uint64_t most = (digits & kEach * 9);
    fit_ = (((values | ((values & ~kTops) + (kEach * 0x7F - most))) & kTops)) == 0;
    pairs_ = values * 10 + (values >> 8);
  }
  [[nodiscard]] bool fit() const { return fit_; }
  /// The number of the digits at `at` and behind it.
  [[nodiscard]] unsigned pair(unsigned at) const { return static_cast<unsigned>(pairs_ >> (8 * at)) & 0xFF; }

 private:
  static constexpr std::uint64_t kEach = 0x0101010101010101;
  static constexpr std::uint64_t kTops = kEach * 0x80;

  static std::uint64_t word(const char* text) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
    return bytes;
  }
  /// 0xFF for each byte that is this one; all bytes are ASCII.
  static constexpr std::uint64_t equal_bytes(std::uint64_t bytes, char wanted) {
    const std::uint64_t other = (bytes ^ (kEach * static_cast<unsigned char>(wanted))) + kEach * 0x7F;
    return ((~other & kTops) >> 7) * 0xFF;
  }

  bool fit_ = false;
  std::uint64_t pairs_ = 0;
};

constexpr std::size_t kWithoutMillis = 25;
constexpr std::size_t kWithMillis = 29;
/// Near the ends of the calendar parse_rfc3339() looks closer.
constexpr unsigned kFirstPlainYear = 2;
constexpr unsigned kLastPlainYear = 9998;

}  // namespace

std::optional<TimePoint> read_time(std::string_view text) {
  const bool has_millis = text.size() == kWithMillis;
  if (text.size() != kWithoutMillis && !has_millis) return parse_rfc3339(text);
  const char* const p = text.data();
  const char sign = p[text.size() - 6];
  const Eight year_month(p, "0000-00-");
  const Eight day_clock(p + 8, "00T00:00");
  const Eight second = has_millis ? Eight(p + 16, ":00.000?") : Eight(p + 16, ":00?00:0");
  const Eight zone(p + text.size() - 8, "00?00:00");
  const unsigned year = year_month.pair(0) * 100 + year_month.pair(2);
  const unsigned east_hours = zone.pair(3);
  const unsigned east_minutes = zone.pair(6);
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                         std::chrono::month{year_month.pair(5)}, std::chrono::day{day_clock.pair(0)}};
  const unsigned hours = day_clock.pair(3);
  const unsigned minutes = day_clock.pair(6);
  const unsigned seconds = second.pair(1);
  if (!year_month.fit() || !day_clock.fit() || !second.fit() || !zone.fit() || (sign != '+' && sign != '-') ||
      !date.ok() || hours > 23 || minutes > 59 || seconds > 59 || east_hours > 23 || east_minutes > 59 ||
      year < kFirstPlainYear || year > kLastPlainYear) {
    return parse_rfc3339(text);
  }
  const unsigned millis = has_millis ? second.pair(4) * 10 + static_cast<unsigned>(p[22] - '0') : 0;
  const Duration clock{((hours * 60 + minutes) * 60 + seconds) * 1000 + millis};
  const std::chrono::minutes east{east_hours * 60 + east_minutes};
  const TimePoint local = std::chrono::sys_days{date} + clock;
  return sign == '+' ? local - east : local + east;
}

}  // namespace kentongan::codec
