// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/reference.hpp"
#include "duty/plan.hpp"
#include "duty/roster.hpp"

namespace kentongan::duty {

struct Settings {
  Duration group_wait = std::chrono::seconds(30);  ///< the first message of a cause waits so long for others; awas none
  Duration group_window = std::chrono::minutes(15);  ///< of one cause a person gets one message in this time; awas not
};

/// Turns the steps of alerts into messages to people, as plain data. Pure: time comes in, no I/O, no randomness; the
/// same roster, steps and moments in the same order give the same plan. Not thread-safe.
///
/// To be used as a consumer of the alert log: take() each step, then advance() to the clock; keep save() in the same
/// transaction as what was planned and the offset behind the last step.
class Planner {
 public:
  Planner(std::shared_ptr<const Roster> roster, std::shared_ptr<const Reference> reference, Settings settings = {});
  ~Planner();
  Planner(Planner&&) noexcept;
  Planner& operator=(Planner&&) noexcept;

  /// A step that was committed as the event `id` at `time`. First, what was due before that time is planned. A step
  /// that was taken before plans nothing.
  void take(std::string_view id, const AlertStep& step, TimePoint time, Plan& plan);
  /// What is due up to and at this time: groups and digests. Time never goes back.
  void advance(TimePoint now, Plan& plan);
  /// When advance() next has something to plan.
  [[nodiscard]] std::optional<TimePoint> next_due() const;

  /// All channels of a delivery's person failed: the same is told to the fallback of the person's roles, to whoever has
  /// not been told yet; where nobody is left, to nobody.
  void unreachable(const Delivery& delivery, TimePoint now, Plan& plan);

  /// Another roster or other reference data from now on; what waits is told to those to whom it was promised, as long
  /// as they are in it.
  void replace(std::shared_ptr<const Roster> roster, std::shared_ptr<const Reference> reference);

  /// Opaque bytes of a versioned schema; the same state gives the same bytes.
  [[nodiscard]] std::string save() const;
  /// False: not readable or of a newer version; the planner is then as before.
  [[nodiscard]] bool restore(std::string_view bytes);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kentongan::duty
