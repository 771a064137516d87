// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenario/setting.hpp"

namespace kentongan::scenario {

/// What calm life consists of.
enum class Deed : std::uint8_t {
  everyday,  ///< reports of anybody, by hour of the day and day of the week
  evening,   ///< each lurah, each day: what the day was like; on voting day in the morning too
  entry,     ///< campaign entries, five in each city and on each campaign day, told of a fortnight before
  cards,     ///< each kelurahan once: eligible voters without a card
  station,   ///< each polling station twice: what is ready
  box,       ///< a step of each kelurahan's ballot boxes
};

/// So many like events, spread evenly over a span and each a little moved.
struct Wave {
  Deed deed = Deed::everyday;
  int param = 0;  ///< hour since the first day; day; step of the chain
  TimePoint start;
  Duration span{0};
  std::uint64_t count = 0;
};

/// As what an event of calm life comes.
enum class Form : std::uint8_t { itself, correction, refutation, malformed };

/// Calm life: a function of the seed, without state, so that a line can be made again when it is needed. Lines
/// of malformed form are refused by the codec, all others are good. Safe to share between threads.
class Calm {
 public:
  /// `lines`: of everyday reports. Both must outlive it.
  Calm(const Setting& setting, std::vector<Silence> silences, std::uint64_t lines);

  /// In the order of their starts.
  [[nodiscard]] const std::vector<Wave>& waves() const noexcept { return waves_; }
  /// Number of lines that do not depend on how many are wanted.
  [[nodiscard]] static std::uint64_t routine_lines(const Setting& setting);
  /// Of the k-th event of a wave; rises with k.
  [[nodiscard]] TimePoint time_of(const Wave& wave, std::uint64_t k) const;

  struct Written {
    PlaceId city;
    EventType type = EventType::report;
    bool report = false;  ///< may be corrected, refuted and malformed
  };
  /// Appends the event, without LF; none where a kelurahan is silent. `time` of a correction or refutation is
  /// when it is made.
  [[nodiscard]] std::optional<Written> write(const Wave& wave, std::uint64_t k, Form form, TimePoint time,
                                             std::string& out) const;

 private:
  [[nodiscard]] bool silent(PlaceId area, TimePoint time) const;
  [[nodiscard]] std::optional<Written> everyday(const Wave& wave, std::uint64_t k, Form form, TimePoint time,
                                                std::string& out) const;
  [[nodiscard]] std::optional<Written> evening(const Wave& wave, std::uint64_t k, Form form, TimePoint time,
                                               std::string& out) const;
  [[nodiscard]] Written entry(const Wave& wave, std::uint64_t k, TimePoint time, std::string& out) const;
  [[nodiscard]] Written cards(std::uint64_t k, TimePoint time, std::string& out) const;
  [[nodiscard]] Written station(const Wave& wave, std::uint64_t k, TimePoint time, std::string& out) const;
  [[nodiscard]] Written box(const Wave& wave, std::uint64_t k, TimePoint time, std::string& out) const;
  void write_report(Report& report, const std::string& id, Form form, TimePoint time, std::string& out) const;

  const Setting& setting_;
  std::vector<Silence> silences_;
  std::uint32_t symptoms_;  ///< of a million everyday reports
  std::vector<Wave> waves_;
};

/// Breaks a good line of a report so that the codec refuses it; `out` begins at `from`.
void break_line(std::string& out, std::size_t from, Random& random);

}  // namespace kentongan::scenario
