// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/output.hpp"
#include "engine/city.hpp"
#include "engine/context.hpp"
#include "engine/effects.hpp"
#include "rules/evaluator.hpp"

namespace kentongan::engine {

/// The engine: events in, effects out. Pure: it has no thread, clock, file, socket or log; time comes in.
/// The same inputs in the same order give the same effects, byte for byte.
///
/// Not thread-safe: one engine per shard. What it emits has happened only when the caller has committed it;
/// a caller that cannot commit throws the engine away and restores another one.
class Engine {
 public:
  Engine(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference, Options options);

  /// Applies one decoded event. Outputs go to `effects` (appended).
  [[nodiscard]] Judged apply(const Event& event, Effects& effects);

  /// Only these cities exist here; the others are another engine's. Default: all of the reference data.
  void own(std::vector<PlaceId> cities) { owned_ = std::move(cities); }
  [[nodiscard]] const std::vector<PlaceId>& owned() const noexcept {
    return owned_ ? *owned_ : context_.reference().cities;
  }

  /// With a wall clock: every city's clock moves on to at least `now`. From the first call on, events further
  /// ahead than Options::future_tolerance are refused and all cities exist.
  void follow_wall_clock(TimePoint now, Effects& effects);
  /// Moves every city that has had an event on to `until` (never back), in the order of their codes.
  void advance(TimePoint until, Effects& effects);

  /// A fresh Effects with room for the counts of this rule set.
  [[nodiscard]] Effects effects() const;

  /// State that changed since the last call, to be committed with the outputs.
  [[nodiscard]] std::vector<StateChange> take_changes();
  /// Each saved record once, in any order, then finish_restore(). Returns false for a record that a newer
  /// version wrote.
  [[nodiscard]] bool restore(std::string_view city, std::string_view kind, std::string_view key,
                             std::string_view value);
  [[nodiscard]] bool finish_restore();
  /// After a restore: what follows at once from rules or reference data that are not those under which the state was
  /// saved; nothing, when they are the same.
  void settle_rules(Effects& effects);
  /// What the restore kept and dropped, by rule id; rules of which nothing was known are not there.
  [[nodiscard]] std::map<std::string, RuleStateKept, std::less<>> kept() const;

  /// Every kelurahan of its cities, by code; decayed to its city's clock.
  [[nodiscard]] std::vector<PlaceView> areas() const;
  /// One place with its largest contributions.
  [[nodiscard]] PlaceView view(PlaceId place) const;
  [[nodiscard]] const City* city(PlaceId id) const;
  [[nodiscard]] std::size_t remembered() const;
  [[nodiscard]] const Context& context() const noexcept { return context_; }

 private:
  City& city_of(PlaceId id);

  Context context_;
  rules::Evaluator evaluator_{context_.reference()};
  std::map<PlaceId, std::unique_ptr<City>> cities_;
  std::optional<TimePoint> wall_;
  std::optional<std::vector<PlaceId>> owned_;  ///< in the order of the reference data
  City* last_ = nullptr;                       ///< of the last event: most events come in runs of one city
};

}  // namespace kentongan::engine
