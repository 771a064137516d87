// SPDX-License-Identifier: Apache-2.0
// Two rule sets side by side over one pass of the input.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "adapters/ndjson/line_reader.hpp"
#include "app/commands/replay.hpp"
#include "app/commands/terminal.hpp"
#include "app/comparison.hpp"
#include "app/comparison_report.hpp"
#include "app/exit_codes.hpp"
#include "app/processor.hpp"

namespace kentongan::app {
namespace {

/// One of the sets at work.
class Side {
 public:
  Side(const LoadedRules& rules, const LoadedRules& places, const engine::Options& options, Comparison::Side side)
      : processor_(rules.rules.set, places.reference, options), side_(side) {}

  void take(const ndjson::Line& line) {
    if (line.cut) {
      processor_.take_too_large(line.text, codec::DecodeLimits{}.max_bytes);
    } else {
      processor_.take(line.text);
    }
  }
  void advance(TimePoint until) { processor_.engine().advance(until, processor_.effects()); }

  void show(Comparison& comparison) {
    engine::Effects& effects = processor_.effects();
    fired_ += effects.fired;
    for (const Output& output : effects.outputs) {
      if (const auto* step = std::get_if<AlertStep>(&output.data)) comparison.see(side_, *step, output.time);
    }
    effects.clear();
  }
  /// Of a city that has had an alert.
  [[nodiscard]] TimePoint clock_of(const std::string& city) const {
    return processor_.engine().city(*processor_.reference().find_place(city))->clock();
  }
  [[nodiscard]] const Tally& tally() const noexcept { return processor_.tally(); }
  [[nodiscard]] std::uint64_t fired() const noexcept { return fired_; }

 private:
  Processor processor_;
  Comparison::Side side_;
  std::uint64_t fired_ = 0;
};

/// Both take each input before the next; so both clocks of a city are always the same.
class Race {
 public:
  Race(const LoadedRules& before, const LoadedRules& after, const engine::Options& options)
      : before_(before, after, options, Comparison::Side::before),
        after_(after, after, options, Comparison::Side::after) {}

  Result<void> feed(ndjson::LineReader& lines) {
    Progress progress(lines.size());
    for (std::uint64_t events = 1;; ++events) {
      auto line = lines.next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) return {};
      before_.take(**line);
      after_.take(**line);
      look();
      if (events % 4096 == 0) progress.show(lines.bytes_read(), events);
    }
  }
  void advance(TimePoint until) {
    before_.advance(until);
    after_.advance(until);
    look();
  }
  [[nodiscard]] Comparison& finish() {
    comparison_.finish();
    return comparison_;
  }
  [[nodiscard]] const Side& after() const noexcept { return after_; }

 private:
  void look() {
    before_.show(comparison_);
    after_.show(comparison_);
    comparison_.advance([&](const std::string& city) { return after_.clock_of(city); });
  }

  Side before_, after_;
  Comparison comparison_;
};

/// Both sets are judged by the reference data of the new one, so that only the rules differ.
Result<LoadedRules> old_rules(const ReplayArguments& arguments) {
  RuleSource source;
  source.rules = {*arguments.against};
  source.reference = arguments.source.reference;
  if (source.reference.empty()) source.reference = arguments.source.rules.front() / "reference";
  return load_rules(source);
}

}  // namespace

int replay_against(const ReplayArguments& arguments, const LoadedRules& after, const engine::Options& options,
                   std::optional<TimePoint> until) {
  const auto before = old_rules(arguments);
  if (!before) return complain("replay", before.error());
  if (!before->ok()) {
    fmt::print(stderr, "{}", describe(*before, wants_colour(STDERR_FILENO)));
    return kWrong;
  }
  auto lines = ndjson::LineReader::open(arguments.input);
  if (!lines) return complain("replay", lines.error());
  Race race(*before, after, options);
  if (auto fed = race.feed(*lines); !fed) return complain("replay", fed.error());
  if (until) race.advance(*until);
  const Comparison& comparison = race.finish();
  const ComparedSets sets{*before->rules.set, *after.rules.set, *after.reference};
  fmt::print("{}", arguments.format == "json" ? comparison_json(comparison, sets) : comparison_text(comparison, sets));
  return end_replay(arguments, race.after().tally(), race.after().fired());
}

}  // namespace kentongan::app
