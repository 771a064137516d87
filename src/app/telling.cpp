// SPDX-License-Identifier: Apache-2.0
#include "app/telling.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "app/log/line.hpp"

namespace kentongan::app {
namespace {

/// A shard that has not come for so long is stuck.
constexpr auto kStuck = std::chrono::seconds(10);

/// Names of polling stations and campaigns and values of fields came from outside and may hold anything: the log does
/// not repeat them. The alert's id leads to them.
std::string_view scope_in_log(const Scope& scope) {
  switch (scope.kind) {
    case ScopeKind::area:
    case ScopeKind::district:
    case ScopeKind::city:
    case ScopeKind::area_day:
    case ScopeKind::district_day:
    case ScopeKind::city_day:
      return scope.key;
    case ScopeKind::polling_station:
    case ScopeKind::consignment:
    case ScopeKind::campaign:
    case ScopeKind::campaign_pair:
    case ScopeKind::fields:
      return name_of(scope.kind);
  }
  return {};
}

}  // namespace

void Board::put(std::size_t shard, telemetry::Snapshot snapshot, const Lag& lag) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  parts_[shard] = {std::move(snapshot), lag, now};
  telemetry::Snapshot sum;
  Lag all;
  bool alive = true;
  for (const Part& part : parts_) {
    add(sum, part.snapshot);
    all.records += part.lag.records;
    all.age = std::max(all.age, part.lag.age);
    all.partitions += part.lag.partitions;
    alive = alive && now - part.when < kStuck;
  }
  metrics_.set_consumer_lag(all.records);
  metrics_.set_consumer_lag_age(all.age);
  metrics_.set_partitions(all.partitions);
  metrics_.publish(std::move(sum));
  if (alive) metrics_.beat();
}

ShardTelling::ShardTelling(telemetry::Metrics& metrics, Board& board, std::size_t index, const RuleBook& book,
                           std::function<Lag()> lag)
    : metrics_(metrics), board_(board), index_(index), book_(book), lag_(std::move(lag)) {}

void ShardTelling::restored(std::chrono::nanoseconds took, const engine::Engine& engine) {
  metrics_.set_restore_duration(took);
  spdlog::info("msg=restored shard={} cities={} ms={}", index_, engine.owned().size(),
               std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  const auto rules = book_.current();
  if (rules->version == told_version_) return;
  told_version_ = rules->version;
  tell_kept(engine, *rules);
}

/// Of rules that changed, and of those that lost something; of the others all is kept.
void ShardTelling::tell_kept(const engine::Engine& engine, const RulesInUse& rules) {
  const auto all = engine.kept();
  for (const auto& [rule, kept] : all) {
    const bool changed = std::binary_search(rules.changed.begin(), rules.changed.end(), rule);
    if (!changed && kept.scopes_dropped == 0 && !kept.window_dropped) continue;
    spdlog::info(
        "msg=\"state of a changed rule\" shard={} rule={} scopes_kept={} alerts_kept={} scopes_dropped={} "
        "alerts_ended={} events={}",
        index_, rule, kept.scopes, kept.alerts, kept.scopes_dropped, kept.alerts_ended,
        kept.window_dropped ? "dropped" : "kept");
  }
}

void ShardTelling::committed(const Tally& tally, const std::vector<Output>& outputs, std::size_t records,
                             std::chrono::nanoseconds took) {
  last_error_.clear();
  metrics_.observe_commit(took, records);
  for (std::size_t type = 0; type < tally.by_type.size(); ++type) {
    for (std::size_t verdict = 0; verdict < kVerdicts; ++verdict) {
      const std::uint64_t events = tally.by_type[type][verdict];
      if (events == 0) continue;
      const auto known = type == Tally::kUnknownType ? std::nullopt : std::optional(static_cast<EventType>(type));
      metrics_.count_events(known, static_cast<Verdict>(verdict), events);
    }
  }
  for (const Output& output : outputs) {
    if (const auto* step = std::get_if<AlertStep>(&output.data)) {
      count_alert(*step, output.time);
    } else if (const auto* dead = std::get_if<DeadLetter>(&output.data)) {
      metrics_.count_dead_letter(dead->rejection.reason);
    }
  }
}

void ShardTelling::count_alert(const AlertStep& step, TimePoint time) {
  metrics_.count_alert_step(step.level, step.step);
  if (step.step == AlertStepKind::fired) snapshots_.count_fired(step.rule);
  if (step.first_symptom) metrics_.observe_symptom_to_alert(time - *step.first_symptom);
  if (step.first_answer && !step.shadow) metrics_.observe_acknowledge(step.level, time - step.since);
  if (step.step == AlertStepKind::resolved && !step.shadow) metrics_.observe_resolve(step.level, time - step.since);
  spdlog::info("msg=alert alert={} step={} rule={} level={} scope={}", step.alert.value(), name_of(step.step),
               step.rule, name_of(step.level), log_text(scope_in_log(step.scope)));
}

void ShardTelling::commit_failed(const Error& error) {
  metrics_.count_commit_failure();
  // The same trouble comes back with every try; once is enough.
  if (error.message == last_error_) return;
  last_error_ = error.message;
  spdlog::error("msg=\"nothing was committed; the inputs will be read again\" error=\"{}\"", error.message);
}

void ShardTelling::committed_since(TimePoint stored, std::size_t records) {
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  metrics_.observe_event_to_alert(std::max(now - stored, Duration{0}), records);
}

void ShardTelling::pulse(const engine::Engine& engine, const EngineCounts& counts) {
  telemetry::Snapshot snapshot = snapshots_.make(engine, counts);
  // While a reload is on its way the shard still has what it had before.
  const auto in_use = book_.current();
  if (in_use->loaded.rules.set.get() == &engine.context().rules()) rules_version_ = in_use->version;
  snapshot.rules_version = rules_version_;
  board_.put(index_, std::move(snapshot), lag_());
}

}  // namespace kentongan::app
