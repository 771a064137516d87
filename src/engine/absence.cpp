// SPDX-License-Identifier: Apache-2.0
#include "engine/absence.hpp"

#include <algorithm>

namespace kentongan::engine {

std::vector<std::size_t> unanswered(std::span<const AbsenceEvent> events) {
  std::vector<std::size_t> open;
  std::size_t end = events.size();
  while (end > 0) {
    // Events of one moment answer each other, but none answers itself.
    std::size_t begin = end;
    std::size_t answers = 0;
    while (begin > 0 && events[begin - 1].time == events[end - 1].time) answers += events[--begin].answers ? 1 : 0;
    for (std::size_t i = end; i-- > begin;) {
      if (events[i].asks && answers == (events[i].answers ? 1U : 0U)) open.push_back(i);
    }
    if (answers > 0) break;
    end = begin;
  }
  std::reverse(open.begin(), open.end());
  return open;
}

TimePoint last_overdue(std::span<const AbsenceEvent> events, Duration within, TimePoint now) {
  TimePoint last = TimePoint::min();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const AbsenceEvent& ask = events[i];
    const TimePoint begins = std::max(ask.time + within, ask.seen);
    if (!ask.asks || begins > now) continue;
    TimePoint ends = now;
    bool ever = true;
    for (std::size_t j = 0; j < events.size() && ever; ++j) {
      const AbsenceEvent& answer = events[j];
      if (j == i || !answer.answers || answer.time < ask.time) continue;
      if (answer.arrival < ask.arrival || answer.seen < begins) {
        ever = false;
      } else {
        ends = std::min(ends, answer.seen);
      }
    }
    if (ever) last = std::max(last, ends);
  }
  return last;
}

}  // namespace kentongan::engine
