// SPDX-License-Identifier: Apache-2.0
#include "app/period/digest.hpp"

#include <filesystem>

#include "app/explain/alert_reader.hpp"
#include "codec/json_view.hpp"

namespace kentongan::app::period_report {
namespace {

constexpr int kDeepest = 64;

/// Only the engine can say these of an event.
bool needs_state(RejectReason reason) {
  return reason == RejectReason::unknown_alert || reason == RejectReason::too_old || reason == RejectReason::future;
}

std::optional<RejectReason> reason_named(std::string_view name) {
  for (std::size_t i = 0; i < kRejectReasons; ++i) {
    if (name_of(static_cast<RejectReason>(i)) == name) return static_cast<RejectReason>(i);
  }
  return std::nullopt;
}

period::AlertDigest::FamilyOf family_of(const LoadedRules& loaded) {
  std::map<std::string, std::string, std::less<>> families;
  for (const rules::Rule& rule : loaded.rules.set->rules) {
    families.emplace(rule.id.value(), std::filesystem::path(rule.file).stem().string());
  }
  return [families = std::move(families)](std::string_view rule) {
    const auto found = families.find(rule);
    return found == families.end() ? std::string() : found->second;
  };
}

engine::Options not_saved(engine::Options options) {
  options.durable = false;
  return options;
}

}  // namespace

Digest::Digest(const LoadedRules& loaded, const period::Span& span, const engine::Options& options)
    : loaded_(loaded),
      span_(span),
      decoder_(loaded.reference),
      processor_(loaded.rules.set, loaded.reference, not_saved(options)),
      inputs_(*loaded.reference, span, figures_),
      alerts_(*loaded.reference, span, figures_, family_of(loaded)),
      levels_(span, figures_) {}

void Digest::input(std::string_view raw, std::optional<TimePoint> wall, const std::set<std::string>* refused) {
  if (wall) processor_.engine().follow_wall_clock(*wall, processor_.effects());
  count_input(raw, processor_.take(raw), refused);
}

void Digest::count_input(std::string_view raw, Verdict verdict, const std::set<std::string>* refused) {
  std::optional<RejectReason> reason;
  if (verdict == Verdict::dead_letter) {
    const Output& output = processor_.effects().outputs.back();
    reason = std::get<DeadLetter>(output.data).rejection.reason;
    if (refused != nullptr && needs_state(*reason) && !refused->contains(output.id)) {
      verdict = Verdict::applied;
      reason.reset();
    }
  }
  const auto event = decoder_.decode(raw);
  if (event) {
    inputs_.take(*event, verdict, reason);
  } else {
    inputs_.take_dead_letter(event.error().reason, event.error().time);
  }
}

void Digest::too_large(std::string_view beginning) {
  processor_.take_too_large(beginning, codec::DecodeLimits{}.max_bytes);
  inputs_.take_dead_letter(RejectReason::too_large, std::nullopt);
}

void Digest::advance(TimePoint until) { processor_.engine().advance(until, processor_.effects()); }

void Digest::take_effects() {
  for (const Output& output : processor_.effects().outputs) {
    if (const auto* step = std::get_if<AlertStep>(&output.data)) alerts_.take(*step, output.time, step->first_symptom);
    if (const auto* risk = std::get_if<RiskChange>(&output.data)) levels_.take(risk->area, risk->level, output.time);
  }
  processor_.effects().clear();
}

void Digest::keep_symptoms() {
  for (const Output& output : processor_.effects().outputs) {
    const auto* step = std::get_if<AlertStep>(&output.data);
    if (step == nullptr || step->step != AlertStepKind::fired || !step->first_symptom) continue;
    if (span_.holds(output.time)) symptoms_.insert_or_assign(step->alert.value(), *step->first_symptom);
  }
  processor_.effects().clear();
}

void Digest::committed(std::string_view event) {
  if (const auto told = explain::read_alert_step(event)) {
    std::optional<TimePoint> symptom;
    const auto known = symptoms_.find(told->step.alert.value());
    if (told->step.step == AlertStepKind::fired && known != symptoms_.end()) symptom = known->second;
    return alerts_.take(told->step, told->time, symptom);
  }
  if (json_.read(event, kDeepest)) return;
  const codec::JsonView whole(json_, 0);
  const auto time = parse_rfc3339(whole["time"].text());
  const auto data = whole["data"];
  if (!time || !data) return;
  if (whole["type"].text() == "kentongan.deadletter.v1") {
    const auto reason = reason_named(data["reason"].text());
    if (reason) inputs_.take_dead_letter(*reason, *time == TimePoint{} ? std::nullopt : time);
    return;
  }
  const auto place = loaded_.reference->find_place(data["area"].text());
  const auto level = level_named(data["level"].text());
  if (whole["type"].text() == "kentongan.risk.v1" && place && level) levels_.take(*place, *level, *time);
}

std::string Digest::stateful_dead_letter(std::string_view event) {
  if (json_.read(event, kDeepest)) return {};
  const codec::JsonView whole(json_, 0);
  const auto data = whole["data"];
  const auto reason = data ? reason_named(data["reason"].text()) : std::nullopt;
  return reason && needs_state(*reason) ? whole["id"].text() : std::string();
}

period::Figures Digest::finish() {
  inputs_.finish();
  alerts_.finish();
  levels_.finish();
  return std::move(figures_);
}

}  // namespace kentongan::app::period_report
