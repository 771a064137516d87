// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"

/// The journal: an ordered, durable, transactional log of inputs with the effects of a prefix of them.
/// Everything the engine makes of a batch of inputs commits together with the offset behind the batch,
/// or not at all.
namespace kentongan::ports {

struct InputRecord {
  Offset offset;
  std::string value;  ///< the bytes as they came
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

struct Commit {
  Offset next;  ///< the last input applied; after a restart reading goes on behind it
  std::vector<OutputRecord> outputs;
  std::vector<StateChange> state;
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
};

/// The door's side. Thread-safe.
class Inbox {
 public:
  virtual ~Inbox() = default;
  /// Appends the records together, in their order. `done` is called once, from another thread, when they are
  /// durable (or could not be made so: nothing of them was kept). Requests are committed in groups.
  /// False: too much is waiting already (the caller answers 429), or the journal stops; `done` is not called.
  [[nodiscard]] virtual bool append(std::vector<std::string> records, std::function<void(Result<void>)> done) = 0;
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

}  // namespace kentongan::ports
