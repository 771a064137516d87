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
#include "domain/reference.hpp"
#include "domain/time.hpp"
#include "domain/trace.hpp"
#include "ports/caller.hpp"
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
  enum class Status : unsigned char { answered, busy, unavailable, forbidden };
  Status status = Status::answered;  ///< busy: 429; unavailable: 503 with `message`; forbidden: 403 with it
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
  GeoPoint point = {};
};

struct Readiness {
  bool ready = false;
  std::string why_not;  ///< one line for the operator
};

/// A rule of the set in use.
struct RuleFacts {
  std::string id;
  LocalText title;
  std::string kind;    ///< count, absence, ..
  std::string status;  ///< live, shadow, off
  std::string owner;   ///< may be empty
  std::string file;
  int line = 0;
};

/// The rules in use, and what the last look at changed files came to.
struct RulesView {
  std::vector<RuleFacts> rules;  ///< by id
  std::string version;
  TimePoint since;  ///< in use since
  struct Reload {
    bool good = true;
    TimePoint when;
    std::string message;                   ///< one line; empty where `diagnostics` say it all
    std::string findings;                  ///< JSON object as of `check --format json`; at most some of the findings
    std::size_t errors = 0, warnings = 0;  ///< all of them
    std::vector<std::string> owners;       ///< of the rules of files with errors
  } last;
};

struct RulesCheck {
  enum class Status : unsigned char { answered, busy, unavailable };
  Status status = Status::answered;  ///< busy: 429; unavailable: 503
  std::string findings;              ///< JSON object as of `check --format json`
  std::string message;
};

class Api {
 public:
  virtual ~Api() = default;
  /// Judges the events of a body and makes the good ones durable. `done` is called once, from any thread.
  /// `trace`: headers as they came, for events that name none themselves. What the caller may not hand in makes the
  /// whole body forbidden.
  virtual void submit(Caller caller, BodyKind kind, std::string body, TraceContext trace,
                      std::function<void(IntakeAnswer)> done) = 0;
  /// A posted action on an alert; `body` is the request's JSON. As submit(); nullopt: unknown alert (404). It is on
  /// record before it is done.
  virtual void act(Caller caller, std::string alert, std::string body, TraceContext trace,
                   std::function<void(std::optional<IntakeAnswer>)> done) = 0;
  /// Risk of every kelurahan at the city's clock, by code. Answered between two batches.
  virtual void risk(std::function<void(Result<std::vector<PlaceRisk>>)> done) = 0;
  /// One kelurahan, kecamatan or city with its contributions; nullopt: unknown code.
  virtual void place(std::string code, std::function<void(Result<std::optional<PlaceRisk>>)> done) = 0;
  [[nodiscard]] virtual Result<AlertPage> alerts(std::string_view state, std::string_view next) = 0;
  /// For the program itself.
  [[nodiscard]] virtual Result<std::optional<StoredAlert>> alert(std::string_view id) = 0;
  /// For somebody who wants to read it: that is on record before the answer. `done` is called once, from any thread.
  virtual void read_alert(Caller caller, std::string id,
                          std::function<void(Result<std::optional<StoredAlert>>)> done) = 0;
  [[nodiscard]] virtual RulesView rules() const = 0;
  /// Checks a rule file as part of the set in use. `done` is called once, from any thread.
  virtual void check_rules(std::string file, std::string text, std::function<void(RulesCheck)> done) = 0;
  [[nodiscard]] virtual Readiness readiness() const = 0;
  /// The whole /metrics text.
  [[nodiscard]] virtual std::string metrics() const = 0;
};

}  // namespace kentongan::ports
