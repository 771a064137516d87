// SPDX-License-Identifier: Apache-2.0
// What an event touches in the engine: sums of a score, windows of some size, and state that is saved and restored.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "codec/decoder.hpp"
#include "engine/engine.hpp"
#include "rules/loader.hpp"
#include "rules/reference_loader.hpp"

namespace {

using namespace kentongan;

std::shared_ptr<const Reference> city() {
  static const auto loaded = rules::load_reference(KENTONGAN_SOURCE_DIR "/rules/reference").reference;
  if (loaded == nullptr) std::abort();
  return loaded;
}

void score_add_and_look(benchmark::State& state) {
  const Duration half_life = std::chrono::days(3);
  engine::DecayedSum sum;
  TimePoint now{std::chrono::hours(480'000)};
  double seen = 0;
  for (auto _ : state) {
    now += std::chrono::seconds(1);
    sum.add(now, 4.5, half_life);
    sum.prune(now, half_life);
    benchmark::DoNotOptimize(seen += sum.at(now, half_life));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(score_add_and_look);

std::shared_ptr<const rules::RuleSet> rule_set(const std::string& rule) {
  const auto loaded = rules::load({{"bench.yaml", "version: 1\nrules:\n" + rule}}, *city());
  if (loaded.set == nullptr) std::abort();
  return loaded.set;
}

/// One window of the city with `range` reports in it, a report a second: one comes, one leaves.
std::string window_rule(std::int64_t contents) {
  return fmt::format(
      "  - id: window\n    match: {{category: hoax}}\n"
      "    count: {{at_least: 1000000, distinct: report.reporter.ref, within: {}s, per: city}}\n"
      "    alert: {{level: siaga, message: {{id: w}}}}\n",
      contents);
}

/// Reports of one a second, 600 reporters in turn.
class Reports {
 public:
  explicit Reports(const char* category) : category_(category), decoder_(city()) {}

  const Event& next() {
    raw_.clear();
    fmt::format_to(std::back_inserter(raw_),
                   R"({{"specversion":"1.0","id":"r-{}","source":"/s","type":"kentongan.report.v1",)"
                   R"("time":"2024-10-{:02}T{:02}:{:02}:{:02}Z","data":{{"area":"35.73.02.1004","category":"{}",)"
                   R"("severity":3,"reporter":{{"ref":"reporter-{}"}}}}}})",
                   number_, 1 + number_ / 86'400 % 31, number_ / 3600 % 24, number_ / 60 % 60, number_ % 60, category_,
                   number_ % 600);
    const auto event = decoder_.decode(raw_);
    if (!event) std::abort();
    event_ = *event;
    // Months on end: the text's days come round again, the time goes on.
    event_.time = TimePoint{std::chrono::hours(480'000)} + std::chrono::seconds(number_++);
    return event_;
  }

 private:
  const char* category_;
  codec::Decoder decoder_;
  std::int64_t number_ = 0;
  std::string raw_;
  Event event_;
};

void applied(benchmark::State& state, const std::string& rule, std::int64_t before) {
  engine::Options options;
  options.dedupe = Duration{0};
  options.durable = false;
  engine::Engine engine(rule_set(rule), city(), options);
  engine::Effects effects = engine.effects();
  Reports reports("hoax");
  const auto apply = [&] {
    if (engine.apply(reports.next(), effects).verdict != Verdict::applied) std::abort();
    effects.clear();
  };
  for (std::int64_t i = 0; i < before; ++i) apply();
  for (auto _ : state) apply();
  state.SetItemsProcessed(state.iterations());
}

/// What all of these pay for: a report is written, decoded and applied, and matches no rule.
void apply_without_window(benchmark::State& state) {
  applied(state, "  - id: other\n    match: {category: provocation}\n    score: {add: 1, half_life: 3d}\n", 1000);
}
BENCHMARK(apply_without_window);

void apply_with_window(benchmark::State& state) { applied(state, window_rule(state.range(0)), 2 * state.range(0)); }
BENCHMARK(apply_with_window)->Arg(10)->Arg(100)->Arg(1000)->Arg(10000);

std::vector<engine::StateChange> state_behind(int reports) {
  engine::Engine engine(rule_set(window_rule(3600)), city(), {});
  engine::Effects effects = engine.effects();
  Reports source("hoax");
  for (int i = 0; i < reports; ++i) (void)engine.apply(source.next(), effects);
  return engine.take_changes();
}

/// Of a thousand reports, as a batch has them: each is applied and its records are taken.
void save_state(benchmark::State& state) {
  engine::Engine engine(rule_set(window_rule(3600)), city(), {});
  engine::Effects effects = engine.effects();
  Reports source("hoax");
  std::size_t bytes = 0, records = 0;
  for (auto _ : state) {
    for (int i = 0; i < 1000; ++i) (void)engine.apply(source.next(), effects);
    effects.clear();
    for (const auto& change : engine.take_changes()) {
      bytes += change.value ? change.value->size() : 0;
      ++records;
    }
  }
  const double events = static_cast<double>(state.iterations()) * 1000;
  state.SetItemsProcessed(state.iterations() * 1000);
  state.counters["bytes_per_event"] = static_cast<double>(bytes) / events;
  state.counters["records_per_event"] = static_cast<double>(records) / events;
}
BENCHMARK(save_state);

void restore_state(benchmark::State& state) {
  const std::vector<engine::StateChange> saved = state_behind(10'000);
  for (auto _ : state) {
    engine::Engine engine(rule_set(window_rule(3600)), city(), {});
    for (const auto& one : saved) {
      if (one.value && !engine.restore(one.city, one.kind, one.key, *one.value)) std::abort();
    }
    if (!engine.finish_restore()) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(restore_state);

}  // namespace
