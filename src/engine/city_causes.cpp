// SPDX-License-Identifier: Apache-2.0
// What lifted a level, in words of the reference data and the rules.
#include <algorithm>
#include <utility>

#include "engine/city.hpp"

namespace kentongan::engine {
namespace {

constexpr std::size_t kParts = 5;  ///< those that a level rule's alert names as its events
constexpr std::size_t kNamed = 3;

/// Sums by key; the heaviest first, of equal ones the one that came first.
template <class Key>
class Weighed {
 public:
  void add(const Key& key, double weight) {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.first == key; });
    if (found == all_.end()) {
      all_.emplace_back(key, weight);
    } else {
      found->second += weight;
    }
  }
  [[nodiscard]] std::vector<std::pair<Key, double>> sorted() && {
    std::stable_sort(all_.begin(), all_.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return std::move(all_);
  }

 private:
  std::vector<std::pair<Key, double>> all_;
};

void append(std::string& list, const std::string& title) {
  if (!list.empty()) list += ", ";
  list += title;
}

}  // namespace

std::optional<rules::Cause> City::cause_of(PlaceId place, TimePoint now) const {
  Weighed<CategoryId> by_category;
  Weighed<std::string_view> by_rule;
  for (const Ledger::Part& part : ledger_.largest(place, now, kParts)) {
    by_rule.add(ledger_.term(part.rule).rule, part.weight);
    if (const auto& category = records_.at(part.record).category) by_category.add(*category, part.weight);
  }
  const auto heaviest = std::move(by_category).sorted();
  if (heaviest.empty()) return std::nullopt;
  const Reference& reference = context_.reference();
  rules::Cause cause;
  cause.category = reference.category_name(heaviest.front().first);
  cause.rule = std::move(by_rule).sorted().front().first;
  for (std::size_t i = 0; i < std::min(heaviest.size(), kNamed); ++i) {
    const Category& category = reference.categories[heaviest[i].first.value()];
    append(cause.titles.id, category.title.id.empty() ? category.id : category.title.id);
    append(cause.titles.en, category.title.en.empty() ? category.id : category.title.en);
  }
  return cause;
}

}  // namespace kentongan::engine
