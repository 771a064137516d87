// SPDX-License-Identifier: Apache-2.0
#include "play.hpp"

#include <sstream>
#include <stdexcept>

#include "app/rule_source.hpp"
#include "app/score_input.hpp"
#include "codec/writer.hpp"

namespace kentongan::scenario::testing {

const Pack& pack() {
  static const Pack loaded = [] {
    const std::string rules = std::string(KENTONGAN_SOURCE_DIR) + "/rules";
    auto result = app::load_rules({{rules}, {}});
    if (!result || !result->ok()) throw std::runtime_error("the rule pack has errors");
    return Pack{result->reference, result->rules.set};
  }();
  return loaded;
}

Generated generate(const Options& options, const Reference& reference) {
  const Setting setting(reference, options);
  Stream stream(setting);
  Generated generated;
  std::string text;
  while (stream.next(text)) {
    for (Label& label : stream.take_labels()) generated.labels.push_back(std::move(label));
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) generated.lines.push_back(line);
  generated.counts = stream.counts();
  generated.head = {"malang-2024", options.seed, reference.cities.size(), setting.areas.size(),
                    setting.timetable.days()};
  return generated;
}

Replayed replay(const std::vector<std::string>& lines) {
  engine::Options options;
  options.durable = false;
  app::Processor processor(pack().rules, pack().reference, options);
  Replayed replayed;
  const auto drain = [&] {
    for (const Output& output : processor.effects().outputs) {
      if (std::holds_alternative<DeadLetter>(output.data)) continue;
      codec::write_output(replayed.outputs.emplace_back(), output, processor.reference());
    }
    processor.effects().clear();
  };
  for (const std::string& line : lines) {
    processor.take(line);
    drain();
  }
  processor.engine().advance(*parse_rfc3339("2024-11-30T00:00:00+07:00"), processor.effects());
  drain();
  replayed.tally = processor.tally();
  return replayed;
}

Scorecard score(const Generated& generated, const Replayed& replayed) {
  auto scorer = Scorer::of(generated.head, generated.labels);
  if (!scorer) throw std::runtime_error(scorer.error().message);
  app::ScoreInput input;
  for (const std::string& line : replayed.outputs) {
    const auto seen = input.alert(line);
    if (!seen) throw std::runtime_error(seen.error().message);
    if (*seen) scorer->take(**seen);
  }
  return scorer->card();
}

}  // namespace kentongan::scenario::testing
