// SPDX-License-Identifier: Apache-2.0
#include "rules/risk_section.hpp"

#include <optional>

#include <fmt/format.h>

#include "rules/map_reader.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// A map inside `risk`; none when it is absent or no map.
std::optional<MapReader> part(const MapReader& risk, std::string_view name, const KeyTable& table) {
  const Node* node = risk.value(name);
  if (node == nullptr || !expect_map(risk.findings(), *node, table.place)) return std::nullopt;
  return MapReader(risk.findings(), *node, table, risk.key(name));
}

void read_thresholds(const MapReader& levels, RiskModel& model) {
  Findings& findings = levels.findings();
  for (std::size_t i = 1; i < kLevels; ++i) {
    const Node* node = levels.value(kLevelNames[i]);
    if (node == nullptr) continue;
    const auto value = read_number(findings, *node, say("`{}`", kLevelNames[i]), {.least = 0, .open_below = true});
    if (value) model.thresholds[i] = *value;
  }
  for (std::size_t i = 2; i < kLevels; ++i) {
    if (model.thresholds[i] > model.thresholds[i - 1]) continue;
    const Node* upper = levels.value(kLevelNames[i]);
    const Node* at = upper != nullptr ? upper : levels.value(kLevelNames[i - 1]);
    findings.error(at->offset, "levels-not-rising",
                   say("the levels must rise: {} begins at {}, {} at {}", kLevelNames[i - 1], model.thresholds[i - 1],
                       kLevelNames[i], model.thresholds[i]),
                   "give each level a higher score than the one before it");
    return;
  }
}

void read_independent(const MapReader& independent, RiskModel& model) {
  for (std::size_t i = 1; i < kLevels; ++i) {
    const Node* node = independent.value(kLevelNames[i]);
    if (node == nullptr) continue;
    const auto what = say("`{}`", kLevelNames[i]);
    if (const auto value = read_integer(independent.findings(), *node, what, 0, 1000)) {
      model.independent[i] = static_cast<int>(*value);
    }
  }
}

void read_voice(const MapReader& voice, RiskModel& model) {
  if (const Node* factor = voice.value("factor")) {
    const auto value = read_number(voice.findings(), *factor, "`factor`", {.least = 0, .most = 1});
    model.voice_factor = value.value_or(model.voice_factor);
  }
  if (const Node* within = voice.value("within")) {
    const auto value = read_duration(voice.findings(), *within, "`within`", ZeroDuration::refused);
    model.voice_within = value.value_or(model.voice_within);
  }
}

void read_factors(const MapReader& factors, const KeyTable& table, std::array<double, 6>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string_view name = table.keys[i].name;
    const Node* node = factors.value(name);
    if (node == nullptr) continue;
    values[i] = read_number(factors.findings(), *node, say("`{}`", name), {.least = 0}).value_or(values[i]);
  }
}

}  // namespace

RiskModel compile_risk(Findings& findings, const Node& key, const Node& risk) {
  RiskModel model;
  if (!expect_map(findings, risk, "`risk`")) return model;
  const MapReader keys(findings, risk, kRiskKeys, &key);
  if (const auto levels = part(keys, "levels", kRiskLevelKeys)) read_thresholds(*levels, model);
  if (const auto independent = part(keys, "independent", kIndependentKeys)) read_independent(*independent, model);
  if (const auto voice = part(keys, "voice", kVoiceKeys)) read_voice(*voice, model);
  if (const auto source = part(keys, "source", kSourceKeys)) read_factors(*source, kSourceKeys, model.source);
  if (const auto content = part(keys, "content", kContentKeys)) read_factors(*content, kContentKeys, model.content);
  if (const Node* leave_at = keys.value("leave_at")) {
    const auto value = read_number(findings, *leave_at, "`leave_at`", {.least = 0, .most = 1, .open_below = true});
    model.leave_at = value.value_or(model.leave_at);
  }
  if (const Node* rollup = keys.value("rollup")) {
    const auto word = read_word(findings, *rollup, "`rollup`", {"max", "sum"});
    if (word) model.rollup = static_cast<Rollup>(*word);
  }
  return model;
}

}  // namespace kentongan::rules
