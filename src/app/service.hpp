// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/intake.hpp"
#include "app/rule_book.hpp"
#include "app/rule_keeper.hpp"
#include "app/shards.hpp"
#include "domain/error.hpp"
#include "ports/access.hpp"
#include "ports/api.hpp"
#include "ports/journal.hpp"

namespace kentongan::app {

/// What a Service is made of. All of it outlives the service.
struct ServiceParts {
  Intake& intake;
  Shards& shards;
  ports::AlertReader& alerts;
  const ports::RiskReader* risks = nullptr;  ///< knows the cities of other processes; null: there are none
  const RuleBook& book;
  RuleKeeper& keeper;
  std::function<std::string()> metrics;
  std::function<TimePoint()> now;  ///< the time of a posted action, where a city has no clock of its own to go by
  bool event_clock = false;
  ports::Record* record = nullptr;  ///< of deeds; null: none is kept
};

/// What the HTTP server asks, answered by the door, the shards and the journal. Thread-safe.
class Service : public ports::Api {
 public:
  explicit Service(ServiceParts parts) : parts_(std::move(parts)) {}

  void submit(ports::Caller caller, ports::BodyKind kind, std::string body, TraceContext trace,
              std::function<void(ports::IntakeAnswer)> done) override;
  void act(ports::Caller caller, std::string alert, std::string body, TraceContext trace,
           std::function<void(std::optional<ports::IntakeAnswer>)> done) override;
  void risk(std::function<void(Result<std::vector<ports::PlaceRisk>>)> done) override;
  void place(std::string code, std::function<void(Result<std::optional<ports::PlaceRisk>>)> done) override;
  [[nodiscard]] Result<ports::AlertPage> alerts(std::string_view state, std::string_view next) override;
  [[nodiscard]] Result<std::optional<ports::StoredAlert>> alert(std::string_view id) override;
  void read_alert(ports::Caller caller, std::string id,
                  std::function<void(Result<std::optional<ports::StoredAlert>>)> done) override;
  [[nodiscard]] ports::RulesView rules() const override;
  void check_rules(std::string file, std::string text, std::function<void(ports::RulesCheck)> done) override;
  [[nodiscard]] ports::Readiness readiness() const override;
  [[nodiscard]] std::string metrics() const override;

 private:
  /// `next` once the deed is on record; `failed` where it cannot be.
  void on_record(ports::Deed deed, std::function<void()> next, std::function<void(const Error&)> failed);
  void act_now(const std::string& alert, const std::string& body, const TraceContext& trace,
               std::function<void(std::optional<ports::IntakeAnswer>)> done);
  void act_at(TimePoint time, const std::string& alert, const std::string& body, const TraceContext& trace,
              std::function<void(std::optional<ports::IntakeAnswer>)> done);

  /// As its shard sees it, else as it was written; an error when only a shard could say.
  [[nodiscard]] Result<ports::PlaceRisk> remembered(const Place& place) const;

  ServiceParts parts_;
};

}  // namespace kentongan::app
