// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/error.hpp"
#include "domain/ids.hpp"
#include "domain/level.hpp"
#include "domain/output.hpp"
#include "domain/time.hpp"
#include "domain/trace.hpp"
#include "domain/words.hpp"
#include "ports/bytes.hpp"

/// The journal: an ordered, durable, transactional log of inputs with the effects of a prefix of them.
/// Everything the engine makes of a batch of inputs commits together with the offset behind the batch,
/// or not at all.
namespace kentongan::ports {

/// Null: none, as with most inputs.
using SharedTrace = std::shared_ptr<const TraceContext>;

struct InputRecord {
  Offset offset;
  Bytes value;              ///< as they came; lent bytes are given back before the journal is restored or closed
  SharedTrace trace = {};   ///< that came beside them
  TimePoint received = {};  ///< when it was stored; 1970: the journal does not know
};

enum class OutputTopic : unsigned char { alerts, risk, deadletters };

struct OutputRecord {
  OutputTopic topic = OutputTopic::alerts;
  std::string id;       ///< CloudEvent id
  std::string subject;  ///< compaction key of risk
  std::string value;    ///< the CloudEvent as JSON
  /// Of alerts only, for the read model:
  std::string alert;  ///< alert id
  std::string step;
  std::string state;
  TimePoint time;
  std::string data;  ///< the alert's data object as JSON
  /// For journals that sort by city:
  std::string city = {};  ///< code; empty: none is known
  Offset input = {};      ///< of a dead letter: what it was made of; 0: nothing that was polled
};

/// One record of engine state. Values are opaque bytes; an absent value removes the record.
struct StateKey {
  std::string city;  ///< code
  std::string kind;
  std::string key;
  friend auto operator<=>(const StateKey&, const StateKey&) = default;
};
struct StateChange {
  StateKey key;
  std::optional<std::string> value;
};

/// An input that was not applied, as it stands where another city's inputs belong.
struct Rekeyed {
  Offset input;
  std::string city;  ///< where it belongs: a code
  std::string value;
};

struct Commit {
  Offset next;  ///< the last input applied; after a restart reading goes on behind it
  std::vector<OutputRecord> outputs;
  std::vector<StateChange> state;
  std::vector<Rekeyed> rekeyed = {};  ///< to be put where they belong; only of those that are Home::elsewhere
};

/// Whether an input stands where its city's inputs belong.
enum class Home : unsigned char {
  here,
  elsewhere,  ///< it is to be put back under its own city
  astray,     ///< it was put back once already, and still is not where it belongs
};

/// Inputs that wait although they are asked for.
struct Stall {
  std::string why;    ///< empty: there are none
  bool away = false;  ///< the journal does not answer: to begin anew would help nothing
};

/// The shard's side. Used by one thread.
class Journal {
 public:
  virtual ~Journal() = default;
  /// Calls `visit` with every state record, ordered by key; returns the committed offset.
  [[nodiscard]] virtual Result<Offset> restore(const std::function<void(StateKey, std::string_view)>& visit) = 0;
  /// Inputs behind `after`, in order and durable, at most `max`, fewer when they are large; waits up to `wait`
  /// for the first. Empty: none came, or the wait was interrupted.
  [[nodiscard]] virtual Result<std::vector<InputRecord>> poll(Offset after, std::size_t max, Duration wait) = 0;
  /// All or nothing, durable on return. After an error the caller restores and reads again.
  [[nodiscard]] virtual Result<void> commit(const Commit& commit) = 0;

  /// A journal with several shards gives each some of the cities. One with a single shard leaves these as they are.
  /// What this shard owns has changed since restore(): the caller forgets what it has not committed, and restores.
  [[nodiscard]] virtual bool moved() const { return false; }
  /// Whether this shard owns the city with this code. Changes only in restore().
  [[nodiscard]] virtual bool owns(std::string_view) const { return true; }
  /// Whether commits are to carry what the read model wants of alerts (OutputRecord::data).
  [[nodiscard]] virtual bool keeps_alerts() const { return true; }
  /// Why inputs wait and none comes, for the operator; empty: what there is comes. Asked between polls.
  [[nodiscard]] virtual Stall stalled() const { return {}; }
  /// Of an input that was polled and is not committed.
  [[nodiscard]] virtual Home home_of(Offset, std::string_view /*city*/) const { return Home::here; }
};

/// An input that the door has judged.
struct NewInput {
  std::string value;
  std::optional<EventType> type;
  std::string city;  ///< code; empty: none is known
};

/// The door's side. Thread-safe.
class Inbox {
 public:
  virtual ~Inbox() = default;
  /// Appends the records together, in their order. `done` is called once, from another thread, when they are
  /// durable (or could not be made so: nothing of them was kept). Requests are committed in groups.
  /// False: too much is waiting already (the caller answers 429), or the journal stops; `done` is not called.
  [[nodiscard]] virtual bool append(std::vector<std::string> records, std::function<void(Result<void>)> done) = 0;
  /// The same for a journal that sorts its inputs.
  [[nodiscard]] virtual bool append_sorted(std::vector<NewInput> inputs, std::function<void(Result<void>)> done) {
    std::vector<std::string> records;
    records.reserve(inputs.size());
    for (NewInput& input : inputs) records.push_back(std::move(input.value));
    return append(std::move(records), std::move(done));
  }
};

struct AlertStepTime {
  std::string step;
  TimePoint time;
};
struct StoredAlert {
  std::string data;  ///< data object of its last step, JSON
  std::string city;
  std::vector<AlertStepTime> steps;
};
struct AlertPage {
  std::vector<StoredAlert> alerts;  ///< newest `fired` first
  std::optional<std::string> next;  ///< opaque
};

/// What readers see: the committed alerts. Thread-safe.
class AlertReader {
 public:
  virtual ~AlertReader() = default;
  /// `state` empty: all. At most `limit` (1,000). `next` that no page gave: Error::invalid.
  [[nodiscard]] virtual Result<AlertPage> alerts(std::string_view state, std::string_view next, std::size_t limit) = 0;
  [[nodiscard]] virtual Result<std::optional<StoredAlert>> alert(std::string_view id) = 0;
};

/// The risk of a place as it was written when its level last changed.
struct StoredRisk {
  double score = 0;
  Level level = Level::aman;
  bool rising = false;
  std::vector<Contribution> contributions;
  TimePoint time;
};

/// What readers see of cities whose shard is in another process. Thread-safe.
class RiskReader {
 public:
  virtual ~RiskReader() = default;
  /// None: its level never changed, as far as is remembered.
  [[nodiscard]] virtual std::optional<StoredRisk> risk(std::string_view place) const = 0;
  /// The greatest time of an output of this city; none: there is none.
  [[nodiscard]] virtual std::optional<TimePoint> clock(std::string_view city) const = 0;
};

}  // namespace kentongan::ports
