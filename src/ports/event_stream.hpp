// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/journal.hpp"

namespace kentongan::ports {

/// A committed output as readers of the stream get it.
struct StreamedEvent {
  std::string id;  ///< position behind it: whoever gives it back goes on there
  OutputTopic topic = OutputTopic::alerts;
  std::string area;                          ///< code
  std::shared_ptr<const std::string> value;  ///< the CloudEvent, one line of JSON
};

/// Alerts and risk as they are committed, the latest of them. Thread-safe.
class EventStream {
 public:
  virtual ~EventStream() = default;

  /// Where a reader stands. Copied freely.
  struct Cursor {
    std::uint64_t next = 0;                    ///< the stream's own count
    std::map<std::string, std::int64_t> seen;  ///< by partition: up to here it was read in another connection
  };
  struct Start {
    Cursor cursor;
    bool gap = false;  ///< what came behind that position is not all here any more: read GET /v1/alerts anew
  };
  /// `last` is the id of the last event that was read; empty: begin with what comes next. None: ask again in a moment,
  /// as nobody has read for long and the latest events are being fetched.
  [[nodiscard]] virtual std::optional<Start> begin(std::string_view last) = 0;

  /// Appends at most `most` events to `events`, and moves on. False: what comes next is gone; the reader was too slow.
  [[nodiscard]] virtual bool read(Cursor& cursor, std::size_t most, std::vector<StreamedEvent>& events) = 0;
};

}  // namespace kentongan::ports
