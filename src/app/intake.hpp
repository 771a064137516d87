// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "codec/decoder.hpp"
#include "domain/reference.hpp"
#include "ports/api.hpp"
#include "ports/journal.hpp"

namespace kentongan::app {

/// The door: judges the events of a request and appends the good ones to the journal, together and in their
/// order. It judges all but what needs the state of a city: duplicate, late, too_old and unknown_alert.
/// Thread-safe.
class Intake {
 public:
  using CurrentReference = std::function<std::shared_ptr<const Reference>()>;
  /// `reference` is asked for each request. `wall` empty: no event is from the future.
  Intake(CurrentReference reference, ports::Inbox& inbox, std::function<TimePoint()> wall, Duration future_tolerance);
  ~Intake();

  /// `trace`, unless it is none, becomes that of the events that name none themselves. One event that is not for this
  /// caller makes the whole body forbidden.
  void submit(ports::BodyKind kind, const std::string& body, const TraceContext& trace,
              std::function<void(ports::IntakeAnswer)> done, const ports::Caller& caller = {});

 private:
  class Lease;
  /// An event of a body.
  struct Judged {
    std::optional<ports::RejectedEvent> rejected;  ///< none: it is good, and `input` knows its type and city
    std::optional<std::string> forbidden;          ///< why it is not for this caller
    ports::NewInput input;
  };
  Judged judge(Lease& lease, std::string_view raw, std::size_t index, const ports::Caller& caller) const;

  CurrentReference reference_;
  ports::Inbox& inbox_;
  std::function<TimePoint()> wall_;
  Duration future_tolerance_;
  std::mutex mutex_;
  std::shared_ptr<const Reference> known_;                 ///< that of the decoders
  std::vector<std::unique_ptr<codec::Decoder>> decoders_;  ///< not in use
};

}  // namespace kentongan::app
