// SPDX-License-Identifier: Apache-2.0
#include "app/period/sources.hpp"

#include <array>
#include <set>

#include "adapters/kafka/dump.hpp"
#include "adapters/ndjson/line_reader.hpp"
#include "adapters/sqlite/dump.hpp"
#include "app/kafka_settings.hpp"
#include "app/period/digest.hpp"

namespace kentongan::app::period_report {
namespace {

using ports::OutputTopic;

engine::Options options_of(const Config& config) {
  engine::Options options;
  options.dedupe = config.dedupe;
  options.lateness = config.lateness;
  return options;
}

Result<period::Figures> from_kafka(const Config& config, Digest& digest) {
  const auto settings = kafka_settings(config);
  if (!settings) return tl::unexpected(settings.error());
  constexpr std::array kAll{OutputTopic::alerts, OutputTopic::risk, OutputTopic::deadletters};
  const auto visited = kafka::dump_outputs(*settings, kAll, [&](std::string_view event) {
    digest.committed(event);
    return true;
  });
  if (!visited) return tl::unexpected(visited.error());
  digest.figures().inputs_known = false;
  return digest.finish();
}

Result<std::set<std::string>> refused_in(sqlite::Dump& dump, Digest& digest) {
  std::set<std::string> refused;
  constexpr std::array kDeadLetters{OutputTopic::deadletters};
  const auto visited = dump.visit(kDeadLetters, [&](const sqlite::DumpedOutput& output) {
    std::string id = digest.stateful_dead_letter(output.value);
    if (!id.empty()) refused.insert(std::move(id));
    return true;
  });
  if (!visited) return tl::unexpected(visited.error());
  return refused;
}

Result<period::Figures> from_sqlite(const Config& config, Digest& digest) {
  auto dump = sqlite::Dump::open(config.journal_path);
  if (!dump) return tl::unexpected(dump.error());
  const auto refused = refused_in(*dump, digest);
  if (!refused) return tl::unexpected(refused.error());
  const bool wall = config.clock == ClockKind::wall;
  bool first = true;
  const auto read = dump->visit_inputs([&](const sqlite::KeptInput& input) {
    if (first && input.offset.value() != 1) digest.figures().inputs_since = input.received;
    first = false;
    digest.input(input.value, wall ? std::optional(input.received) : std::nullopt, &*refused);
    digest.keep_symptoms();
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  constexpr std::array kOutputs{OutputTopic::alerts, OutputTopic::risk};
  const auto visited = dump->visit(kOutputs, [&](const sqlite::DumpedOutput& output) {
    digest.committed(output.value);
    return true;
  });
  if (!visited) return tl::unexpected(visited.error());
  return digest.finish();
}

}  // namespace

Result<period::Figures> figures_of_file(const std::string& file, const LoadedRules& loaded, const period::Span& span,
                                        const engine::Options& options, std::optional<TimePoint> until) {
  auto lines = ndjson::LineReader::open(file);
  if (!lines) return tl::unexpected(lines.error());
  Digest digest(loaded, span, options);
  for (;;) {
    auto line = lines->next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) break;
    if ((*line)->cut) {
      digest.too_large((*line)->text);
    } else {
      digest.input((*line)->text, std::nullopt, nullptr);
    }
    if (digest.outputs_waiting()) digest.take_effects();
  }
  if (until) digest.advance(*until);
  digest.take_effects();
  return digest.finish();
}

Result<period::Figures> figures_of_journal(const Config& config, const LoadedRules& loaded, const period::Span& span) {
  Digest digest(loaded, span, options_of(config));
  return config.journal == JournalKind::kafka ? from_kafka(config, digest) : from_sqlite(config, digest);
}

}  // namespace kentongan::app::period_report
