// SPDX-License-Identifier: Apache-2.0
#include "app/demo/frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/demo/frame_words.hpp"

namespace kentongan::app::demo {
namespace {

constexpr std::string_view kReset = "\033[0m";
constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kFaint = "\033[2m";
constexpr std::array<std::string_view, kLevels> kColours{"\033[2m", "\033[33m", "\033[38;5;208m", "\033[1;97;41m"};

/// Puts a frame together, line by line.
class Drawing {
 public:
  Drawing(const CityView& city, const Telling& telling, const Reference& reference, const FrameStyle& style)
      : city_(city), telling_(telling), reference_(reference), style_(style) {}

  std::vector<std::string> draw() {
    head();
    rule(say(" Kelurahan ", " Kelurahan "));
    for (const DistrictView& district : city_.districts) columns_ = std::max(columns_, marks_of(district));
    for (const DistrictView& district : city_.districts) districts(district);
    legend();
    rule(say(" Peringatan terbaru ", " Latest alerts "));
    alerts();
    const std::string end = telling_.ended ? say("Ceritanya selesai; layanan tetap jalan sampai Ctrl-C.",
                                                 "The story has ended; the service goes on until Ctrl-C.")
                                           : say("Ctrl-C mengakhiri.", "Ctrl-C ends.");
    while (lines_.size() + 1 < style_.height) add("");
    lines_.resize(std::min(lines_.size(), style_.height - 1));
    add(painted(kFaint, fmt::format(" {}/v1/alerts   {}", telling_.url, end)));
    return std::move(lines_);
  }

 private:
  [[nodiscard]] std::string say(std::string_view indonesian, std::string_view english) const {
    return std::string(style_.indonesian ? indonesian : english);
  }
  [[nodiscard]] std::string number(std::uint64_t value) const { return number_text(value, style_.indonesian); }
  [[nodiscard]] std::string painted(std::string_view colour, std::string_view text) const {
    const std::string cut = shortened(text, style_.width);
    return style_.colour ? fmt::format("{}{}{}", colour, cut, kReset) : cut;
  }
  [[nodiscard]] std::string mark(Level level) const {
    constexpr std::array<std::string_view, kLevels> kPlain{".", "o", "O", "#"};
    constexpr std::array<std::string_view, kLevels> kShapes{"·", "▂", "▅", "█"};
    const auto at = static_cast<std::size_t>(level);
    const std::string_view shape = style_.unicode ? kShapes[at] : kPlain[at];
    // A whole block shows its colour by itself.
    const std::string_view colour = level == Level::awas ? "\033[31m" : kColours[at];
    return style_.colour ? fmt::format("{}{}{}", colour, shape, kReset) : std::string(shape);
  }
  void add(std::string line) { lines_.push_back(std::move(line)); }

  void rule(std::string_view title) {
    const std::string_view dash = style_.unicode ? "─" : "-";
    std::string line;
    for (int i = 0; i < 2; ++i) line += dash;
    line += title;
    for (std::size_t used = title.size() + 2; used < style_.width; ++used) line += dash;
    add(painted(kFaint, line));
  }

  void head() {
    add(painted(kBold, fitted(fmt::format(" KENTONGAN {}  {}", say("peragaan", "demo"),
                                          say("Kota Malang 2024, kampanye karangan",
                                              "Kota Malang 2024, an invented campaign")) +
                                  fmt::format(" (seed {})", telling_.seed),
                              style_.width)));
    add(shortened(fmt::format(" {}   {}   {}", moment_text(telling_.clock, zone_of(reference_), style_.indonesian),
                              stage_text(telling_.clock, reference_, style_.indonesian), telling_.speed),
                  style_.width));
    const auto of = [&](Verdict verdict) { return number(city_.verdicts[static_cast<std::size_t>(verdict)]); };
    add(shortened(style_.indonesian
                      ? fmt::format(" {} kejadian, {}/dtk   diterapkan {}, ganda {}, terlambat {}, ditolak {}",
                                    number(telling_.sent), number(telling_.rate), of(Verdict::applied),
                                    of(Verdict::duplicate), of(Verdict::late), number(telling_.refused))
                      : fmt::format(" {} events, {}/s   applied {}, duplicate {}, late {}, refused {}",
                                    number(telling_.sent), number(telling_.rate), of(Verdict::applied),
                                    of(Verdict::duplicate), of(Verdict::late), number(telling_.refused)),
                  style_.width));
    const std::size_t firing = city_.alerts_in("firing");
    const std::size_t answered = city_.alerts_in("acknowledged");
    add(shortened(
        fmt::format(fmt::runtime(style_.indonesian ? " peringatan: {} belum dijawab, {} ditangani, {} berakhir"
                                                   : " alerts: {} unanswered, {} answered, {} ended"),
                    firing, answered, city_.alerts.size() - firing - answered),
        style_.width));
  }

  /// How many kelurahan of a row have a mark.
  [[nodiscard]] std::size_t marks_of(const DistrictView& district) const {
    return std::min(district.areas.size(), style_.width > 60 ? (style_.width - 40) / 2 : std::size_t{8});
  }

  void districts(const DistrictView& district) {
    constexpr std::size_t kName = 15;
    std::string line = " " + fitted(district.name, kName);
    const std::size_t shown = marks_of(district);
    for (std::size_t i = 0; i < shown; ++i) line += mark(district.areas[i].level) + " ";
    std::vector<const AreaView*> high;
    for (const AreaView& area : district.areas) {
      if (area.level != Level::aman) high.push_back(&area);
    }
    std::stable_sort(high.begin(), high.end(), [](const AreaView* a, const AreaView* b) {
      return std::pair(a->level, a->score) > std::pair(b->level, b->score);
    });
    std::string names;
    for (const AreaView* area : high) {
      names += fmt::format("{}{} {:.0f}", names.empty() ? "" : ", ", area->name, area->score);
    }
    const std::size_t used = 1 + kName + 2 * columns_ + 1;
    line += std::string(2 * (columns_ - shown) + 1, ' ');
    if (used < style_.width) {
      const std::string cut = shortened(names, style_.width - used);
      line += style_.colour && !high.empty()
                  ? fmt::format("{}{}{}", kColours[static_cast<std::size_t>(high.front()->level)], cut, kReset)
                  : cut;
    }
    add(std::move(line));
  }

  void legend() {
    std::string line = " ";
    for (const Level level : {Level::aman, Level::waspada, Level::siaga, Level::awas}) {
      line += fmt::format("{} {}  ", mark(level), name_of(level));
    }
    if (style_.width >= 60) line += say("angka: skor risiko", "numbers: risk score");
    add(std::move(line));
  }

  void alerts() {
    const std::size_t last = style_.height - 1;
    for (const AlertView& alert : city_.alerts) {
      if (lines_.size() + 3 > last) break;
      one_alert(alert);
    }
    if (city_.alerts.empty()) add(say(" Belum ada.", " None yet."));
  }

  void one_alert(const AlertView& alert) {
    constexpr std::size_t kBefore = 22;
    const std::string level = fitted(name_of(alert.level), 8);
    const std::string when = moment_text(alert.since, zone_of(reference_), style_.indonesian);
    std::string line = " " + when.substr(when.find(' ') + 1, 6) + " " + when.substr(when.size() - 5) + " ";
    line +=
        style_.colour ? fmt::format("{}{}{}", kColours[static_cast<std::size_t>(alert.level)], level, kReset) : level;
    const std::size_t room = style_.width > kBefore + 10 ? style_.width - kBefore - 1 : 10;
    const auto message = wrapped(text_in(alert.message, style_.indonesian), room, 2);
    add(line + " " + (message.empty() ? shortened(alert.rule, room) : message.front()));
    const std::string indent(kBefore + 1, ' ');
    if (message.size() > 1) add(indent + message[1]);
    std::string to;
    for (const std::string& role : alert.to) to += (to.empty() ? "" : ", ") + role;
    const std::string state = state_text(alert, style_.indonesian);
    add(painted(
        kFaint,
        indent + shortened(fmt::format("{}: {}", say("sebab", "why"), why_text(alert, style_.indonesian)), room)));
    if (lines_.size() + 1 >= style_.height) return;
    add(painted(kFaint, indent + shortened(fmt::format("{} -> {}", state, to.empty() ? "-" : to), room)));
  }

  const CityView& city_;
  const Telling& telling_;
  const Reference& reference_;
  const FrameStyle& style_;
  std::vector<std::string> lines_;
  std::size_t columns_ = 0;  ///< of marks, the same in all rows
};

}  // namespace

std::vector<std::string> frame_of(const CityView& city, const Telling& telling, const Reference& reference,
                                  const FrameStyle& style) {
  return Drawing(city, telling, reference, style).draw();
}

std::string plain_line(const AlertView& alert, const Reference& reference, bool indonesian) {
  return fmt::format("{}  {:<8} {}: {} ({})", moment_text(alert.since, zone_of(reference), indonesian),
                     name_of(alert.level), place_text(alert.area, reference), text_in(alert.message, indonesian),
                     why_text(alert, indonesian));
}

std::string plain_state(const CityView& city, const Telling& telling, const Reference& reference, bool indonesian) {
  std::array<std::size_t, kLevels> levels{};
  for (const DistrictView& district : city.districts) {
    for (const AreaView& area : district.areas) ++levels[static_cast<std::size_t>(area.level)];
  }
  return fmt::format(
      "{}  {}; {} {}; kelurahan: {} waspada, {} siaga, {} awas; {}: {}",
      moment_text(telling.clock, zone_of(reference), indonesian), stage_text(telling.clock, reference, indonesian),
      number_text(telling.sent, indonesian), indonesian ? "kejadian" : "events", levels[1], levels[2], levels[3],
      indonesian ? "peringatan terbuka" : "open alerts", city.alerts_in("firing") + city.alerts_in("acknowledged"));
}

}  // namespace kentongan::app::demo
