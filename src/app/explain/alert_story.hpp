// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/explain/alert_reader.hpp"
#include "app/explain/conditions.hpp"
#include "app/explain/event_facts.hpp"
#include "app/explain/speech.hpp"
#include "app/processor.hpp"
#include "domain/error.hpp"
#include "engine/insight.hpp"

namespace kentongan::app::explain {

/// An input, and when the service took it; none where only event time counts.
using InputVisit = std::function<bool(std::string_view raw, std::optional<TimePoint> received)>;
/// Calls the visit with each input in order, until it returns false. Can be called again.
using Inputs = std::function<Result<void>(const InputVisit& visit)>;

/// What is found out about an alert.
struct AlertTold {
  std::vector<CommittedStep> steps;   ///< at least one, in their order
  const rules::Rule* rule = nullptr;  ///< null: no rule of this id is in the set
  /// As it fired, when the inputs gave it again:
  std::optional<engine::Holding> held;
  bool by_deadline = false;               ///< it fired because time passed, not at an event
  std::string trigger;                    ///< id of the event at which it fired
  std::vector<ConditionTold> conditions;  ///< of that event
  std::vector<EventFacts> events;         ///< behind it, as far as they are among the inputs
  std::vector<std::string> notes;         ///< what could not be found out, and what to do
};

/// Gives an alert again from the inputs of its city, in an engine of its own. Not thread-safe.
class AlertStory {
 public:
  AlertStory(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference,
             engine::Options options, Language language, PlaceId city);
  AlertStory(const AlertStory&) = delete;

  /// With a wall clock in the service, alerts begin at moments that inputs do not tell: with `like`, the one of that
  /// rule and scope is taken that begins nearest to it.
  void expect_like(AlertStep like) { like_ = std::move(like); }

  /// Applies the inputs of the city, and looks for the alert. `until`: as replay.
  [[nodiscard]] Result<void> play(const std::string& alert, const Inputs& inputs, std::optional<TimePoint> until);
  /// Steps that play() saw; empty: the inputs do not give the alert.
  [[nodiscard]] const std::vector<CommittedStep>& steps() const noexcept { return steps_; }
  /// Ids of the alerts that play() saw, the latest last.
  [[nodiscard]] const std::vector<std::string>& seen() const noexcept { return seen_; }
  [[nodiscard]] bool any_input() const noexcept { return any_input_; }
  /// Puts in what is known of the alert: how it fired, and its events, which are looked for in the inputs.
  [[nodiscard]] Result<void> complete(AlertTold& told, const Inputs& inputs);

 private:
  void see(const engine::City& city, const engine::Pattern& pattern, std::span<const engine::RecordId> behind);
  void follow(TimePoint received);
  void gather();

  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const Reference> reference_;
  Language language_;
  PlaceId city_;
  std::string alert_;
  std::optional<AlertStep> like_;
  std::optional<Duration> nearest_;
  AlertTold found_;
  std::vector<CommittedStep> steps_;
  std::vector<std::string> seen_;
  bool any_input_ = false;
  Processor processor_;
};

}  // namespace kentongan::app::explain
