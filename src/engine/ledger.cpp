// SPDX-License-Identifier: Apache-2.0
#include "engine/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kentongan::engine {
namespace {

constexpr std::size_t kReasonsKept = 5;
/// How much of a report's weight a place sees: its own area, a neighbour, and with `sum` its kecamatan and its city.
constexpr std::size_t kViews = 4;

std::size_t places_in(const Reference& reference, PlaceId city) {
  std::size_t end = city.value();
  while (end < reference.places.size() && reference.places[end].city == city) ++end;
  return end - city.value();
}

/// A score that differs from one of nine decimals by no more than the rounding of its powers of two is that one: a
/// fresh weight of 20 reads 20, not 20.000000000000004.
double plain(double score) {
  constexpr double kUnit = 1e9;
  constexpr double kLargest = 1e6;  // above it a unit is less than a double tells apart by then
  if (!(score > 0 && score < kLargest)) return score;
  const double rounded = std::nearbyint(score * kUnit) / kUnit;
  return std::abs(rounded - score) <= 1e-14 * score ? rounded : score;
}

/// What a rule adds for a report, before it decays and spills.
double weight_of(const ScoreShare& share, double voice) {
  return std::min(share.base * voice, DecayedSum::kLargestWeight);
}

/// The share of a score that a report must weigh for its reporter to stand behind it.
constexpr double kBehindShare = 0.01;

/// Without records whose parts, which stand together, are far below `least`: of very many reports few are left to be
/// sorted. How near is near enough the caller says, who adds in a fixed order.
std::vector<Ledger::Part> heavy_among(const std::vector<Ledger::Part>& parts, double least) {
  std::vector<Ledger::Part> heavy;
  for (std::size_t first = 0; first < parts.size();) {
    double together = 0;
    std::size_t end = first;
    for (; end < parts.size() && parts[end].record == parts[first].record; ++end) together += parts[end].weight;
    if (together * 2 >= least) {
      heavy.insert(heavy.end(), parts.begin() + static_cast<std::ptrdiff_t>(first),
                   parts.begin() + static_cast<std::ptrdiff_t>(end));
    }
    first = end;
  }
  return heavy;
}

}  // namespace

Ledger::Ledger(const Context& context, Records& records, PlaceId city)
    : context_(context),
      records_(records),
      city_(city),
      half_lives_(context.rules().half_lives),
      areas_(places_in(context.reference(), city)) {
  for (const rules::Rule& rule : context.rules().rules) {
    const auto* score = std::get_if<rules::ScoreBlock>(&rule.block);
    if (score != nullptr && score->spill > 0) spills_ = true;
  }
}

void Ledger::change(RecordId id, int sign) {
  change_by(id, sign, context_.voice_on() ? context_.voice_weight(records_.at(id).rank) : 1.0);
}

void Ledger::change_by(RecordId id, int sign, double voice) {
  const Record& record = records_.at(id);
  if (!record.scores.empty()) look_at(record.time);
  for (const ScoreShare& share : record.scores) {
    const Term by = term(share.rule);
    const double weight = weight_of(share, voice);
    change_area(record.area, by, weight, sign);
    if (by.spill == 0) continue;
    for (const PlaceId neighbour : context_.reference().place(record.area).neighbours) {
      if (context_.reference().place(neighbour).city != city_) continue;
      change_area(neighbour, by, weight * by.spill, sign);
    }
  }
}

void Ledger::look_at(TimePoint time) {
  if (looked_at_ == time && moments_.size() == half_lives_.size()) return;
  looked_at_ = time;
  moments_.clear();
  for (const Duration half_life : half_lives_) moments_.push_back(DecayedSum::moment(time, half_life));
  fast_ = DecayedSum::moment(time, kFastTrend);
  slow_ = DecayedSum::moment(time, kSlowTrend);
}

void Ledger::change_area(PlaceId place, const Term& by, double weight, int sign) {
  if (weight == 0) return;
  AreaSums& sums = area(place);
  if (sums.by_half_life.size() < half_lives_.size()) sums.by_half_life.resize(half_lives_.size());
  if (watching_) before_.try_emplace(place, sums.by_half_life);
  const auto apply = [&](DecayedSum& sum, const DecayedSum::Moment& moment) {
    if (sign > 0) {
      sum.add(moment, weight);
    } else {
      sum.remove(moment, weight);
    }
  };
  apply(sums.by_half_life[by.half_life_index], moments_[by.half_life_index]);
  apply(sums.fast, fast_);
  apply(sums.slow, slow_);
  if (touched_.empty() || touched_.back() != place) touched_.push_back(place);
}

void Ledger::list(RecordId id) {
  if (records_.at(id).scores.empty()) return;
  area(records_.at(id).area).recent.push_back(id);
  records_.use(id);
}

void Ledger::unlist(RecordId id) {
  if (records_.at(id).scores.empty()) return;
  auto& recent = area(records_.at(id).area).recent;
  const auto at = std::find(recent.rbegin(), recent.rend(), id);
  if (at == recent.rend()) return;
  recent.erase(std::next(at).base());
  records_.release(id);
}

void Ledger::settle(RecordId id, TimePoint now) {
  if (records_.at(id).scores.empty()) return;
  AreaSums& sums = area(records_.at(id).area);
  const auto at = std::find(sums.recent.begin(), sums.recent.end(), id);
  if (at == sums.recent.end()) return;
  sums.recent.erase(at);
  sums.settled.push_back(id);
  const std::size_t room = 64 + kReasonsKept * kViews * context_.rules().half_lives.size();
  if (sums.settled.size() < std::max(2 * room, sums.next_trim)) return;
  trim(sums, now);
  sums.next_trim = 2 * sums.settled.size();  // what is heavy stays: else each one more would look at all of them
}

/// What a place sees of each unit of weight, in the order of kViews; 0 where it sees the same as another one.
std::array<double, kViews> Ledger::views(PlaceId from, double spill) const {
  if (context_.rules().risk.rollup == rules::Rollup::max) return {1, spill, 0, 0};
  const Place& place = context_.reference().place(from);
  double district = 1;
  double city = 1;
  for (const PlaceId neighbour : place.neighbours) {
    const Place& other = context_.reference().place(neighbour);
    if (other.city != city_) continue;
    city += spill;
    if (other.parent == place.parent) district += spill;
  }
  return {1, spill, district, city};
}

/// Keeps the largest per half-life and view (their order among each other never changes) and those that are
/// heavy enough to stand behind a level.
void Ledger::trim(AreaSums& sums, TimePoint now) {
  struct Weighed {
    double weight;
    RecordId record;
  };
  std::vector<std::array<std::vector<Weighed>, kViews>> groups(half_lives_.size());
  std::vector<RecordId> kept;
  constexpr std::size_t kAhead = 8;
  for (std::size_t i = 0; i < sums.settled.size(); ++i) {
    if (i + kAhead < sums.settled.size()) records_.fetch(sums.settled[i + kAhead]);
    const RecordId id = sums.settled[i];
    const Record& record = records_.at(id);
    const double voice = context_.voice_on() ? context_.voice_weight(record.rank) : 1.0;
    double total = 0;
    Duration half_life{};
    double left = 0;  // of a weight of one with this half-life
    for (const ScoreShare& share : record.scores) {
      const Term by = term(share.rule);
      if (by.half_life != half_life) {
        half_life = by.half_life;
        left = decayed(1, now - record.time, half_life);
      }
      const double weight = weight_of(share, voice) * left;
      total += weight;
      const auto seen = views(record.area, by.spill);
      for (std::size_t view = 0; view < kViews; ++view) {
        if (seen[view] > 0) groups[by.half_life_index][view].push_back({weight * seen[view], id});
      }
    }
    if (total >= context_.heavy_weight()) kept.push_back(id);
  }
  for (auto& views : groups) {
    for (auto& weighed : views) {
      const auto middle = weighed.begin() + static_cast<std::ptrdiff_t>(std::min(kReasonsKept, weighed.size()));
      std::partial_sort(weighed.begin(), middle, weighed.end(), [&](const Weighed& a, const Weighed& b) {
        return a.weight != b.weight ? a.weight > b.weight : records_.before(a.record, b.record);
      });
      for (auto it = weighed.begin(); it != middle; ++it) kept.push_back(it->record);
    }
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  for (const RecordId id : sums.settled) {
    if (!std::binary_search(kept.begin(), kept.end(), id)) records_.release(id);
  }
  std::erase_if(sums.settled, [&](RecordId id) { return !std::binary_search(kept.begin(), kept.end(), id); });
}

bool Ledger::is_settled(RecordId id) const {
  const auto& settled = area(records_.at(id).area).settled;
  return std::find(settled.begin(), settled.end(), id) != settled.end();
}

double Ledger::area_score(PlaceId place, TimePoint now) const {
  const AreaSums& sums = area(place);
  double score = 0;
  for (std::size_t i = 0; i < sums.by_half_life.size(); ++i) {
    score += sums.by_half_life[i].at(now, half_lives_[i]);
  }
  // Below nothing only where neighbours changed since something spilled over.
  return std::max(score, 0.0);
}

double Ledger::score(PlaceId place, TimePoint now) const {
  double score = 0;
  for (const PlaceId part : context_.reference().place(place).areas) {
    const double own = area_score(part, now);
    score = context_.rules().risk.rollup == rules::Rollup::sum ? score + own : std::max(score, own);
  }
  return plain(score);
}

void Ledger::collect(PlaceId place, TimePoint now, std::vector<Part>& parts) const {
  const auto add = [&](PlaceId from) {
    const bool spilled = from != place;
    // Most ranks are those of the record before, and most half-lives those of the rule before.
    std::uint32_t rank = 1;
    double voice = 1;
    const auto each = [&](RecordId id) {
      const Record& record = records_.at(id);
      if (context_.voice_on() && record.rank != rank) {
        rank = record.rank;
        voice = context_.voice_weight(rank);
      }
      Duration half_life{};
      double left = 0;  // of a weight of one with this half-life
      for (const ScoreShare& share : record.scores) {
        const Term by = term(share.rule);
        const double reach = spilled ? by.spill : 1.0;
        if (reach == 0) continue;
        if (by.half_life != half_life) {
          half_life = by.half_life;
          left = decayed(1, now - record.time, half_life);
        }
        parts.push_back({id, share.rule, weight_of(share, voice) * reach * left});
      }
    };
    std::for_each(area(from).settled.begin(), area(from).settled.end(), each);
    std::for_each(area(from).recent.begin(), area(from).recent.end(), each);
  };
  add(place);
  if (!spills_) return;
  for (const PlaceId neighbour : context_.reference().place(place).neighbours) {
    if (context_.reference().place(neighbour).city == city_) add(neighbour);
  }
}

PlaceId Ledger::highest_area(PlaceId place, TimePoint now) const {
  const auto& areas = context_.reference().place(place).areas;
  PlaceId highest = areas.front();
  double best = -1;
  for (const PlaceId candidate : areas) {
    if (const double score = area_score(candidate, now); score > best) {
      best = score;
      highest = candidate;
    }
  }
  return highest;
}

/// Weights are added in an order that does not depend on how they lie in memory: to the last bit the same
/// whether the program was restarted or not.
bool Ledger::in_fixed_order(const Part& a, const Part& b) const {
  if (a.record != b.record) return a.record < b.record;
  return a.rule != b.rule ? term_before(a.rule, b.rule) : a.weight < b.weight;
}

/// Of a kecamatan or city: with `max` the parts of the kelurahan with the highest score; with `sum` those of
/// all, what one report adds in several kelurahan taken together.
std::vector<Ledger::Part> Ledger::parts_of(PlaceId place, TimePoint now) const {
  std::vector<Part> parts;
  const Place& info = context_.reference().place(place);
  if (info.kind == PlaceKind::area) {
    collect(place, now, parts);
  } else if (context_.rules().risk.rollup == rules::Rollup::max) {
    if (!info.areas.empty()) collect(highest_area(place, now), now, parts);
  } else {
    for (const PlaceId area : info.areas) collect(area, now, parts);
    std::sort(parts.begin(), parts.end(), [this](const Part& a, const Part& b) { return in_fixed_order(a, b); });
    std::vector<Part> merged;
    for (const Part& part : parts) {
      if (!merged.empty() && merged.back().record == part.record && merged.back().rule == part.rule) {
        merged.back().weight += part.weight;
      } else {
        merged.push_back(part);
      }
    }
    parts = std::move(merged);
  }
  return parts;
}

bool Ledger::independent(PlaceId place, double score, int needed, TimePoint now) const {
  const double least = kBehindShare * score * (1 - 1e-9);
  std::vector<Part> parts = heavy_among(parts_of(place, now), least);
  std::sort(parts.begin(), parts.end(), [this](const Part& a, const Part& b) { return in_fixed_order(a, b); });
  std::vector<Interner::Id> reporters;
  for (std::size_t i = 0; i < parts.size();) {
    double together = 0;
    const RecordId record = parts[i].record;
    for (; i < parts.size() && parts[i].record == record; ++i) together += parts[i].weight;
    if (together < least) continue;
    const Interner::Id reporter = records_.at(record).reporter;
    if (reporter == 0 || std::find(reporters.begin(), reporters.end(), reporter) != reporters.end()) continue;
    reporters.push_back(reporter);
    if (std::cmp_greater_equal(reporters.size(), needed)) return true;
  }
  return false;
}

std::vector<Ledger::Part> Ledger::largest(PlaceId place, TimePoint now, std::size_t most) const {
  std::vector<Part> parts = parts_of(place, now);
  const auto middle = parts.begin() + static_cast<std::ptrdiff_t>(std::min(most, parts.size()));
  std::partial_sort(parts.begin(), middle, parts.end(), [&](const Part& a, const Part& b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    if (a.record != b.record) return records_.before(a.record, b.record);
    return term_before(a.rule, b.rule);
  });
  parts.erase(middle, parts.end());
  return parts;
}

std::vector<Contribution> Ledger::contributions(PlaceId place, TimePoint now, std::size_t most) const {
  std::vector<Contribution> contributions;
  for (const Part& part : largest(place, now, most)) {
    contributions.push_back({records_.at(part.record).id, std::string(term(part.rule).rule), part.weight});
  }
  return contributions;
}

std::vector<RecordId> Ledger::contributors(PlaceId place, TimePoint now, std::size_t most) const {
  std::vector<RecordId> records;
  for (const Part& part : largest(place, now, most)) {
    if (std::find(records.begin(), records.end(), part.record) == records.end()) records.push_back(part.record);
  }
  std::sort(records.begin(), records.end(), [&](RecordId a, RecordId b) { return records_.before(a, b); });
  return records;
}

bool Ledger::rising(PlaceId place, TimePoint now) const {
  double fast = 0;
  double slow = 0;
  for (const PlaceId part : context_.reference().place(place).areas) {
    fast += area(part).fast.at(now, kFastTrend);
    slow += area(part).slow.at(now, kSlowTrend);
  }
  // A decayed sum divided by its half-life is, but for a common factor, an average rate.
  constexpr double kRatio = static_cast<double>(kSlowTrend.count()) / static_cast<double>(kFastTrend.count());
  return fast * kRatio > slow;
}

std::vector<PlaceId> Ledger::take_touched() {
  std::vector<PlaceId> touched = std::exchange(touched_, {});
  if (touched.size() > 1) {
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  }
  dirty_.insert(touched.begin(), touched.end());
  if (std::exchange(watching_, false)) {
    std::erase_if(touched, [&](PlaceId place) {
      const auto before = before_.find(place);
      return before != before_.end() && before->second == area(place).by_half_life;
    });
    before_.clear();
  }
  return touched;
}

std::set<PlaceId> Ledger::take_dirty() { return std::exchange(dirty_, {}); }

}  // namespace kentongan::engine
