// SPDX-License-Identifier: Apache-2.0
#include "scenario/stream.hpp"

#include <algorithm>

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t kLinesAnArea = 350;
constexpr std::uint64_t kLinesAStory = 6;
/// More than so far behind its city's clock a replay counts an event as late.
constexpr Duration kLateness = hours(24);

/// n * times / of, without overflow for any n that a stream could have.
std::uint64_t scaled(std::uint64_t n, std::uint64_t times, std::uint64_t of) {
  return n / of * times + n % of * times / of;
}

/// Everyday reports, so that all lines together are about as many as wanted.
std::uint64_t everyday_lines(const Setting& setting, std::size_t stories) {
  const std::uint64_t wanted = setting.options.events.value_or(kLinesAnArea * setting.areas.size());
  const std::uint64_t others = Calm::routine_lines(setting) + stories * kLinesAStory;
  const Noise& noise = setting.options.noise;
  const std::uint64_t more = std::uint64_t{noise.duplicates} + noise.corrections + noise.refutations + noise.malformed;
  return wanted <= others ? 0 : scaled(wanted - others, 1'000'000, 1'000'000 + more);
}

Duration between(Random& random, Duration low, Duration high) {
  return Duration(random.between(low.count(), high.count()));
}

}  // namespace

Stream::Stream(const Setting& setting)
    : setting_(setting),
      plots_(plan_stories(setting)),
      calm_(setting, silences_of(plots_), everyday_lines(setting, plots_.size())),
      clocks_(setting.reference.places.size()) {}

std::vector<Label> Stream::take_labels() { return std::exchange(labels_, {}); }

void Stream::start_waves(TimePoint now) {
  for (; next_wave_ < calm_.waves().size() && calm_.waves()[next_wave_].start <= now; ++next_wave_) {
    const Wave& wave = calm_.waves()[next_wave_];
    if (wave.count > 0) running_.push_back({next_wave_, 0, calm_.time_of(wave, 0)});
  }
}

void Stream::begin_stories(TimePoint now) {
  for (; next_plot_ < plots_.size() && plots_[next_plot_].start <= now; ++next_plot_) {
    Story story = tell(setting_, plots_[next_plot_]);
    Random noise = setting_.random({Random::key("telling"), Random::key(story.label.story)});
    for (Told& told : story.lines) send(std::move(told), noise);
    labels_.push_back(std::move(story.label));
    ++counts_.stories;
  }
}

/// Lines of a story are not late, since their labels say when they are known; all else can happen to them too.
void Stream::send(Told told, Random& noise) {
  const Noise& rates = setting_.options.noise;
  if (told.type == EventType::report && !told.again && noise.chance(rates.malformed)) {
    Told broken = told;
    broken.broken = true;
    break_line(broken.line, 0, noise);
    telling_.push({std::move(broken), order_++});
  }
  if (noise.chance(rates.duplicates)) {
    Told again = told;
    again.again = true;
    again.arrival += between(noise, seconds(1), minutes(10));
    telling_.push({std::move(again), order_++});
  }
  telling_.push({std::move(told), order_++});
}

std::vector<Stream::Running>::iterator Stream::earliest() {
  return std::min_element(running_.begin(), running_.end(), [](const Running& a, const Running& b) {
    return a.time != b.time ? a.time < b.time : a.wave < b.wave;
  });
}

bool Stream::next(std::string& out) {
  const std::size_t before = out.size();
  while (out.size() == before) {
    constexpr TimePoint kNever = TimePoint::max();
    auto wave = earliest();
    TimePoint now = wave == running_.end() ? kNever : wave->time;
    if (!pending_.empty()) now = std::min(now, pending_.top().arrival);
    if (!telling_.empty()) now = std::min(now, telling_.top().told.arrival);
    const TimePoint next_wave = next_wave_ < calm_.waves().size() ? calm_.waves()[next_wave_].start : kNever;
    const TimePoint next_plot = next_plot_ < plots_.size() ? plots_[next_plot_].start : kNever;
    if (std::min(next_wave, next_plot) <= now && std::min(next_wave, next_plot) != kNever) {
      start_waves(next_wave <= next_plot ? next_wave : TimePoint::min());
      begin_stories(next_plot <= next_wave ? next_plot : TimePoint::min());
    } else if (now == kNever) {
      return false;
    } else if (!telling_.empty() && telling_.top().told.arrival == now) {
      emit(telling_.top().told, out);
      telling_.pop();
    } else if (!pending_.empty() && pending_.top().arrival == now) {
      const Pending item = pending_.top();
      pending_.pop();
      emit(item, out);
    } else {
      happen(*wave, out);
      const Wave& what = calm_.waves()[wave->wave];
      if (++wave->k == what.count) {
        running_.erase(wave);
      } else {
        wave->time = calm_.time_of(what, wave->k);
      }
    }
  }
  return true;
}

/// An event of calm life takes place: it comes at once, or later.
void Stream::happen(Running& running, std::string& out) {
  const Noise& rates = setting_.options.noise;
  const Wave& wave = calm_.waves()[running.wave];
  Random noise = setting_.random({Random::key("noise"), static_cast<std::uint64_t>(wave.deed),
                                  static_cast<std::uint64_t>(wave.param + 1000), running.k});
  const Pending itself{running.time, running.time, 0, running.wave, running.k, Form::itself, false};
  const bool report = wave.deed == Deed::everyday || wave.deed == Deed::evening;
  if (report && noise.chance(rates.malformed)) {
    Pending broken = itself;
    broken.form = Form::malformed;
    emit(broken, out);
  }
  TimePoint arrival = running.time;
  if (wave.deed == Deed::everyday && noise.chance(rates.late)) {
    arrival += between(noise, hours(1), hours(40));
  } else if (report && noise.chance(rates.delayed)) {
    arrival += between(noise, seconds(20), minutes(30));
  }
  if (pending_.size() >= kMostPending) arrival = running.time;
  if (arrival == running.time) {
    emit(itself, out);
  } else {
    Pending later = itself;
    later.arrival = arrival;
    pend(later);
  }
  follow(running, arrival, noise);
}

/// What comes because of an event: the same again, or word that it was not so.
void Stream::follow(const Running& item, TimePoint arrival, Random& noise) {
  const Noise& rates = setting_.options.noise;
  if (noise.chance(rates.duplicates)) {
    pend({arrival + between(noise, seconds(1), minutes(10)), item.time, 0, item.wave, item.k, Form::itself, true});
  }
  if (calm_.waves()[item.wave].deed != Deed::everyday) return;
  const bool corrected = noise.chance(rates.corrections);
  if (corrected || noise.chance(rates.refutations)) {
    const TimePoint then = arrival + between(noise, minutes(20), hours(10));
    pend({then, then, 0, item.wave, item.k, corrected ? Form::correction : Form::refutation, false});
  }
}

void Stream::pend(Pending pending) {
  if (pending_.size() >= kMostPending) return;
  pending.order = order_++;
  pending_.push(pending);
}

void Stream::count(EventType type, PlaceId city, TimePoint time, bool again) {
  ++counts_.lines;
  std::uint64_t* const by_type[] = {&counts_.reports, &counts_.campaigns, &counts_.consignments, &counts_.readiness};
  ++*by_type[static_cast<std::size_t>(type)];
  TimePoint& clock = clocks_[city.value()];
  if (again) {
    ++counts_.duplicates;
  } else {
    if (time < clock - kLateness) ++counts_.late;
    clock = std::max(clock, time);
  }
}

void Stream::emit(const Pending& item, std::string& out) {
  const auto written = calm_.write(calm_.waves()[item.wave], item.k, item.form, item.time, out);
  if (!written) return;
  out += '\n';
  if (item.form == Form::malformed) {
    ++counts_.lines;
    ++counts_.malformed;
    return;
  }
  if (item.form == Form::correction) ++counts_.corrections;
  if (item.form == Form::refutation) ++counts_.refutations;
  count(written->type, written->city, item.time, item.again);
}

void Stream::emit(const Told& told, std::string& out) {
  out += told.line;
  out += '\n';
  if (told.broken) {
    ++counts_.lines;
    ++counts_.malformed;
    return;
  }
  count(told.type, told.city, told.time, told.again);
}

}  // namespace kentongan::scenario
