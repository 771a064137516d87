// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/level.hpp"
#include "domain/reference.hpp"
#include "rules/cel/activation.hpp"
#include "rules/expression.hpp"

namespace kentongan::rules {

/// The risk of places as it is at the moment of an evaluation.
class RiskView {
 public:
  virtual ~RiskView() = default;
  [[nodiscard]] virtual double score(PlaceId place) const = 0;
  [[nodiscard]] virtual Level level(PlaceId place) const = 0;
};

/// What lifted a level, as far as it may be told: no report, no reporter, no free text.
struct Cause {
  std::string category;  ///< id of the category that weighs most
  std::string rule;      ///< id of the score rule that weighs most
  LocalText titles;      ///< of at most three categories, the heaviest first
};

/// What an expression is evaluated about. A view: what it points to must outlive the evaluations. A null pointer,
/// or none, means that what it would say is missing.
struct Situation {
  const Event* event = nullptr;
  TimePoint time;  ///< of the event; of a correction that of the report whose place it takes
  TimePoint now;   ///< the city's clock
  PlaceId place;   ///< what `area` means
  const RiskView* risks = nullptr;
  const Event* previous = nullptr;  ///< of the event's consignment
  const Event* first = nullptr;
  const Event* a = nullptr;  ///< the two of a clash
  const Event* b = nullptr;
  std::optional<std::int64_t> count, distinct;  ///< of an alert
  std::optional<Level> level;
  std::string_view scope_kind, scope_key;  ///< empty: no alert
  const Cause* cause = nullptr;            ///< of the alert of a level rule
};

/// The stage that runs on this day: the one that began last, of two the shorter; null outside all stages.
[[nodiscard]] const Stage* running_stage(const Reference& reference, LocalDay day);

/// Answers the names of expressions from a situation. Allocates only for lists, and only until its buffers have grown.
/// Not thread-safe.
class SituationActivation final : public cel::Activation {
 public:
  explicit SituationActivation(const Reference& reference) : reference_(&reference) {}

  /// The situation must outlive the evaluations.
  void set(const Situation& situation) { situation_ = &situation; }

  [[nodiscard]] cel::Value load(cel::SlotId slot) const override;
  [[nodiscard]] bool is_present(cel::SlotId slot) const override;

  [[nodiscard]] const Reference& reference() const { return *reference_; }
  [[nodiscard]] const Situation& situation() const { return *situation_; }
  [[nodiscard]] const LocalZone& zone() const { return *reference_->place(situation_->place).zone; }

 private:
  [[nodiscard]] const Event* event_of(SlotGroup group) const;
  [[nodiscard]] cel::Value of_event(SlotGroup group, std::uint8_t number) const;
  [[nodiscard]] cel::Value of_name(Name name) const;
  [[nodiscard]] cel::Value of_stage(Name name) const;
  [[nodiscard]] cel::Value of_cause(Name name) const;
  [[nodiscard]] cel::Value tps_known() const;

  const Reference* reference_;
  const Situation* situation_ = nullptr;
  mutable std::array<std::vector<cel::Value>, kSlotGroups> lists_;
};

/// Milliseconds since 1970 as CEL has them.
[[nodiscard]] cel::Value to_value(TimePoint time);
/// The moment, its nanoseconds cut to milliseconds.
[[nodiscard]] TimePoint to_time(cel::Timestamp time);

}  // namespace kentongan::rules
