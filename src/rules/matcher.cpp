// SPDX-License-Identifier: Apache-2.0
#include "rules/matcher.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "rules/predicate.hpp"

namespace kentongan::rules {

namespace {

constexpr std::size_t kBits = 64;

/// More than the fields of any event type, each in up to two indexes.
constexpr std::size_t kMostFields = 64;

/// Buckets of one number field are at most one more.
constexpr std::size_t kMostCuts = 255;

void set_bit(std::vector<std::uint64_t>& words, std::size_t bit) {
  words[bit / kBits] |= std::uint64_t{1} << (bit % kBits);
}

void clear_bit(std::vector<std::uint64_t>& words, std::size_t bit) {
  words[bit / kBits] &= ~(std::uint64_t{1} << (bit % kBits));
}

std::vector<std::uint64_t> all_bits(std::size_t count) {
  std::vector<std::uint64_t> words((count + kBits - 1) / kBits, 0);
  for (std::size_t i = 0; i < count; ++i) set_bit(words, i);
  return words;
}

bool is_indexed_text(const FieldIn& line) {
  const FieldType type = spec_of(line.field).type;
  return type == FieldType::text || type == FieldType::code;
}

/// Conditions of one text that fall into the word at `index`, taken in order.
std::uint64_t take_word(std::span<const std::uint32_t>& conditions, std::size_t index) {
  std::uint64_t bits = 0;
  std::size_t taken = 0;
  while (taken < conditions.size() && conditions[taken] / kBits == index) {
    bits |= std::uint64_t{1} << (conditions[taken++] % kBits);
  }
  conditions = conditions.subspan(taken);
  return bits;
}

}  // namespace

Matcher::CodedField& Matcher::coded_field(PerType& type, FieldId field) {
  for (CodedField& known : type.coded) {
    if (known.field == field) return known;
  }
  const Words any = all_bits(type.conditions.size());
  type.coded.push_back({field, any, std::vector<Words>(kMaskBits, any)});
  return type.coded.back();
}

Matcher::TextField& Matcher::text_field(PerType& type, FieldId field) {
  for (TextField& known : type.texts) {
    if (known.field == field) return known;
  }
  type.texts.push_back({field, all_bits(type.conditions.size()), {}});
  return type.texts.back();
}

void Matcher::add(PerType& type, std::size_t condition, const FieldIn& line) {
  if (line.coded) {
    CodedField& index = coded_field(type, line.field);
    clear_bit(index.any, condition);
    for (std::size_t code = 0; code < kMaskBits; ++code) {
      if (((line.mask >> code) & 1U) == 0) clear_bit(index.by_code[code], condition);
    }
    return;
  }
  const bool again = std::any_of(type.rest[condition].begin(), type.rest[condition].end(),
                                 [&](const FieldIn* other) { return other->field == line.field; });
  type.rest[condition].push_back(&line);
  if (!is_indexed_text(line) || again) return;
  // The text index only narrows: a second line about the same field is left to `rest`.
  TextField& index = text_field(type, line.field);
  clear_bit(index.any, condition);
  for (const Literal& literal : line.values) {
    if (const auto* text = std::get_if<std::string>(&literal)) {
      index.by_text[*text].push_back(static_cast<std::uint32_t>(condition));
    }
  }
}

void Matcher::add(PerType& type, std::size_t condition, const FieldRange& range) {
  const auto known = std::find_if(type.numbers.begin(), type.numbers.end(),
                                  [&](const NumberField& numbers) { return numbers.field == range.field; });
  NumberField& numbers = known == type.numbers.end() ? type.numbers.emplace_back() : *known;
  numbers.field = range.field;
  numbers.ranges.push_back({static_cast<std::uint32_t>(condition), range.least, range.most});
}

/// Cuts the numbers where conditions begin or end, or at some of these places where they are many.
void Matcher::divide(NumberField& numbers, std::size_t conditions) {
  std::vector<double> ends;
  for (const auto& range : numbers.ranges) {
    for (const double end : {range.least, range.most}) {
      if (std::isfinite(end)) ends.push_back(end);
    }
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  const std::size_t cuts = std::min(ends.size(), kMostCuts);
  for (std::size_t i = 0; i < cuts; ++i) numbers.cuts.push_back(ends[i * ends.size() / cuts]);
  numbers.by_bucket.assign(cuts + 1, all_bits(conditions));
  for (const auto& range : numbers.ranges) {
    for (std::size_t bucket = 0; bucket <= cuts; ++bucket) {
      const bool below = bucket < cuts && numbers.cuts[bucket] <= range.least;
      const bool above = bucket > 0 && numbers.cuts[bucket - 1] > range.most;
      if (below || above) clear_bit(numbers.by_bucket[bucket], range.condition);
    }
  }
}

void Matcher::add(PerType& type, std::size_t rule, const Condition& condition) {
  for (const Predicate& predicate : condition.all) {
    std::visit([&](const FieldIn& line) { add(type, rule, line); }, predicate);
  }
  if (condition.when == nullptr) return;
  for (const FieldIn& line : condition.when->implied) add(type, rule, line);
  for (const FieldRange& range : condition.when->ranges) add(type, rule, range);
  if (!condition.when->terms.empty()) type.when[rule] = condition.when.get();
}

Matcher::Matcher(const RuleSet& rules, const Reference& reference) : rules_(rules), reference_(reference) {
  std::array<std::vector<const Condition*>, 5> written;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    std::uint32_t part = 0;
    conditions_.push_back(conditions_of(rules.rules[i]));
    for (const Condition* condition : conditions_.back()) {
      const auto type = static_cast<std::size_t>(condition->on);
      types_[type].conditions.push_back({RuleIndex(static_cast<std::uint32_t>(i)), part++});
      written[type].push_back(condition);
    }
  }
  for (std::size_t type = 0; type < types_.size(); ++type) {
    types_[type].rest.resize(written[type].size());
    types_[type].when.resize(written[type].size(), nullptr);
    for (std::size_t i = 0; i < written[type].size(); ++i) add(types_[type], i, *written[type][i]);
    for (NumberField& numbers : types_[type].numbers) divide(numbers, written[type].size());
  }
}

template <class Visit>
void Matcher::for_candidates(const Event& event, Visit visit) const {
  const PerType& type = types_[static_cast<std::size_t>(event.type())];
  if (type.conditions.empty()) return;
  // Only what is counted is written and read.
  __attribute__((uninitialized)) std::array<const std::uint64_t*, kMostFields> sets;
  __attribute__((uninitialized)) std::array<std::span<const std::uint32_t>, kMostFields> more;
  std::size_t count = 0;
  for (const CodedField& index : type.coded) {
    const int code = field_code(event, index.field);
    const bool known = code >= 0 && code < kMaskBits;
    sets[count++] = (known ? index.by_code[static_cast<std::size_t>(code)] : index.any).data();
  }
  for (const NumberField& index : type.numbers) {
    const FieldValue value = field_value(event, index.field, reference_);
    if (value.missing()) continue;
    const double number = value.kind == FieldValue::Kind::integer ? static_cast<double>(value.integer) : value.number;
    const auto bucket = std::upper_bound(index.cuts.begin(), index.cuts.end(), number) - index.cuts.begin();
    sets[count++] = index.by_bucket[static_cast<std::size_t>(bucket)].data();
  }
  const std::size_t coded = count;
  for (const TextField& index : type.texts) {
    const FieldValue value = field_value(event, index.field, reference_);
    more[count] = {};
    if (value.kind == FieldValue::Kind::text) {
      if (const auto found = index.by_text.find(value.text); found != index.by_text.end()) more[count] = found->second;
    }
    sets[count++] = index.any.data();
  }
  const std::size_t words = (type.conditions.size() + kBits - 1) / kBits;
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t left = ~std::uint64_t{0};
    for (std::size_t i = 0; i < coded; ++i) left &= sets[i][word];
    for (std::size_t i = coded; i < count; ++i) left &= sets[i][word] | take_word(more[i], word);
    if (word + 1 == words && type.conditions.size() % kBits != 0)
      left &= (std::uint64_t{1} << type.conditions.size() % kBits) - 1;
    for (; left != 0; left &= left - 1) visit(type, word * kBits + static_cast<std::size_t>(std::countr_zero(left)));
  }
}

void Matcher::match(const Event& event, Evaluator& evaluator, std::vector<Match>& matched,
                    std::span<RuleCounts> counts) const {
  matched.clear();
  for_candidates(event, [&](const PerType& type, std::size_t condition) {
    const Match match = type.conditions[condition];
    RuleCounts& count = counts[match.rule.value()];
    ++count.evaluated;
    const auto& rest = type.rest[condition];
    const When* when = type.when[condition];
    if (rest.empty() && when == nullptr) {
      // The index has decided all of it.
      matched.push_back(match);
      return;
    }
    const bool all = std::all_of(rest.begin(), rest.end(),
                                 [&](const FieldIn* line) { return holds_by_values(*line, event, reference_); });
    if (!all) return;
    const Outcome outcome = when == nullptr ? Outcome::yes : evaluator.holds(*when);
    if (outcome == Outcome::yes) matched.push_back(match);
    if (outcome == Outcome::failed) ++count.failed;
  });
}

void Matcher::match_by_full_scan(const Event& event, std::vector<Match>& matched, std::span<RuleCounts> counts) const {
  matched.clear();
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    std::uint32_t part = 0;
    for (const Condition* condition : conditions_[i]) {
      if (condition->on == event.type()) ++counts[i].evaluated;
      if (holds_by_values(*condition, event, reference_)) {
        matched.push_back({RuleIndex(static_cast<std::uint32_t>(i)), part});
      }
      ++part;
    }
  }
}

std::size_t Matcher::candidates(const Event& event) const {
  std::size_t count = 0;
  for_candidates(event, [&](const PerType&, std::size_t) { ++count; });
  return count;
}

}  // namespace kentongan::rules
