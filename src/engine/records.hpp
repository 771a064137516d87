// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/container/deque.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "engine/interner.hpp"
#include "engine/kept_event.hpp"
#include "engine/table_hash.hpp"

namespace kentongan::engine {

/// Index of a record in Records. kNoRecord: none.
using RecordId = std::uint32_t;
inline constexpr RecordId kNoRecord = UINT32_MAX;
/// Index of a pattern (a rule's state for one scope) in Patterns.
using PatternId = std::uint32_t;

/// What one score rule makes of a report, before its voice factor.
struct ScoreShare {
  RuleIndex rule;
  double base = 0;
};

/// Which correction of a report is valid: the greatest time, then id.
struct CorrectionKey {
  TimePoint time;
  std::string id;
  friend auto operator<=>(const CorrectionKey&, const CorrectionKey&) = default;
};

/// Of the valid version of a campaign entry: the clash and quota rules for which it counts.
struct Plan {
  std::vector<RuleIndex> rules;
};

/// What the engine remembers of an event. A report that was corrected keeps its record: only what
/// stands in it changes. Of a correction itself there is a record that names its `root`.
///
/// What is looked at long after the event has come stands first, in one line of the processor's cache.
struct Record {
  std::string id;
  Interner::Id source = 0;
  std::uint32_t uses = 0;     ///< memory, windows and reasons that still need it; 0: free
  PlaceId area;               ///< smallest place that contains its areas
  Interner::Id reporter = 0;  ///< see acquire_voice(); 0: none
  TimePoint time;             ///< its place in the order of events
  TimePoint seen;             ///< the city's clock when it was accepted

  bool is_report = false;
  bool accepted = false;                     ///< false: only named by a correction so far
  bool stands = false;                       ///< something of it counts: not refuted, not taken out
  bool late = false;                         ///< was late: stays out of windows
  bool settled = false;                      ///< too old to be corrected
  bool ever_effective = false;               ///< its time is fixed: it, or a correction before it, has come
  bool remembered = false;                   ///< its key is known: duplicates are found, corrections find it
  bool changed = false;                      ///< to be saved with the batch
  RecordId root = kNoRecord;                 ///< of a correction: the report it belongs to
  std::unique_ptr<CorrectionKey> corrected;  ///< the valid correction, if any
  std::uint64_t serial = 0;  ///< never given twice in a city: its identity in saved state, where keys can recur
  std::uint64_t chunk = 0;   ///< the saved chunk that holds it as it is now
  std::optional<CategoryId> category;
  std::uint32_t rank = 1;  ///< n-th report of its reporter here within the voice span
  boost::container::small_vector<ScoreShare, 2> scores;
  boost::container::small_vector<PatternId, 2> patterns;  ///< where it has an entry
  std::unique_ptr<std::string> recommendation;
  std::unique_ptr<KeptEvent> kept;  ///< where something must speak of it later
  std::unique_ptr<Plan> plan;       ///< of the valid version of a campaign entry
};

/// Records that lie together in memory.
inline constexpr std::size_t kRecordsTogether = 1024;

/// The remembered events of one city with their keys (source, id).
class Records {
 public:
  explicit Records(Interner& texts) : texts_(texts) {}

  /// kNoRecord when the key is unknown. Does not resolve roots.
  [[nodiscard]] RecordId find(std::string_view source, std::string_view id) const;
  /// A new record under a key that is not there yet, used once.
  RecordId create(std::string_view source, std::string_view id);
  /// A new record that its key does not find, used once: the key stays with whoever has it.
  RecordId create_apart(std::string_view source, std::string_view id);
  /// The same with a serial number that was given before. If it is `remembered`, whoever had the key loses it;
  /// else the key does not find it.
  RecordId recreate(std::uint64_t serial, std::string_view source, std::string_view id, bool remembered);
  [[nodiscard]] std::uint64_t last_serial() const noexcept { return last_serial_; }
  void continue_serials(std::uint64_t last) { last_serial_ = last; }
  [[nodiscard]] Record& at(RecordId id) { return records_[id]; }
  [[nodiscard]] const Record& at(RecordId id) const { return records_[id]; }
  /// The report that a record belongs to.
  [[nodiscard]] RecordId root_of(RecordId id) const;
  void use(RecordId id) { ++records_[id].uses; }
  /// Frees the record when it was the last use.
  void release(RecordId id);
  /// From now on the key finds nothing; the record lives on as long as it is used.
  void forget_key(RecordId id);
  /// From now on the key of `from`, which nobody has, finds `to`, which is called the same. False: it is called
  /// otherwise, or somebody has the key.
  bool pass_key(RecordId from, RecordId to);
  [[nodiscard]] std::size_t size() const noexcept { return records_.size() - free_.size(); }
  /// The order of events everywhere: time, id, source.
  [[nodiscard]] bool before(RecordId a, RecordId b) const;
  [[nodiscard]] std::string_view source(RecordId id) const { return texts_.text(records_[id].source); }
  /// The record will be looked at soon: one that came long ago is far from the processor.
  void fetch(RecordId id) const { __builtin_prefetch(&records_[id]); }

 private:
  RecordId add(std::uint64_t serial, std::string_view source, std::string_view id);
  void name(RecordId id);
  [[nodiscard]] Interner::Id find_source(std::string_view source) const;
  struct Key {
    Interner::Id source;
    std::string_view id;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    using is_avalanching = void;
    std::size_t operator()(const Key& key) const noexcept { return table_hash(key.id, key.source); }
  };

  Interner& texts_;
  std::uint64_t last_serial_ = 0;
  Interner::Id last_source_ = 0;  ///< of the last record, held: most come from the same few
  /// Stable addresses: keys point into them.
  boost::container::deque<Record, void,
                          boost::container::deque_options<boost::container::block_size<kRecordsTogether>>::type>
      records_;
  std::vector<RecordId> free_;
  boost::unordered_flat_map<Key, RecordId, KeyHash> keys_;
};

}  // namespace kentongan::engine
