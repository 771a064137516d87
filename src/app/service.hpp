// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/intake.hpp"
#include "app/shard.hpp"
#include "domain/error.hpp"
#include "ports/api.hpp"
#include "ports/journal.hpp"

namespace kentongan::app {

/// What the HTTP server asks, answered by the door, the shard and the journal. Thread-safe.
class Service : public ports::Api {
 public:
  /// All of it outlives the service. `now`: the time of a posted action, where a city has no clock of its own to go by.
  Service(Intake& intake, Shard& shard, ports::AlertReader& alerts, std::function<std::string()> metrics,
          std::function<TimePoint()> now, bool event_clock);

  void submit(ports::BodyKind kind, std::string body, std::function<void(ports::IntakeAnswer)> done) override;
  void act(std::string alert, std::string body, std::function<void(std::optional<ports::IntakeAnswer>)> done) override;
  void risk(std::function<void(Result<std::vector<ports::PlaceRisk>>)> done) override;
  void place(std::string code, std::function<void(Result<std::optional<ports::PlaceRisk>>)> done) override;
  [[nodiscard]] Result<ports::AlertPage> alerts(std::string_view state, std::string_view next) override;
  [[nodiscard]] Result<std::optional<ports::StoredAlert>> alert(std::string_view id) override;
  [[nodiscard]] ports::Readiness readiness() const override;
  [[nodiscard]] std::string metrics() const override;

 private:
  void act_at(TimePoint time, const std::string& alert, const std::string& body,
              std::function<void(std::optional<ports::IntakeAnswer>)> done);

  Intake& intake_;
  Shard& shard_;
  ports::AlertReader& alerts_;
  std::function<std::string()> metrics_;
  std::function<TimePoint()> now_;
  bool event_clock_;
};

}  // namespace kentongan::app
