// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "domain/event.hpp"
#include "domain/output.hpp"
#include "period/figures.hpp"
#include "period/span.hpp"

namespace kentongan::period {

/// Counts what came in during a span. Memory is bounded by the places, stations and days of the reference data and
/// kMostConsignments. Not thread-safe; the reference and the span outlive it.
class InputDigest {
 public:
  static constexpr std::size_t kMostConsignments = 100'000;

  InputDigest(const Reference& reference, const Span& span, Figures& figures);

  /// An event that could be read, with what became of it. `reason`: of a dead letter.
  void take(const Event& event, Verdict verdict, std::optional<RejectReason> reason);
  /// A dead letter of which no event could be made. `time`: none where it has none, then it counts at the last time
  /// seen.
  void take_dead_letter(RejectReason reason, std::optional<TimePoint> time);
  /// What is known when all is read.
  void finish();

 private:
  struct Track {
    std::optional<std::int64_t> quantity;
    std::optional<TimePoint> due;
    ConsignmentStep last = ConsignmentStep::packed;
    bool waited_for = false, late = false, broken = false, is_short = false;
  };
  struct Station {
    bool guarded = false, power = false, located = false;
  };

  void count(Verdict verdict, std::optional<RejectReason> reason);
  void report(const Report& report, TimePoint time);
  void consignment(const Consignment& step, TimePoint time);
  void readiness(const Readiness& readiness);
  void campaign(const Campaign& campaign);
  [[nodiscard]] std::string role_of(const Report& report) const;
  void finish_consignments();
  void finish_coverage();

  const Reference& reference_;
  const Span& span_;
  Figures& figures_;
  TimePoint last_;
  std::map<std::string, Track, std::less<>> consignments_;
  std::map<PlaceId, std::map<std::string, Station, std::less<>>> stations_;
  std::map<PlaceId, std::pair<std::int64_t, std::int64_t>> cards_;
  std::set<std::string, std::less<>> roles_;
};

}  // namespace kentongan::period
