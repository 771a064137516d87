// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "adapters/ndjson/line_reader.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "app/score_input.hpp"

namespace kentongan::app {
namespace {

Result<scenario::Scorecard> scored(const ScoreArguments& arguments) {
  ScoreInput input;
  auto labels = input.labels(arguments.labels);
  if (!labels) return tl::unexpected(labels.error());
  auto scorer = scenario::Scorer::of(std::move(labels->first), std::move(labels->second));
  if (!scorer) return tl::unexpected(scorer.error());
  auto lines = ndjson::LineReader::open(arguments.alerts);
  if (!lines) return tl::unexpected(lines.error());
  for (std::size_t number = 1;; ++number) {
    auto line = lines->next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) return scorer->card();
    const auto seen = input.alert((*line)->text);
    if (!seen) {
      return fail(seen.error().kind, fmt::format("{}: line {} {}", arguments.alerts, number, seen.error().message));
    }
    if (*seen) scorer->take(**seen);
  }
}

}  // namespace

int score(const ScoreArguments& arguments) {
  const auto card = scored(arguments);
  if (!card) return complain("score", card.error());
  if (arguments.format == "json") {
    fmt::print("{}\n", scenario::to_json(*card));
  } else {
    fmt::print("{}", scenario::to_text(*card));
  }
  return arguments.strict && card->missed() > 0 ? kWrong : kGood;
}

}  // namespace kentongan::app
