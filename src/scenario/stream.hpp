// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <queue>
#include <string>
#include <vector>

#include "scenario/calm.hpp"
#include "scenario/plan.hpp"

namespace kentongan::scenario {

/// What a stream has written. `duplicates` and `late` are what a replay of it counts as such, and `malformed`
/// what it puts into the dead letters.
struct Counts {
  std::uint64_t lines = 0;
  std::uint64_t reports = 0, campaigns = 0, consignments = 0, readiness = 0;  ///< malformed ones left out
  std::uint64_t duplicates = 0, late = 0, corrections = 0, refutations = 0, malformed = 0;
  std::uint64_t stories = 0;
};

/// The scenario as lines in the order of their arrival. Memory is bounded whatever number of events is wanted:
/// what is on its way holds at most kMostPending places, and a line that finds none is not delayed or sent twice.
/// The same setting gives the same bytes. Not thread-safe; the setting must outlive it.
class Stream {
 public:
  static constexpr std::size_t kMostPending = std::size_t{1} << 18;

  explicit Stream(const Setting& setting);

  /// Appends at least one line with its LF; false at the end, when nothing was appended.
  [[nodiscard]] bool next(std::string& out);
  /// Labels of the stories that have begun since the last call, in the order of their beginnings.
  [[nodiscard]] std::vector<Label> take_labels();
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

 private:
  /// A wave that goes on, with its next event.
  struct Running {
    std::size_t wave = 0;
    std::uint64_t k = 0;
    TimePoint time;
  };
  /// An event of calm life that comes later than it happened, or once more.
  struct Pending {
    TimePoint arrival, time;
    std::uint64_t order = 0;
    std::size_t wave = 0;
    std::uint64_t k = 0;
    Form form = Form::itself;
    bool again = false;
    bool operator>(const Pending& other) const {
      return arrival != other.arrival ? arrival > other.arrival : order > other.order;
    }
  };
  struct PendingStory {
    Told told;
    std::uint64_t order = 0;
    bool operator>(const PendingStory& other) const {
      return told.arrival != other.told.arrival ? told.arrival > other.told.arrival : order > other.order;
    }
  };
  template <class Item>
  using Agenda = std::priority_queue<Item, std::vector<Item>, std::greater<>>;

  void start_waves(TimePoint now);
  void begin_stories(TimePoint now);
  void send(Told told, Random& noise);
  [[nodiscard]] std::vector<Running>::iterator earliest();
  void happen(Running& running, std::string& out);
  void follow(const Running& item, TimePoint arrival, Random& noise);
  void pend(Pending pending);
  void emit(const Pending& item, std::string& out);
  void emit(const Told& told, std::string& out);
  void count(EventType type, PlaceId city, TimePoint time, bool again);

  const Setting& setting_;
  std::vector<Plot> plots_;
  Calm calm_;
  std::size_t next_plot_ = 0, next_wave_ = 0;
  std::vector<Running> running_;
  Agenda<Pending> pending_;
  Agenda<PendingStory> telling_;
  std::uint64_t order_ = 0;
  std::vector<TimePoint> clocks_;  ///< of each place that is a city: its greatest time so far
  std::vector<Label> labels_;
  Counts counts_;
};

}  // namespace kentongan::scenario
