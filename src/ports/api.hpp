// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/level.hpp"
#include "domain/output.hpp"
#include "domain/trace.hpp"
#include "ports/journal.hpp"

/// What the HTTP server asks of the program behind it. Implemented in app/; all calls are thread-safe.
namespace kentongan::ports {

enum class BodyKind : unsigned char { single, batch, ndjson, by_shape };

struct RejectedEvent {
  std::size_t index = 0;
  RejectReason reason = RejectReason::malformed_json;
  std::string pointer;
  std::string message;
};

struct IntakeAnswer {
  enum class Status : unsigned char { answered, busy, unavailable };
  Status status = Status::answered;  ///< busy: 429; unavailable: 503 with `message`
  std::size_t accepted = 0;          ///< durable when the answer comes
  std::vector<RejectedEvent> rejected;
  std::string message;
};

struct PlaceRisk {
  std::string code;
  std::string name;
  double score = 0;
  Level level = Level::aman;
  bool rising = false;
  std::vector<Contribution> contributions;  ///< only where one place was asked for
};

struct Readiness {
  bool ready = false;
  std::string why_not;  ///< one line for the operator
};

class Api {
 public:
  virtual ~Api() = default;
  /// Judges the events of a body and makes the good ones durable. `done` is called once, from any thread.
  /// `trace`: headers as they came, for events that name none themselves.
  virtual void submit(BodyKind kind, std::string body, TraceContext trace, std::function<void(IntakeAnswer)> done) = 0;
  /// A posted action on an alert; `data` is the request's JSON body. As submit(); nullopt: unknown alert (404).
  virtual void act(std::string alert, std::string body, TraceContext trace,
                   std::function<void(std::optional<IntakeAnswer>)> done) = 0;
  /// Risk of every kelurahan at the city's clock, by code. Answered between two batches.
  virtual void risk(std::function<void(Result<std::vector<PlaceRisk>>)> done) = 0;
  /// One kelurahan, kecamatan or city with its contributions; nullopt: unknown code.
  virtual void place(std::string code, std::function<void(Result<std::optional<PlaceRisk>>)> done) = 0;
  [[nodiscard]] virtual Result<AlertPage> alerts(std::string_view state, std::string_view next) = 0;
  [[nodiscard]] virtual Result<std::optional<StoredAlert>> alert(std::string_view id) = 0;
  [[nodiscard]] virtual Readiness readiness() const = 0;
  /// The whole /metrics text.
  [[nodiscard]] virtual std::string metrics() const = 0;
};

}  // namespace kentongan::ports
