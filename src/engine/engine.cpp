// SPDX-License-Identifier: Apache-2.0
#include "engine/engine.hpp"

namespace kentongan::engine {

Engine::Engine(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference, Options options)
    : context_(std::move(rules), std::move(reference), options) {}

Effects Engine::effects() const {
  Effects effects;
  effects.rules.resize(context_.rules().rules.size());
  return effects;
}

City& Engine::city_of(PlaceId id) {
  if (last_ != nullptr && last_->id() == id) return *last_;
  auto& slot = cities_[id];
  if (!slot) slot = std::make_unique<City>(context_, evaluator_, id);
  last_ = slot.get();
  return *slot;
}

Judged Engine::apply(const Event& event, Effects& effects) {
  const bool ahead = wall_ && event.time > *wall_ + context_.options().future_tolerance;
  return city_of(event.city).apply(event, ahead, effects);
}

void Engine::follow_wall_clock(TimePoint now, Effects& effects) {
  wall_ = now;
  for (const PlaceId id : owned()) {
    City& city = city_of(id);
    city.start(now);
    city.advance(now, effects);
  }
}

void Engine::advance(TimePoint until, Effects& effects) {
  for (auto& [id, city] : cities_) {
    if (city->started()) city->advance(until, effects);
  }
}

std::vector<StateChange> Engine::take_changes() {
  std::vector<StateChange> changes;
  for (auto& [id, city] : cities_) {
    if (city->started()) city->collect_changes(changes);
  }
  return changes;
}

bool Engine::restore(std::string_view city, std::string_view kind, std::string_view key, std::string_view value) {
  const auto id = context_.reference().find_place(city);
  // A city that is no longer in the reference data: its state is left where it is.
  if (!id) return true;
  return city_of(*id).restore(kind, key, value);
}

bool Engine::finish_restore() {
  for (auto& [id, city] : cities_) {
    if (!city->finish_restore()) return false;
  }
  return true;
}

void Engine::settle_rules(Effects& effects) {
  for (auto& [id, city] : cities_) city->settle_rules(effects);
}

std::map<std::string, RuleStateKept, std::less<>> Engine::kept() const {
  std::map<std::string, RuleStateKept, std::less<>> all;
  for (const auto& [id, city] : cities_) {
    for (const auto& [rule, kept] : city->kept()) all[rule] += kept;
  }
  return all;
}

std::vector<PlaceView> Engine::areas() const {
  std::vector<PlaceView> views;
  for (const PlaceId id : owned()) {
    const City* found = city(id);
    const bool started = found != nullptr && found->started();
    for (const PlaceId area : context_.reference().place(id).areas) {
      views.push_back(started ? found->view(area, 0) : PlaceView{area, 0, Level::aman, false, {}});
    }
  }
  return views;
}

PlaceView Engine::view(PlaceId place) const {
  const City* found = city(context_.reference().place(place).city);
  if (found == nullptr || !found->started()) return PlaceView{place, 0, Level::aman, false, {}};
  return found->view(place, 5);
}

const City* Engine::city(PlaceId id) const {
  const auto found = cities_.find(id);
  return found == cities_.end() ? nullptr : found->second.get();
}

std::size_t Engine::remembered() const {
  std::size_t count = 0;
  for (const auto& [id, city] : cities_) count += city->remembered();
  return count;
}

}  // namespace kentongan::engine
