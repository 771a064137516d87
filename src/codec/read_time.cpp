// SPDX-License-Identifier: Apache-2.0
#include "codec/read_time.hpp"

namespace kentongan::codec {

namespace {

/// Numbers at fixed places; anything but a digit makes the whole text unfit.
class Digits {
 public:
  explicit Digits(const char* text) : text_(text) {}
  template <std::size_t At, std::size_t Count>
  unsigned take() {
    unsigned value = 0;
    for (std::size_t i = At; i < At + Count; ++i) {
      const auto digit = static_cast<unsigned>(static_cast<unsigned char>(text_[i])) - unsigned{'0'};
      fit_ = fit_ && digit < 10;
      value = value * 10 + digit;
    }
    return value;
  }
  [[nodiscard]] bool fit() const { return fit_; }

 private:
  const char* text_;
  bool fit_ = true;
};

constexpr std::size_t kWithoutMillis = 25;
/// Near the ends of the calendar parse_rfc3339() looks closer.
constexpr std::chrono::year kFirstPlainYear{2};
constexpr std::chrono::year kLastPlainYear{9998};
constexpr std::size_t kWithMillis = 29;

}  // namespace

std::optional<TimePoint> read_time(std::string_view text) {
  if (text.size() != kWithoutMillis && text.size() != kWithMillis) return parse_rfc3339(text);
  const char* const p = text.data();
  const bool has_millis = text.size() == kWithMillis;
  const char* const zone = p + text.size() - 6;
  if (p[4] != '-' || p[7] != '-' || p[10] != 'T' || p[13] != ':' || p[16] != ':' || (has_millis && p[19] != '.') ||
      (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') {
    return parse_rfc3339(text);
  }
  Digits digits(p);
  Digits offset(zone);
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(digits.take<0, 4>())},
                                         std::chrono::month{digits.take<5, 2>()},
                                         std::chrono::day{digits.take<8, 2>()}};
  const unsigned hours = digits.take<11, 2>();
  const unsigned minutes = digits.take<14, 2>();
  const unsigned seconds = digits.take<17, 2>();
  const unsigned millis = has_millis ? digits.take<20, 3>() : 0;
  const unsigned east_hours = offset.take<1, 2>();
  const unsigned east_minutes = offset.take<4, 2>();
  if (!digits.fit() || !offset.fit() || !date.ok() || hours > 23 || minutes > 59 || seconds > 59 || east_hours > 23 ||
      east_minutes > 59 || date.year() < kFirstPlainYear || date.year() > kLastPlainYear) {
    return parse_rfc3339(text);
  }
  const Duration clock{((hours * 60 + minutes) * 60 + seconds) * 1000 + millis};
  const std::chrono::minutes east{east_hours * 60 + east_minutes};
  const TimePoint local = std::chrono::sys_days{date} + clock;
  return zone[0] == '+' ? local - east : local + east;
}

}  // namespace kentongan::codec
