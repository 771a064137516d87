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

}  // namespace

void Window::count_in(const Entry& entry) { ++values_[entry.value]; }

void Window::count_out(const Entry& entry) {
  const auto found = values_.find(entry.value);
  if (--found->second == 0) values_.erase(found);
}

/// Moves the running window on so that it holds what is less than `within` behind `end`.
void Window::slide(TimePoint end, const WindowSpec& spec) {
  while (tail_ < entries_.size() && end - entries_[tail_].time >= spec.within) {
    if (spec.distinct) count_out(entries_[tail_]);
    ++tail_;
  }
}

WindowSize Window::insert(const Entry& entry, const WindowSpec& spec, const Records& records) {
  const auto before = [&](const Entry& a, const Entry& b) {
    return a.time != b.time ? a.time < b.time : records.before(a.record, b.record);
  };
  const bool newest = empty() || before(entries_.back(), entry);
  if (newest) {
    entries_.push_back(entry);
    if (spec.within.count() == 0) {
      tail_ = entries_.size();
      return {1, 1};
    }
    if (spec.distinct) count_in(entry);
    slide(entry.time, spec);
    const auto count = static_cast<std::int64_t>(entries_.size() - tail_);
    return {count, spec.distinct ? static_cast<std::int64_t>(values_.size()) : count};
  }
  const auto at =
      std::lower_bound(entries_.begin() + static_cast<std::ptrdiff_t>(head_), entries_.end(), entry, before);
  const auto index = static_cast<std::size_t>(at - entries_.begin());
  entries_.insert(at, entry);
  rebuild_running(spec);
  return spec.within.count() == 0 ? WindowSize{1, 1} : largest_around(index, spec).size;
}

void Window::rebuild_running(const WindowSpec& spec) {
  values_.clear();
  tail_ = entries_.size();
  while (tail_ > head_ && entries_.back().time - entries_[tail_ - 1].time < spec.within) {
    --tail_;
    if (spec.distinct) count_in(entries_[tail_]);
  }
}

std::size_t Window::position(RecordId record) const {
  for (std::size_t i = entries_.size(); i-- > head_;) {
    if (entries_[i].record == record) return i;
  }
  return entries_.size();
}

void Window::set_held(RecordId record, TimePoint clock) {
  if (const std::size_t at = position(record); at < entries_.size()) entries_[at].held_at = clock;
}

const Window::Entry* Window::find(RecordId record) const {
  const std::size_t at = position(record);
  return at == entries_.size() ? nullptr : &entries_[at];
}

std::optional<Window::Entry> Window::remove(RecordId record, const WindowSpec& spec) {
  const std::size_t at = position(record);
  if (at == entries_.size()) return std::nullopt;
  const Entry entry = entries_[at];
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
  rebuild_running(spec);
  taken_out_ = true;
  return entry;
}

/// Every window that contains `at` begins with one of the entries less than `within` before it.
Window::Range Window::largest_around(std::size_t at, const WindowSpec& spec) const {
  std::size_t first = at;
  while (first > head_ && entries_[at].time - entries_[first - 1].time < spec.within) --first;
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

std::vector<RecordId> Window::largest_with(RecordId record, const WindowSpec& spec) const {
  const std::size_t at = position(record);
  if (at == entries_.size()) return {};
  const Range range = spec.within.count() == 0 ? Range{at, at + 1, {}} : largest_around(at, spec);
  std::vector<RecordId> records;
  for (std::size_t i = range.first; i < range.last; ++i) records.push_back(entries_[i].record);
  return records;
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
  for (std::size_t i = head_; i < entries_.size(); ++i) {
    const Duration apart = entries_[i].time > entries_[at].time ? entries_[i].time - entries_[at].time
                                                                : entries_[at].time - entries_[i].time;
    if (entries_[i].arrival <= entries_[at].arrival && apart < spec.within) seen.entries_.push_back(entries_[i]);
  }
  const std::size_t self = seen.position(entries_[at].record);
  return measure(seen.largest_around(self, spec).size, spec) >= spec.at_least;
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
    if (spec.distinct && head_ >= tail_) count_out(entry);
  }
  ++head_;
  tail_ = std::max(tail_, head_);
  if (head_ > 64 && head_ * 2 > entries_.size()) {
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(head_));
    tail_ -= head_;
    head_ = 0;
  }
  return held;
}

}  // namespace kentongan::engine
