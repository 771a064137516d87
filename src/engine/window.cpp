// SPDX-License-Identifier: Apache-2.0
#include "engine/window.hpp"

#include <algorithm>
#include <utility>

#include <boost/container/small_vector.hpp>

namespace kentongan::engine {
namespace {

std::int64_t measure(const WindowSize& size, const WindowSpec& spec) {
  return spec.distinct ? size.distinct : size.count;
}

bool larger(const WindowSize& a, const WindowSize& b, const WindowSpec& spec) {
  if (measure(a, spec) != measure(b, spec)) return measure(a, spec) > measure(b, spec);
  return spec.distinct ? a.count > b.count : a.distinct > b.distinct;
}

/// Up to so many different values are looked through one by one.
constexpr std::int64_t kFew = 32;

/// A multiset of values that knows how many different ones it holds.
class ValueCounts {
 public:
  void add(Interner::Id value) { ++counts_[value]; }
  void drop(Interner::Id value) {
    const auto found = counts_.find(value);
    if (--found->second == 0) counts_.erase(found);
  }
  [[nodiscard]] std::int64_t distinct() const { return static_cast<std::int64_t>(counts_.size()); }

 private:
  boost::unordered_flat_map<Interner::Id, std::uint32_t> counts_;
};

/// The same, where no more than a few different values are held at a time.
class FewValues {
 public:
  void add(Interner::Id value) {
    for (auto& [known, count] : counts_) {
      if (known == value) {
        ++count;
        return;
      }
    }
    counts_.emplace_back(value, 1);
  }
  void drop(Interner::Id value) {
    const auto found =
        std::find_if(counts_.begin(), counts_.end(), [&](const auto& one) { return one.first == value; });
    if (--found->second > 0) return;
    *found = counts_.back();
    counts_.pop_back();
  }
  [[nodiscard]] std::int64_t distinct() const { return static_cast<std::int64_t>(counts_.size()); }

 private:
  boost::container::small_vector<std::pair<Interner::Id, std::uint32_t>, 16> counts_;
};

/// Of many different values all of the running window are counted, of a few only the last ones are known.
bool asks_for_few(const WindowSpec& spec) { return spec.at_least <= kFew; }

bool counts_values(const WindowSpec& spec) { return spec.distinct && spec.within.count() != 0; }

}  // namespace

void Window::Running::count_out(Interner::Id value) {
  const auto found = values.find(value);
  if (--found->second == 0) values.erase(found);
}

Window::Inserted Window::insert(const Entry& entry, const WindowSpec& spec, const Records& records) {
  const auto before = [&](const Entry& a, const Entry& b) {
    return a.time != b.time ? a.time < b.time : records.before(a.record, b.record);
  };
  if (empty() || before(entries_.back(), entry)) {
    entries_.push_back(entry);
    if (counts_values(spec)) note_newest(spec);
    return {entries_.size() - 1, newest_holds(spec)};
  }
  const auto place =
      std::lower_bound(entries_.begin() + static_cast<std::ptrdiff_t>(head_), entries_.end(), entry, before);
  const auto at = static_cast<std::size_t>(place - entries_.begin());
  entries_.insert(place, entry);
  if (counts_values(spec)) note_older(at, spec);
  const bool few = counts_values(spec) && asks_for_few(spec);
  const bool enough = !few || std::cmp_greater_equal(recent_.size(), spec.at_least);  // in the whole window
  return {at, enough && holds_around(at, spec)};
}

/// The newest entry is one more in what is known of the values.
void Window::note_newest(const WindowSpec& spec) {
  const Entry& newest = entries_.back();
  if (asks_for_few(spec)) return recent_.add(newest.value, newest.time, static_cast<std::size_t>(spec.at_least));
  if (!running_) running_ = std::make_unique<Running>(Running{head_, {}});
  running_->count_in(newest.value);
  for (; newest.time - entries_[running_->tail].time >= spec.within; ++running_->tail) {
    running_->count_out(entries_[running_->tail].value);
  }
}

/// An entry came before the newest one.
void Window::note_older(std::size_t at, const WindowSpec& spec) {
  const Entry& entry = entries_[at];
  if (asks_for_few(spec)) return recent_.add(entry.value, entry.time, static_cast<std::size_t>(spec.at_least));
  if (entries_.back().time - entry.time < spec.within) {
    running_->count_in(entry.value);
  } else {
    ++running_->tail;
  }
}

/// What is known of the values, from the entries alone.
void Window::note_all(const WindowSpec& spec) {
  recent_.clear();
  running_.reset();
  if (empty()) return;
  if (asks_for_few(spec)) {
    const auto most = static_cast<std::size_t>(spec.at_least);
    for (std::size_t i = entries_.size(); i-- > head_ && recent_.size() < most;) {
      recent_.add(entries_[i].value, entries_[i].time, most);
    }
    return;
  }
  running_ = std::make_unique<Running>(Running{entries_.size(), {}});
  while (running_->tail > head_ && entries_.back().time - entries_[running_->tail - 1].time < spec.within) {
    running_->count_in(entries_[--running_->tail].value);
  }
}

/// The oldest entry is gone; head_ is behind it.
void Window::note_evicted(const Entry& entry, const WindowSpec& spec) {
  if (!asks_for_few(spec)) {
    if (!running_ || head_ <= running_->tail) return;
    running_->count_out(entry.value);
    running_->tail = head_;
    return;
  }
  if (recent_.size() == 0 || recent_.oldest() > entry.time || !recent_.has(entry.value, entry.time)) return;
  // Its value may have come at the same moment once more.
  for (std::size_t i = head_; i < entries_.size() && entries_[i].time == entry.time; ++i) {
    if (entries_[i].value == entry.value) return;
  }
  note_all(spec);
}

bool Window::newest_holds(const WindowSpec& spec) const {
  if (spec.within.count() == 0) return spec.at_least <= 1;
  const auto needed = static_cast<std::size_t>(spec.at_least);
  const TimePoint newest = entries_.back().time;
  if (!spec.distinct) return size() >= needed && newest - entries_[entries_.size() - needed].time < spec.within;
  if (!asks_for_few(spec)) return running_->values.size() >= needed;
  return recent_.size() >= needed && newest - recent_.oldest() < spec.within;
}

/// Entries lie by time, and it is that of the record.
std::size_t Window::position(RecordId record, const Records& records) const {
  if (empty() || entries_.back().record == record) return entries_.size() - (empty() ? 0 : 1);
  const TimePoint time = records.at(record).time;
  const auto first = std::lower_bound(entries_.begin() + static_cast<std::ptrdiff_t>(head_), entries_.end(), time,
                                      [](const Entry& entry, TimePoint wanted) { return entry.time < wanted; });
  for (auto at = first; at != entries_.end() && at->time == time; ++at) {
    if (at->record == record) return static_cast<std::size_t>(at - entries_.begin());
  }
  return entries_.size();
}

void Window::set_held(RecordId record, const Records& records, TimePoint clock) {
  if (const std::size_t at = position(record, records); at < entries_.size()) entries_[at].held_at = clock;
}

const Window::Entry* Window::find(RecordId record, const Records& records) const {
  const std::size_t at = position(record, records);
  return at == entries_.size() ? nullptr : &entries_[at];
}

std::optional<Window::Entry> Window::remove(RecordId record, const WindowSpec& spec, const Records& records) {
  const std::size_t at = position(record, records);
  if (at == entries_.size()) return std::nullopt;
  const Entry entry = entries_[at];
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
  if (counts_values(spec)) note_all(spec);
  taken_out_ = true;
  return entry;
}

/// The first entry of the windows that contain this one.
std::size_t Window::first_around(std::size_t at, const WindowSpec& spec) const {
  const TimePoint time = entries_[at].time;
  const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(head_);
  const auto first = std::partition_point(begin, entries_.begin() + static_cast<std::ptrdiff_t>(at),
                                          [&](const Entry& entry) { return time - entry.time >= spec.within; });
  return static_cast<std::size_t>(first - entries_.begin());
}

std::int64_t Window::distinct_in(std::size_t first, std::size_t last) const {
  Interner::Id most = 0;
  for (std::size_t i = first; i < last; ++i) most = std::max(most, entries_[i].value);
  // Values are numbered from 1 on, and numbers are given again: mostly a bit for each is little.
  constexpr std::size_t kBits = 64;
  constexpr std::size_t kWordsEach = 8;
  const std::size_t words = most / kBits + 1;
  std::int64_t distinct = 0;
  if (words <= kWordsEach * (last - first)) {
    std::vector<std::uint64_t> seen(words);
    for (std::size_t i = first; i < last; ++i) {
      const std::uint64_t bit = std::uint64_t{1} << (entries_[i].value % kBits);
      std::uint64_t& word = seen[entries_[i].value / kBits];
      if ((word & bit) == 0) ++distinct;
      word |= bit;
    }
    return distinct;
  }
  ValueCounts values;
  for (std::size_t i = first; i < last; ++i) values.add(entries_[i].value);
  return values.distinct();
}

/// Every window that contains `at` begins with one of the entries less than `within` before it.
Window::Range Window::largest_around(std::size_t at, const WindowSpec& spec) const {
  std::size_t first = first_around(at, spec);
  if (at + 1 == entries_.size()) {
    // What begins later ends here too, and has less.
    const auto count = static_cast<std::int64_t>(at + 1 - first);
    return {first, at + 1, {count, spec.distinct ? distinct_in(first, at + 1) : count}};
  }
  ValueCounts values;
  Range best;
  std::size_t last = first;
  for (; first <= at; ++first) {
    while (last < entries_.size() && (last <= at || entries_[last].time - entries_[first].time < spec.within)) {
      if (spec.distinct) values.add(entries_[last].value);
      ++last;
    }
    const auto count = static_cast<std::int64_t>(last - first);
    const WindowSize size{count, spec.distinct ? values.distinct() : count};
    if (best.last == 0 || larger(size, best.size, spec)) best = {first, last, size};
    if (spec.distinct) values.drop(entries_[first].value);
  }
  return best;
}

/// largest_around() is large enough.
bool Window::holds_around(std::size_t at, const WindowSpec& spec) const {
  if (spec.within.count() == 0) return spec.at_least <= 1;
  if (spec.distinct) {
    return asks_for_few(spec) ? distinct_around<FewValues>(at, spec) : distinct_around<ValueCounts>(at, spec);
  }
  const auto needed = static_cast<std::size_t>(spec.at_least);
  for (std::size_t first = first_around(at, spec); first <= at && first + needed <= entries_.size(); ++first) {
    // The shortest one that begins here, contains the entry and has enough.
    const std::size_t last = std::max(at, first + needed - 1);
    if (entries_[last].time - entries_[first].time < spec.within) return true;
  }
  return false;
}

template <class Values>
bool Window::distinct_around(std::size_t at, const WindowSpec& spec) const {
  Values values;
  std::size_t first = first_around(at, spec);
  std::size_t last = first;
  for (; first <= at; ++first) {
    while (last < entries_.size() && (last <= at || entries_[last].time - entries_[first].time < spec.within)) {
      values.add(entries_[last++].value);
      if (values.distinct() >= spec.at_least) return true;
    }
    values.drop(entries_[first].value);
  }
  return false;
}

Window::Largest Window::largest_with(std::size_t at, const WindowSpec& spec) const {
  const Range range = spec.within.count() == 0 ? Range{at, at + 1, {1, 1}} : largest_around(at, spec);
  Largest largest{range.size, {}};
  largest.records.reserve(range.last - range.first);
  for (std::size_t i = range.first; i < range.last; ++i) largest.records.push_back(entries_[i].record);
  return largest;
}

Window::Largest Window::largest_with(RecordId record, const WindowSpec& spec, const Records& records) const {
  const std::size_t at = position(record, records);
  return at == entries_.size() ? Largest{} : largest_with(at, spec);
}

TimePoint Window::holds_until(const WindowSpec& spec) const {
  if (spec.within.count() == 0) return kNever;
  return spec.at_least <= kFew ? holds_until_of<FewValues>(spec) : holds_until_of<ValueCounts>(spec);
}

template <class Values>
TimePoint Window::holds_until_of(const WindowSpec& spec) const {
  // The latest start with enough behind it moves back with the end, so the newest window that is short
  // enough is the one that ends last.
  Values values;
  std::size_t first = entries_.size();
  for (std::size_t last = entries_.size(); last > head_; --last) {
    const auto size = [&] {
      return spec.distinct ? values.distinct() : static_cast<std::int64_t>(last) - static_cast<std::int64_t>(first);
    };
    while (size() < spec.at_least) {
      if (first == head_) return kNever;
      --first;
      if (spec.distinct) values.add(entries_[first].value);
    }
    if (entries_[last - 1].time - entries_[first].time < spec.within) return entries_[first].time + spec.within;
    if (spec.distinct) values.drop(entries_[last - 1].value);
  }
  return kNever;
}

/// As largest_around, counting only what had arrived when the entry came.
bool Window::holds_with_arrivals(std::size_t at, const WindowSpec& spec) const {
  if (spec.within.count() == 0) return spec.at_least <= 1;
  Window seen;
  std::size_t self = 0;
  for (std::size_t i = head_; i < entries_.size(); ++i) {
    const Duration apart = entries_[i].time > entries_[at].time ? entries_[i].time - entries_[at].time
                                                                : entries_[at].time - entries_[i].time;
    if (entries_[i].arrival > entries_[at].arrival || apart >= spec.within) continue;
    if (i == at) self = seen.entries_.size();
    seen.entries_.push_back(entries_[i]);
  }
  return seen.holds_around(self, spec);
}

TimePoint Window::last_event_hold(const WindowSpec& spec, std::uint64_t after) const {
  std::vector<std::size_t> held;
  for (std::size_t i = head_; i < entries_.size(); ++i) {
    if (entries_[i].held_at != kNever && entries_[i].arrival > after) held.push_back(i);
  }
  std::sort(held.begin(), held.end(),
            [&](std::size_t a, std::size_t b) { return entries_[a].held_at > entries_[b].held_at; });
  for (const std::size_t i : held) {
    if (holds_with_arrivals(i, spec)) return entries_[i].held_at;
  }
  return kNever;
}

WindowSize Window::behind(TimePoint clock, const WindowSpec& spec) const {
  ValueCounts values;
  WindowSize size;
  for (std::size_t i = entries_.size(); i-- > head_ && clock - entries_[i].time < spec.within;) {
    ++size.count;
    if (spec.distinct) values.add(entries_[i].value);
  }
  size.distinct = spec.distinct ? values.distinct() : size.count;
  return size;
}

/// The windows that begin with the oldest entry: one of them has enough.
template <class Values>
bool Window::front_holds(const WindowSpec& spec) const {
  const TimePoint begin = entries_[head_].time;
  if (!spec.distinct) {
    const auto last = head_ + static_cast<std::size_t>(spec.at_least - 1);
    return last < entries_.size() && entries_[last].time - begin < spec.within;
  }
  Values values;
  for (std::size_t i = head_; i < entries_.size() && entries_[i].time - begin < spec.within; ++i) {
    values.add(entries_[i].value);
    if (values.distinct() >= spec.at_least) return true;
  }
  return false;
}

TimePoint Window::evict_front(const WindowSpec& spec, bool asked) {
  const Entry entry = entries_[head_];
  // What made a condition hold may have been taken out since.
  const bool still = asked && entry.held_at != kNever && (!taken_out_ || holds_with_arrivals(head_, spec));
  TimePoint held = still ? entry.held_at : kNever;
  if (spec.within.count() != 0) {
    const auto holds = [&] {
      return spec.at_least <= kFew ? front_holds<FewValues>(spec) : front_holds<ValueCounts>(spec);
    };
    if (asked && holds()) held = std::max(held, entry.time + spec.within);
  }
  ++head_;
  if (counts_values(spec)) note_evicted(entry, spec);
  if (head_ > 64 && head_ * 2 > entries_.size()) {
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(head_));
    if (running_) running_->tail -= head_;
    head_ = 0;
  }
  return held;
}

}  // namespace kentongan::engine
