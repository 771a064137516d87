// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "adapters/ndjson/line_reader.hpp"
#include "app/commands/replay.hpp"
#include "app/commands/terminal.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "app/processor.hpp"
#include "codec/writer.hpp"
#include "rules/diagnostic_output.hpp"

namespace kentongan::app {
namespace {

struct Plan {
  std::vector<ports::OutputTopic> topics;
  std::optional<TimePoint> until;
  engine::Options options;
};

Result<Plan> plan_of(const ReplayArguments& arguments) {
  Plan plan;
  if (arguments.against && arguments.emit) {
    return fail(Error::Kind::usage, "--against writes a comparison and no events; leave out --emit");
  }
  if (arguments.format && !arguments.against) {
    return fail(Error::Kind::usage, "--format belongs to --against; events are always written as NDJSON");
  }
  auto topics = parse_emit(arguments.emit.value_or("alerts,risk"));
  if (!topics) return tl::unexpected(topics.error());
  plan.topics = *std::move(topics);
  const auto until = until_of(arguments.engine);
  if (!until) return tl::unexpected(until.error());
  plan.until = *until;
  auto options = engine_options(arguments.engine);
  if (!options) return tl::unexpected(options.error());
  plan.options = *std::move(options);
  plan.options.full_scan = arguments.full_scan;
  return plan;
}

/// Writes what the processor has made so far, in its order, and counts the episodes.
class Sink {
 public:
  Sink(Processor& processor, std::vector<ports::OutputTopic> topics)
      : processor_(processor), topics_(std::move(topics)), out_(STDOUT_FILENO) {}

  void drain() {
    engine::Effects& effects = processor_.effects();
    fired_ += effects.fired;
    for (const Output& output : effects.outputs) {
      if (std::find(topics_.begin(), topics_.end(), topic_of(output)) == topics_.end()) continue;
      codec::write_output(out_.buffer(), output, processor_.reference());
      out_.buffer() += '\n';
      out_.flush_if_large();
    }
    effects.clear();
  }
  [[nodiscard]] bool finish() { return out_.flush(); }
  [[nodiscard]] std::uint64_t fired() const noexcept { return fired_; }

 private:
  Processor& processor_;
  std::vector<ports::OutputTopic> topics_;
  LineWriter out_;
  std::uint64_t fired_ = 0;
};

std::string summary_json(const Tally& tally, std::uint64_t alerts) {
  std::string reasons;
  for (std::size_t i = 0; i < kRejectReasons; ++i) {
    if (tally.dead_letters[i] == 0) continue;
    reasons += fmt::format("{}\"{}\":{}", reasons.empty() ? "" : ",", name_of(static_cast<RejectReason>(i)),
                           tally.dead_letters[i]);
  }
  return fmt::format(
      R"({{"read":{},"applied":{},"duplicate":{},"late":{},"dead_letter":{},"rekeyed":{},"alerts":{},"dead_letters":{{{}}}}})"
      "\n",
      tally.read(), tally.of(Verdict::applied), tally.of(Verdict::duplicate), tally.of(Verdict::late),
      tally.of(Verdict::dead_letter), tally.of(Verdict::rekeyed), alerts, reasons);
}

void print_summary(const Tally& tally, std::uint64_t alerts) {
  fmt::print(stderr, "read {}: applied {}, late {}, duplicate {}, dead letters {}\n", tally.read(),
             tally.of(Verdict::applied), tally.of(Verdict::late), tally.of(Verdict::duplicate),
             tally.of(Verdict::dead_letter));
  for (std::size_t i = 0; i < kRejectReasons; ++i) {
    if (tally.dead_letters[i] != 0) {
      fmt::print(stderr, "  {}: {}\n", name_of(static_cast<RejectReason>(i)), tally.dead_letters[i]);
    }
  }
  fmt::print(stderr, "alerts fired: {}\n", alerts);
}

Result<void> write_summary(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.flush();
  if (!file) return fail(Error::Kind::failed, fmt::format("cannot write the summary to {}", path));
  return {};
}

Result<void> feed(ndjson::LineReader& lines, Processor& processor, Sink& sink) {
  Progress progress(lines.size());
  std::uint64_t events = 0;
  for (;;) {
    auto line = lines.next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) return {};
    if ((*line)->cut) {
      processor.take_too_large((*line)->text, codec::DecodeLimits{}.max_bytes);
    } else {
      processor.take((*line)->text);
    }
    if (!processor.effects().outputs.empty()) sink.drain();
    if (++events % 4096 == 0) progress.show(lines.bytes_read(), events);
  }
}

}  // namespace

int end_replay(const ReplayArguments& arguments, const Tally& tally, std::uint64_t alerts) {
  if (arguments.summary) {
    if (auto written = write_summary(*arguments.summary, summary_json(tally, alerts)); !written) {
      return complain("replay", written.error());
    }
  }
  print_summary(tally, alerts);
  return arguments.strict && tally.of(Verdict::dead_letter) > 0 ? kWrong : kGood;
}

int replay(const ReplayArguments& arguments) {
  const auto plan = plan_of(arguments);
  if (!plan) return complain("replay", plan.error());
  auto loaded = load_rules(arguments.source);
  if (!loaded) return complain("replay", loaded.error());
  if (!loaded->ok()) {
    fmt::print(stderr, "{}", describe(*loaded, wants_colour(STDERR_FILENO)));
    return kWrong;
  }
  warn_without_rules("replay", *loaded, arguments.source);
  if (arguments.against) return replay_against(arguments, *loaded, plan->options, plan->until);
  auto lines = ndjson::LineReader::open(arguments.input);
  if (!lines) return complain("replay", lines.error());

  Processor processor(loaded->rules.set, loaded->reference, plan->options);
  Sink sink(processor, plan->topics);
  if (auto fed = feed(*lines, processor, sink); !fed) return complain("replay", fed.error());
  if (plan->until) processor.engine().advance(*plan->until, processor.effects());
  sink.drain();
  if (!sink.finish()) return complain("replay", {Error::Kind::failed, "cannot write to standard output"});
  return end_replay(arguments, processor.tally(), sink.fired());
}

}  // namespace kentongan::app
