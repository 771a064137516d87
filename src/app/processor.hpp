// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "codec/decoder.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "engine/engine.hpp"
#include "ports/journal.hpp"
#include "rules/rule.hpp"

namespace kentongan::app {

/// How many inputs had which verdict. Every input read is counted once.
struct Tally {
  static constexpr std::size_t kUnknownType = 5;  ///< behind the values of EventType
  std::array<std::array<std::uint64_t, kVerdicts>, kUnknownType + 1> by_type{};
  std::array<std::uint64_t, kRejectReasons> dead_letters{};

  void count(std::optional<EventType> type, Verdict verdict);
  [[nodiscard]] std::uint64_t of(Verdict verdict) const;
  [[nodiscard]] std::uint64_t read() const;
};

/// Bytes in, outputs out: the decoder and the engine together. Replay, tests and the service all run this
/// one path. Not thread-safe.
class Processor {
 public:
  Processor(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference,
            engine::Options options, codec::DecodeLimits limits = {});

  /// Whether an input stands where inputs of this city (a code) belong.
  using HomeOf = std::function<ports::Home(std::string_view city)>;
  /// Reads and applies one input. What it brings about is appended to effects(); what is not at home is not applied.
  /// `trace`: what came beside the input, for one that names none itself; null: nothing did.
  Verdict take(std::string_view raw, const HomeOf& home = {}, const TraceContext* trace = nullptr);
  /// The city of the input that was last found to be elsewhere.
  [[nodiscard]] PlaceId elsewhere() const noexcept { return elsewhere_; }
  /// An input that could not even be read whole: `raw` holds its beginning.
  void take_too_large(std::string_view raw, std::size_t limit);

  [[nodiscard]] engine::Effects& effects() noexcept { return effects_; }
  [[nodiscard]] engine::Engine& engine() noexcept { return engine_; }
  [[nodiscard]] const engine::Engine& engine() const noexcept { return engine_; }
  [[nodiscard]] const Tally& tally() const noexcept { return tally_; }
  [[nodiscard]] const Reference& reference() const noexcept { return *reference_; }
  void reset_tally() { tally_ = {}; }

 private:
  Verdict judge(std::string_view raw, const HomeOf& home);
  Verdict reject(Rejection rejection, std::string_view raw);

  std::shared_ptr<const Reference> reference_;
  codec::Decoder decoder_;
  engine::Engine engine_;
  engine::Effects effects_;
  Tally tally_;
  PlaceId elsewhere_;
};

}  // namespace kentongan::app
