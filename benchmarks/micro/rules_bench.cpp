// SPDX-License-Identifier: Apache-2.0
// The index of predicates over rules of which few match, and CEL programs by themselves.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "codec/decoder.hpp"
#include "rules/cel/program.hpp"
#include "rules/loader.hpp"
#include "rules/matcher.hpp"
#include "rules/reference_loader.hpp"

namespace {

using namespace kentongan;

std::shared_ptr<const Reference> city() {
  static const auto loaded = rules::load_reference(KENTONGAN_SOURCE_DIR "/rules/reference").reference;
  if (loaded == nullptr) std::abort();
  return loaded;
}

/// Rules that look at category, severity, RW and crowd; of the reports below one in some thousands matches.
std::string rules_text(std::int64_t count) {
  const char* const categories[] = {"intimidation", "provocation", "hate_speech", "hoax", "vote_buying"};
  std::string text = "version: 1\nrules:\n";
  for (std::int64_t i = 0; i < count; ++i) {
    text += fmt::format(
        "  - id: rule-{0}\n    match: {{category: {1}, rw: \"{2:02}\"}}\n"
        "    when: report.severity >= {3} && report.crowd > {4} && report.source in [\"A\", \"B\"]\n"
        "    check: {{per: area}}\n    alert: {{level: waspada, message: {{id: rule {0}}}}}\n",
        i, categories[i % 5], 1 + i % 97, 2 + i % 4, 150 + i % 45);
  }
  return text;
}

/// A view of a report lives in its decoder.
struct Held {
  codec::Decoder decoder{city()};
  Event event;
};

std::vector<std::unique_ptr<Held>> reports() {
  const char* const categories[] = {"intimidation", "provocation", "hate_speech", "hoax", "vote_buying"};
  std::vector<std::unique_ptr<Held>> made;
  for (int i = 0; i < 64; ++i) {
    const std::string raw = fmt::format(
        R"({{"specversion":"1.0","id":"r-{0}","source":"/s","type":"kentongan.report.v1","time":"2024-11-10T08:00:00+07:00",)"
        R"("data":{{"area":"35.73.02.1004","category":"{1}","rw":"{2:02}","severity":{3},"crowd":{4},"source":"{5}",)"
        R"("reporter":{{"ref":"x"}}}}}})",
        i, categories[i % 5], 1 + i * 7 % 19, 1 + i % 5, i * 37 % 200, static_cast<char>('A' + i % 6));
    made.push_back(std::make_unique<Held>());
    const auto event = made.back()->decoder.decode(raw);
    if (!event) std::abort();
    made.back()->event = *event;
  }
  return made;
}

void match_by_index(benchmark::State& state) {
  const auto loaded = rules::load({{"bench.yaml", rules_text(state.range(0))}}, *city());
  if (loaded.set == nullptr) std::abort();
  const rules::Matcher matcher(*loaded.set, *city());
  rules::Evaluator evaluator(*city());
  std::vector<RuleCounts> counts(loaded.set->rules.size());
  std::vector<rules::Match> matched;
  const auto held = reports();
  std::size_t found = 0, candidates = 0, next = 0;
  for (const auto& one : held) candidates += matcher.candidates(one->event);
  for (auto _ : state) {
    const Event& event = held[next++ % held.size()]->event;
    rules::Situation situation;
    situation.event = &event;
    situation.time = situation.now = event.time;
    evaluator.begin(situation);
    matcher.match(event, evaluator, matched, counts);
    found += matched.size();
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["candidates"] = static_cast<double>(candidates) / static_cast<double>(held.size());
  state.counters["matches"] = benchmark::Counter(static_cast<double>(found), benchmark::Counter::kAvgIterations);
}
BENCHMARK(match_by_index)->Arg(10)->Arg(50)->Arg(500)->Arg(3000);

/// What the programs below read: severity, source, text and a list of a hundred places.
class Fields : public cel::Activation {
 public:
  Fields() {
    for (int i = 0; i < 100; ++i) codes_.push_back(fmt::format("35.73.{:02}.{}", i / 20, 1000 + i));
    for (const std::string& code : codes_) places_.push_back(cel::Value::string(code));
    for (int i = 0; i < 8; ++i) text_ += "warga melapor ada ancaman di gang ";
  }
  [[nodiscard]] cel::Value load(cel::SlotId slot) const override {
    switch (slot.value) {
      case 0:
        return cel::Value::integer(3);
      case 1:
        return cel::Value::string("B");
      case 2:
        return cel::Value::string(text_);
      default:
        return cel::Value::list(places_);
    }
  }

 private:
  std::string text_;
  std::vector<std::string> codes_;
  std::vector<cel::Value> places_;
};

void cel_program(benchmark::State& state, const char* text) {
  cel::Environment environment;
  environment.declare("severity", cel::TypeKind::integer, cel::SlotId{0});
  environment.declare("source", cel::TypeKind::string, cel::SlotId{1});
  environment.declare("text", cel::TypeKind::string, cel::SlotId{2});
  environment.declare("areas", cel::Type::list(cel::TypeKind::string), cel::SlotId{3});
  const auto program = cel::compile(text, environment);
  if (!program) std::abort();
  const Fields fields;
  cel::Scratch scratch;
  for (auto _ : state) {
    auto result = program->evaluate(fields, scratch);
    if (!result) std::abort();
    benchmark::DoNotOptimize(result);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(cel_program, comparison, "severity >= 3");
BENCHMARK_CAPTURE(cel_program, several_fields, R"(severity >= 2 && source in ["A", "B", "C"] && text != "")");
BENCHMARK_CAPTURE(cel_program, arithmetic, "1.5 * double(severity) + 2.0");
BENCHMARK_CAPTURE(cel_program, contains, R"(text.contains("serangan"))");
BENCHMARK_CAPTURE(cel_program, regular_expression, R"re(text.matches("(serang|bakar|rusak)[a-z]*"))re");
BENCHMARK_CAPTURE(cel_program, macro_over_100, R"(areas.exists(x, x.endsWith("9999")))");

}  // namespace
