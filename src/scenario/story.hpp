// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/event_json.hpp"
#include "scenario/label.hpp"
#include "scenario/setting.hpp"
#include "scenario/texts.hpp"

namespace kentongan::scenario {

class Teller;

/// What a kind of story needs from its place and time.
enum class Need : std::uint8_t { nothing, debate_day, stations, site, silence };

/// One kind of story.
struct Kind {
  std::string_view name;
  int first_day, last_day;  ///< of its beginning, counted from voting day
  int from_hour, to_hour;   ///< of its beginning
  std::size_t areas;        ///< the first and neighbours of it; fewer where it has fewer
  bool must_alert;
  std::vector<std::string_view> rules;  ///< of the rule pack in rules/; see Label::rules
  void (*tell)(Teller&);
  Need need = Need::nothing;
};

/// All kinds, each once, in a fixed order that is part of what a seed means.
[[nodiscard]] std::span<const Kind> kinds();

/// A story that has its place and time, and is not told yet.
struct Plot {
  TimePoint start;
  const Kind* kind = nullptr;
  PlaceId city;
  std::uint32_t number = 1;  ///< of its kind in its city
  int day = 0;               ///< of `start`, from voting day
  std::vector<PlaceId> areas;
};

/// A line of a story, without LF.
struct Told {
  TimePoint time, arrival;
  PlaceId city;
  EventType type = EventType::report;
  std::string line;
  bool again = false;   ///< the same bytes as a line before
  bool broken = false;  ///< the codec refuses it
};

struct Story {
  Label label;
  std::vector<Told> lines;
};

[[nodiscard]] Story tell(const Setting& setting, const Plot& plot);

/// In the hands of a kind while it tells: makes events, and keeps the label. Ids come by themselves.
class Teller {
 public:
  Teller(const Setting& setting, const Plot& plot, Story& story);

  const Setting& setting;
  const Plot& plot;
  Random random;

  [[nodiscard]] PlaceId area(std::size_t n = 0) const { return plot.areas[n < plot.areas.size() ? n : 0]; }
  [[nodiscard]] PlaceId district() const { return setting.reference.place(area()).parent; }
  [[nodiscard]] const std::string& code(PlaceId place) const { return setting.reference.place(place).code; }
  /// The n-th witness of an area in this story: different numbers are different people.
  [[nodiscard]] Voice witness(PlaceId area, std::uint32_t n) const;
  [[nodiscard]] Duration minutes(std::int64_t low, std::int64_t high) {
    return Duration(random.between(low * 60'000, high * 60'000));
  }
  [[nodiscard]] TimePoint at(int day, int hour, int minute = 0) const {
    return setting.timetable.at(day, std::chrono::hours(hour) + std::chrono::minutes(minute));
  }
  /// The story's own name with something behind it: ids of campaigns and consignments.
  [[nodiscard]] std::string named(std::string_view suffix) const;

  using Change = std::function<void(Report&)>;
  /// Returns the id. Severity 0: none. The source is usable (B or C) and the content probable.
  std::string report(TimePoint time, PlaceId area, std::string_view category, std::uint8_t severity, const Voice& who,
                     const Change& change = {});
  /// The police say that it was not so.
  void refute(TimePoint time, PlaceId area, const std::string& id);
  void campaign(TimePoint time, const Campaign& campaign) { send(time, "polres", campaign); }
  void consignment(TimePoint time, const Consignment& consignment) { send(time, "kpu", consignment); }
  void readiness(TimePoint time, const Readiness& readiness, std::string_view office = "kpu") {
    send(time, office, readiness);
  }
  /// The last line comes again.
  void repeat(TimePoint arrival);

  void expect_by(TimePoint time) { expected_by_ = time; }
  void take_back_by(TimePoint time) { story_.label.taken_back_by = time; }
  void key(std::string key) { story_.label.keys.push_back(std::move(key)); }
  /// The symptom is later than the first event, or there is none.
  void symptom_at(TimePoint time) { story_.label.from = time; }
  [[nodiscard]] bool silent_so_far() const { return story_.lines.empty(); }

 private:
  std::string send(TimePoint time, std::string_view office, decltype(Event::data) data);

  Story& story_;
  std::optional<TimePoint> expected_by_;
  friend Story tell(const Setting& setting, const Plot& plot);
};

}  // namespace kentongan::scenario
