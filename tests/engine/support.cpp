// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <stdexcept>

#include "codec/writer.hpp"
#include "rules/diagnostic_output.hpp"
#include "rules/loader.hpp"

namespace kentongan::engine::testing {
namespace {

PlaceKind kind_of(std::string_view code) {
  if (code.size() == 5) return PlaceKind::city;
  return code.size() == 8 ? PlaceKind::district : PlaceKind::area;
}

std::shared_ptr<const Reference> make_town() {
  static constexpr std::array<std::string_view, 12> codes{
      "35.73",         "35.73.01",      "35.73.01.1001", "35.73.01.1002", "35.73.01.1003", "35.73.02",
      "35.73.02.1004", "35.73.02.1005", "35.79",         "35.79.01",      "35.79.01.1001", "35.79.01.1002"};
  const auto zone = std::make_shared<const LocalZone>(
      "Asia/Jakarta", std::vector<LocalZone::Transition>{{TimePoint{}, std::chrono::hours(7)}});
  auto reference = std::make_shared<Reference>();
  PlaceId city, district;
  for (std::uint32_t i = 0; i < codes.size(); ++i) {
    const PlaceId id{i};
    Place place;
    place.kind = kind_of(codes[i]);
    place.code = codes[i];
    place.name = fmt::format("Place {}", codes[i].substr(codes[i].size() - 2));
    if (place.kind == PlaceKind::city) reference->cities.push_back(city = id);
    if (place.kind == PlaceKind::district) district = id;
    place.city = city;
    place.parent = place.kind == PlaceKind::area ? district : city;
    place.zone = zone;
    reference->places.push_back(std::move(place));
    if (kind_of(codes[i]) == PlaceKind::district) reference->places[city.value()].districts.push_back(id);
    if (kind_of(codes[i]) != PlaceKind::area) continue;
    for (const PlaceId holder : {city, district, id}) reference->places[holder.value()].areas.push_back(id);
  }
  const auto neighbours = [&](std::uint32_t a, std::uint32_t b) {
    reference->places[a].neighbours.push_back(PlaceId{b});
    reference->places[b].neighbours.push_back(PlaceId{a});
  };
  neighbours(2, 3);
  neighbours(3, 4);
  neighbours(4, 6);
  reference->categories = builtin_categories();
  const auto stage = [&](std::string_view name, std::string_view first, std::string_view last) {
    reference->stages.push_back({"pilkada2024", std::string(name), *parse_day(first), *parse_day(last)});
  };
  stage("campaign", "2024-09-25", "2024-11-12");
  stage("quiet_period", "2024-11-13", "2024-11-14");
  stage("voting", "2024-11-16", "2024-11-16");
  stage("recapitulation", "2024-11-16", "2024-11-20");
  reference->days = {{*parse_day("2024-11-16"), "holiday", "Pemungutan suara"},
                     {*parse_day("2024-11-11"), "debate", "Debat publik"}};
  reference->sites.push_back({"store", "Gudang", PlaceId{6}, "store", std::nullopt});
  reference->polling_stations[PlaceId{6}] = {{"001", std::nullopt}, {"002", std::nullopt}};
  reference->routes = {{{}, Level::waspada, {"lurah"}}, {{"intimidation"}, Level::siaga, {"polsek", "lurah"}}};
  reference->roles = {"bakesbangpol", "camat", "lurah", "polsek"};
  reference->build_indexes();
  return reference;
}

}  // namespace

std::shared_ptr<const Reference> town() {
  static const std::shared_ptr<const Reference> reference = make_town();
  return reference;
}

std::shared_ptr<const rules::RuleSet> rules_of(std::string_view yaml,
                                               const std::shared_ptr<const Reference>& reference) {
  const rules::Loaded loaded = rules::load({{"test.yaml", "version: 1\n" + std::string(yaml)}}, *reference);
  if (!loaded.set) throw std::runtime_error(rules::to_text(loaded.diagnostics));
  return loaded.set;
}

TimePoint start() { return *parse_rfc3339("2024-11-10T08:00:00+07:00"); }

TimePoint at(std::string_view offset) {
  const bool before = offset.starts_with('-');
  const auto duration = parse_duration(before ? offset.substr(1) : offset);
  if (!duration) throw std::runtime_error(fmt::format("no offset: {}", offset));
  return before ? start() - *duration : start() + *duration;
}

std::string rfc3339(TimePoint time) { return format_rfc3339(time, std::chrono::hours(7)); }

std::string event(std::string_view type, std::string_view id, TimePoint time, std::string_view data,
                  std::string_view source) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"{}","type":"kentongan.{}.v1","time":"{}","data":{{{}}}}})", id,
      source, type, rfc3339(time), data);
}

std::string report(std::string_view id, TimePoint time, const R& data, std::string_view source) {
  std::string text = fmt::format(R"("area":"{}","source":"{}","content":{})", data.area, data.source, data.content);
  if (!data.category.empty()) text += fmt::format(R"(,"category":"{}","severity":{})", data.category, data.severity);
  const std::string home = data.household.empty() ? "" : fmt::format(R"(,"household":"{}")", data.household);
  if (!data.reporter.empty()) text += fmt::format(R"(,"reporter":{{"ref":"{}"{}}})", data.reporter, home);
  if (!data.status.empty()) text += fmt::format(R"(,"status":"{}")", data.status);
  if (!data.corrects.empty()) text += fmt::format(R"(,"corrects":"{}")", data.corrects);
  if (!data.more.empty()) text += "," + data.more;
  return event("report", id, time, text, source);
}

std::string refutation(std::string_view id, TimePoint time, std::string_view corrects, std::string_view area) {
  return event("report", id, time, fmt::format(R"("area":"{}","status":"refuted","corrects":"{}")", area, corrects));
}

std::string action(std::string_view id, TimePoint time, std::string_view alert, std::string_view what,
                   std::string_view more) {
  return event("action", id, time,
               fmt::format(R"("alert":"{}","action":"{}","actor":{{"ref":"o-1","role":"lurah"}}{}{})", alert, what,
                           more.empty() ? "" : ",", more));
}

Play::Play(std::shared_ptr<const rules::RuleSet> rules, Options options, std::shared_ptr<const Reference> reference)
    : rules_(std::move(rules)),
      reference_(std::move(reference)),
      options_(options),
      decoder_(reference_),
      engine_(std::make_unique<Engine>(rules_, reference_, options_)),
      effects_(engine_->effects()) {}

std::string Play::take(const std::string& raw) {
  const auto decoded = decoder_.decode(raw);
  if (!decoded) return fmt::format("dead_letter {} {}", name_of(decoded.error().reason), decoded.error().pointer);
  const Judged judged = engine_->apply(*decoded, effects_);
  note_alerts();
  if (judged.verdict != Verdict::dead_letter) return std::string(name_of(judged.verdict));
  return fmt::format("dead_letter {} {}", name_of(judged.rejection->reason), judged.rejection->pointer);
}

void Play::until(TimePoint time) {
  engine_->advance(time, effects_);
  note_alerts();
}

void Play::note_alerts() {
  for (const Output& output : effects_.outputs) {
    const auto* step = std::get_if<AlertStep>(&output.data);
    if (step != nullptr && step->step == AlertStepKind::fired) last_alerts_[step->rule] = step->alert.value();
  }
}

std::string Play::last_alert(std::string_view rule) const {
  const auto found = last_alerts_.find(rule);
  return found == last_alerts_.end() ? "" : found->second;
}

std::vector<Output> Play::outputs() { return std::exchange(effects_.outputs, {}); }

std::vector<std::string> Play::lines() {
  std::vector<std::string> lines;
  for (const Output& output : outputs()) codec::write_output(lines.emplace_back(), output, *reference_);
  return lines;
}

std::vector<std::string> Play::log() {
  std::vector<std::string> log;
  for (const Output& output : outputs()) {
    const std::string when = format_duration(output.time - start());
    if (const auto* risk = std::get_if<RiskChange>(&output.data)) {
      log.push_back(fmt::format("{} risk {} {}->{}", when, reference_->place(risk->area).code, name_of(risk->previous),
                                name_of(risk->level)));
      continue;
    }
    const auto& step = std::get<AlertStep>(output.data);
    std::string line =
        fmt::format("{} {} {} {} {}", when, name_of(step.step), step.rule, step.scope.key, name_of(step.level));
    if (step.state == AlertState::acknowledged) line += " acknowledged";
    if (step.tier != 0) line += fmt::format(" tier={}", step.tier);
    if (step.proposed) line += " proposed";
    if (step.shadow) line += " shadow";
    if (!step.to.empty()) line += fmt::format(" to={}", fmt::join(step.to, ","));
    log.push_back(std::move(line));
  }
  return log;
}

double Play::score(std::string_view code) const { return engine_->view(*reference_->find_place(code)).score; }
Level Play::level(std::string_view code) const { return engine_->view(*reference_->find_place(code)).level; }

std::vector<std::string> Play::open() const {
  std::vector<std::string> open;
  for (const PlaceId id : reference_->cities) {
    const City* city = engine_->city(id);
    if (city == nullptr) continue;
    for (std::uint32_t rule = 0; rule < rules_->rules.size(); ++rule) {
      for (const Pattern* pattern : city->patterns_of(RuleIndex{rule})) {
        if (!pattern->episode) continue;
        open.push_back(fmt::format("{} {}", rules_->rules[rule].id.value(), pattern->scope.key(*reference_)));
      }
    }
  }
  std::sort(open.begin(), open.end());
  return open;
}

void Play::save(SavedState& saved) {
  for (StateChange& change : engine_->take_changes()) {
    auto key = std::tuple(std::move(change.city), std::move(change.kind), std::move(change.key));
    if (change.value) {
      saved[std::move(key)] = *std::move(change.value);
    } else {
      saved.erase(key);
    }
  }
}

void Play::restart(const SavedState& saved) {
  engine_ = std::make_unique<Engine>(rules_, reference_, options_);
  effects_ = engine_->effects();
  for (const auto& [key, value] : saved) {
    const auto& [city, kind, name] = key;
    if (!engine_->restore(city, kind, name, value)) throw std::runtime_error("a saved record cannot be restored");
  }
  if (!engine_->finish_restore()) throw std::runtime_error("the saved state cannot be restored");
  engine_->settle_rules(effects_);
}

void Play::restart(const SavedState& saved, std::shared_ptr<const rules::RuleSet> rules) {
  rules_ = std::move(rules);
  restart(saved);
}

}  // namespace kentongan::engine::testing
