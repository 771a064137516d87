// SPDX-License-Identifier: Apache-2.0
#include "app/processor.hpp"

#include <fmt/format.h>

#include <numeric>

#include "engine/hash.hpp"

namespace kentongan::app {

void Tally::count(std::optional<EventType> type, Verdict verdict) {
  const std::size_t row = type ? static_cast<std::size_t>(*type) : kUnknownType;
  ++by_type[row][static_cast<std::size_t>(verdict)];
}

std::uint64_t Tally::of(Verdict verdict) const {
  std::uint64_t sum = 0;
  for (const auto& row : by_type) sum += row[static_cast<std::size_t>(verdict)];
  return sum;
}

std::uint64_t Tally::read() const {
  std::uint64_t sum = 0;
  for (const auto& row : by_type) sum = std::accumulate(row.begin(), row.end(), sum);
  return sum;
}

Processor::Processor(std::shared_ptr<const rules::RuleSet> rules, std::shared_ptr<const Reference> reference,
                     engine::Options options, codec::DecodeLimits limits)
    : reference_(reference),
      decoder_(reference, limits),
      engine_(std::move(rules), std::move(reference), options),
      effects_(engine_.effects()) {}

Verdict Processor::take(std::string_view raw, const HomeOf& home, const TraceContext* trace) {
  effects_.caused_from = effects_.outputs.size();
  const Verdict verdict = judge(raw, home);
  std::size_t caused = effects_.caused_from;
  // A dead letter stands behind what deadlines brought about on its way.
  if (verdict == Verdict::dead_letter) caused = effects_.outputs.size() - 1;
  if (caused == effects_.outputs.size()) return verdict;
  const auto own = decoder_.trace();
  if (own) trace = &*own;
  if (trace == nullptr || trace->empty()) return verdict;
  for (; caused < effects_.outputs.size(); ++caused) effects_.outputs[caused].trace = *trace;
  return verdict;
}

Verdict Processor::judge(std::string_view raw, const HomeOf& home) {
  auto event = decoder_.decode(raw);
  if (!event) return reject(std::move(event.error()), raw);
  const std::string& city = reference_->place(event->city).code;
  switch (home ? home(city) : ports::Home::here) {
    case ports::Home::here:
      break;
    case ports::Home::elsewhere:
      elsewhere_ = event->city;
      tally_.count(event->type(), Verdict::rekeyed);
      return Verdict::rekeyed;
    case ports::Home::astray:
      return reject({RejectReason::invalid_event, "",
                     fmt::format("the record was put back under its city once and still is not under {}; who writes it "
                                 "must use this code as its key",
                                 city),
                     event->time, std::nullopt, event->type()},
                    raw);
  }
  engine::Judged judged = engine_.apply(*event, effects_);
  if (judged.verdict == Verdict::dead_letter) return reject(*std::move(judged.rejection), raw);
  tally_.count(event->type(), judged.verdict);
  return judged.verdict;
}

void Processor::take_too_large(std::string_view raw, std::size_t limit) {
  (void)reject({RejectReason::too_large, "", fmt::format("the event is larger than {} bytes", limit), std::nullopt,
                std::nullopt, std::nullopt},
               raw);
}

Verdict Processor::reject(Rejection rejection, std::string_view raw) {
  tally_.count(rejection.type, Verdict::dead_letter);
  ++tally_.dead_letters[static_cast<std::size_t>(rejection.reason)];
  Output output;
  output.city = rejection.city;
  const engine::City* city = rejection.city ? engine_.city(*rejection.city) : nullptr;
  const std::optional<TimePoint> clock =
      city != nullptr && city->started() ? std::optional(city->clock()) : std::nullopt;
  output.time = rejection.time.value_or(clock.value_or(TimePoint{}));
  output.id = "dead-" + engine::hash_text(fmt::format("{}\n{}", name_of(rejection.reason), raw));
  output.data = codec::dead_letter(std::move(rejection), raw);
  effects_.outputs.push_back(std::move(output));
  return Verdict::dead_letter;
}

}  // namespace kentongan::app
