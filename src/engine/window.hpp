// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/time.hpp"
#include "engine/interner.hpp"
#include "engine/recent_values.hpp"
#include "engine/records.hpp"

namespace kentongan::engine {

/// What a window asks for. A check rule is a window of length zero that asks for one event.
struct WindowSpec {
  std::int64_t at_least = 1;
  Duration within{0};
  bool distinct = false;  ///< count distinct values, not events
};

/// Events and distinct values of one window.
struct WindowSize {
  std::int64_t count = 0;
  std::int64_t distinct = 0;
};

/// The events of one rule and scope, in the order of events, and what holds among them.
///
/// A condition holds at an event when some window that contains it (first to last less than `within` apart)
/// has at least so many, counting what had arrived by then; and it goes on holding while the window
/// (clock - within, clock] has. Entries stay as long as a correction can still change them.
class Window {
 public:
  struct Entry {
    TimePoint time;
    TimePoint held_at;          ///< the clock at which it made the condition hold; kNever: it did not
    std::uint64_t arrival = 0;  ///< order of arrival in the city
    RecordId record = kNoRecord;
    Interner::Id value = 0;  ///< of `distinct`; of a sequence or absence: which of its conditions hold, as bits
  };
  static constexpr TimePoint kNever = TimePoint::min();

  struct Inserted {
    std::size_t at;  ///< where the entry is, until the next change
    bool holds;      ///< the condition holds at it
  };
  /// Those of the largest window that contains an entry.
  struct Largest {
    WindowSize size;
    std::vector<RecordId> records;  ///< in the order of events
  };

  /// Puts the entry, which has its record's time, in its place. The specification and the records are the same
  /// throughout a window's life.
  Inserted insert(const Entry& entry, const WindowSpec& spec, const Records& records);
  void set_held(std::size_t at, TimePoint clock) { entries_[at].held_at = clock; }
  void set_held(RecordId record, const Records& records, TimePoint clock);
  /// Takes the record's entry out and returns it.
  std::optional<Entry> remove(RecordId record, const WindowSpec& spec, const Records& records);
  [[nodiscard]] const Entry* find(RecordId record, const Records& records) const;

  /// The moment at which the window behind the clock stops (or stopped) having enough; kNever: it never had.
  [[nodiscard]] TimePoint holds_until(const WindowSpec& spec) const;
  /// The last clock at which an event that arrived behind `after` made the condition hold, as if only the
  /// present entries had ever come.
  [[nodiscard]] TimePoint last_event_hold(const WindowSpec& spec, std::uint64_t after = 0) const;
  /// The largest window that contains the entry that insert() has just put there.
  [[nodiscard]] Largest largest_with(std::size_t at, const WindowSpec& spec) const;
  /// The same of a record's entry; nothing, where it has none.
  [[nodiscard]] Largest largest_with(RecordId record, const WindowSpec& spec, const Records& records) const;
  /// Measure of the window (clock - within, clock], for the reasons of silence.
  [[nodiscard]] WindowSize behind(TimePoint clock, const WindowSpec& spec) const;

  /// Something was taken out since the window was empty, so that what entries held is to be looked at anew. Part
  /// of the state: a window that is filled again is told.
  [[nodiscard]] bool taken_out() const noexcept { return taken_out_; }
  void set_taken_out(bool taken_out) { taken_out_ = taken_out; }

  /// The oldest entry, to be evicted when nothing can use it any more.
  [[nodiscard]] bool empty() const noexcept { return head_ == entries_.size(); }
  [[nodiscard]] const Entry& front() const { return entries_[head_]; }
  /// Removes the oldest entry; returns, when that is asked, the last moment at which it (alone or with those behind it)
  /// held, else kNever.
  TimePoint evict_front(const WindowSpec& spec, bool asked);
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size() - head_; }
  /// All of them, in the order of events; until the next change.
  [[nodiscard]] std::span<const Entry> entries() const noexcept { return std::span(entries_).subspan(head_); }

 private:
  struct Range {
    std::size_t first = 0, last = 0;  ///< [first, last)
    WindowSize size;
  };
  /// Of rules that ask for many different values: those of the window that ends at the newest entry.
  struct Running {
    std::size_t tail = 0;  ///< its first entry
    boost::unordered_flat_map<Interner::Id, std::uint32_t> values;
    void count_in(Interner::Id value) { ++values[value]; }
    void count_out(Interner::Id value);
  };
  [[nodiscard]] std::size_t position(RecordId record, const Records& records) const;
  [[nodiscard]] std::size_t first_around(std::size_t at, const WindowSpec& spec) const;
  [[nodiscard]] Range largest_around(std::size_t at, const WindowSpec& spec) const;
  [[nodiscard]] std::int64_t distinct_in(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool newest_holds(const WindowSpec& spec) const;
  [[nodiscard]] bool holds_around(std::size_t at, const WindowSpec& spec) const;
  template <class Values>
  [[nodiscard]] bool distinct_around(std::size_t at, const WindowSpec& spec) const;
  [[nodiscard]] bool holds_with_arrivals(std::size_t at, const WindowSpec& spec) const;
  template <class Values>
  [[nodiscard]] TimePoint holds_until_of(const WindowSpec& spec) const;
  template <class Values>
  [[nodiscard]] bool front_holds(const WindowSpec& spec) const;
  void note_newest(const WindowSpec& spec);
  void note_older(std::size_t at, const WindowSpec& spec);
  void note_all(const WindowSpec& spec);
  void note_evicted(const Entry& entry, const WindowSpec& spec);

  std::vector<Entry> entries_;
  std::size_t head_ = 0;    ///< entries before it are gone
  bool taken_out_ = false;  ///< something was, so that held_at may be out of date
  RecentValues recent_;     ///< of rules that ask for a few different values
  std::unique_ptr<Running> running_;
};

}  // namespace kentongan::engine
