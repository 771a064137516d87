// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/processor.hpp"
#include "app/rule_source.hpp"
#include "codec/decoder.hpp"
#include "codec/json_reader.hpp"
#include "period/alert_digest.hpp"
#include "period/figures.hpp"
#include "period/input_digest.hpp"
#include "period/level_digest.hpp"
#include "period/span.hpp"

namespace kentongan::app::period_report {

/// Feeds the figures of a period from inputs and outputs as they stand in a file or a journal. Not thread-safe; rules
/// and span outlive it.
class Digest {
 public:
  Digest(const LoadedRules& loaded, const period::Span& span, const engine::Options& options);

  /// An input in its order. Where `wall` is given the clock of the cities follows it. `refused`: dead letters that
  /// were committed; of those that need the state of a city only these count.
  void input(std::string_view raw, std::optional<TimePoint> wall, const std::set<std::string>* refused);
  void too_large(std::string_view beginning);
  void advance(TimePoint until);
  /// What the inputs so far have brought about is counted; or only the first symptoms are kept for the steps that were
  /// committed.
  void take_effects();
  void keep_symptoms();
  /// An output as it was committed.
  void committed(std::string_view event);
  /// The id of a dead letter that needs the state of a city; empty: it is something else.
  [[nodiscard]] std::string stateful_dead_letter(std::string_view event);

  [[nodiscard]] period::Figures finish();
  [[nodiscard]] period::Figures& figures() noexcept { return figures_; }
  [[nodiscard]] bool outputs_waiting() { return !processor_.effects().outputs.empty(); }

 private:
  void count_input(std::string_view raw, Verdict verdict, const std::set<std::string>* refused);

  const LoadedRules& loaded_;
  const period::Span& span_;
  period::Figures figures_;
  codec::Decoder decoder_;
  codec::JsonReader json_;
  Processor processor_;
  period::InputDigest inputs_;
  period::AlertDigest alerts_;
  period::LevelDigest levels_;
  std::map<std::string, TimePoint, std::less<>> symptoms_;  ///< by alert
};

}  // namespace kentongan::app::period_report
