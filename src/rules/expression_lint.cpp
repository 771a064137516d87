// SPDX-License-Identifier: Apache-2.0
#include "rules/expression_lint.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/cel/value_compare.hpp"
#include "rules/cel/value_text.hpp"
#include "rules/nearest.hpp"
#include "rules/place_codes.hpp"
#include "rules/said/say.hpp"
#include "rules/stage_names.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

using cel::Value;
using Relation = cel::Condition::Relation;

/// What a slot can hold, and how sentences call it.
struct Domain {
  std::vector<Value> values;
  std::string name;
  bool of_reference = false;  ///< what the reference data know today; nothing is said of comparisons that always hold
};

std::vector<Value> texts(std::span<const std::string_view> words) {
  std::vector<Value> values;
  for (const std::string_view word : words) values.push_back(Value::string(word));
  return values;
}

std::vector<Value> numbers(std::int64_t most) {
  std::vector<Value> values;
  for (std::int64_t i = 1; i <= most; ++i) values.push_back(Value::integer(i));
  return values;
}

Domain of_places(const Reference& reference, std::string path, std::optional<PlaceKind> kind,
                 const std::string Place::*text) {
  Domain domain{{}, std::move(path), true};
  for (const Place& place : reference.places) {
    if (!kind || place.kind == *kind) domain.values.push_back(Value::string(place.*text));
  }
  return domain;
}

Domain of_sites(const Reference& reference, std::string path, const std::string Site::*text) {
  Domain domain{{}, std::move(path), true};
  for (const Site& site : reference.sites) domain.values.push_back(Value::string(site.*text));
  return domain;
}

Domain domain_of_slot(cel::SlotId slot, const Reference& reference) {
  if (group_of(slot) != SlotGroup::name) {
    if (number_of(slot) == kTimeOfEvent) return {};
    const auto field = static_cast<FieldId>(number_of(slot));
    const std::string path(spec_of(field).path);
    if (path == "site.kind") return of_sites(reference, path, &Site::kind);
    if (path == "site.name") return of_sites(reference, path, &Site::name);
    return {domain_of(field, reference), path};
  }
  if (slot == slot_of(Name::area_code)) return of_places(reference, "area.code", std::nullopt, &Place::code);
  if (slot == slot_of(Name::area_name)) return of_places(reference, "area.name", std::nullopt, &Place::name);
  if (slot == slot_of(Name::district_code))
    return of_places(reference, "district.code", PlaceKind::district, &Place::code);
  if (slot == slot_of(Name::district_name))
    return of_places(reference, "district.name", PlaceKind::district, &Place::name);
  if (slot == slot_of(Name::city_code)) return of_places(reference, "city.code", PlaceKind::city, &Place::code);
  if (slot == slot_of(Name::stage_name)) return {texts(known_stages(reference)), "stage.name"};
  if (slot == slot_of(Name::area_level)) return {texts(kLevelNames), "area.level"};
  if (slot == slot_of(Name::level)) return {texts(kLevelNames), "level"};
  return {};
}

bool is_code(cel::SlotId slot) {
  return group_of(slot) != SlotGroup::name && number_of(slot) != kTimeOfEvent &&
         spec_of(static_cast<FieldId>(number_of(slot))).type == FieldType::code;
}

bool is_station(cel::SlotId slot) {
  return group_of(slot) != SlotGroup::name && number_of(slot) != kTimeOfEvent &&
         spec_of(static_cast<FieldId>(number_of(slot))).path == "tps";
}

class Linter {
 public:
  Linter(SetContext& context, const WrittenExpression& written, ExpressionUse use)
      : context_(context), reference_(*context.reference), written_(written), use_(use) {}

  void look_at(const cel::Program& program) {
    for (const cel::Condition& comparison : program.comparisons()) look_at(comparison);
    if (program.slots().empty() && program.instruction_count() == 1) look_at_constant(program);
  }

 private:
  void look_at(const cel::Condition& comparison) {
    if (is_party(comparison.slot)) {
      finding(comparison, comparison.range.begin, true, "identity-term",
              "a rule cannot look for a party: parties appear only in clash rules, compared with each other",
              "describe what happens, not who somebody is");
      return;
    }
    if (look_at_constants(comparison)) return;
    const Domain domain = domain_of_slot(comparison.slot, reference_);
    if (domain.values.empty() || domain.of_reference || comparison.slot == slot_of(Name::stage_name)) return;
    const auto held = std::count_if(domain.values.begin(), domain.values.end(),
                                    [&](const Value& value) { return holds_for(comparison, value); });
    if (held == 0) {
      finding(comparison, comparison.range.begin, false, "never-matches",
              say("this is never true: no value of `{}` fits", domain.name), "compare with a value it can have");
    } else if (static_cast<std::size_t>(held) == domain.values.size()) {
      finding(comparison, comparison.range.begin, false, "always-matches",
              say("this is true of every value of `{}`", domain.name), "leave it out");
    }
  }

  [[nodiscard]] static bool is_party(cel::SlotId slot) {
    return group_of(slot) != SlotGroup::name && number_of(slot) == static_cast<std::uint8_t>(FieldId::campaign_party);
  }

  /// Constants that the slot can never equal, each told at its place. True when there was one.
  bool look_at_constants(const cel::Condition& comparison) {
    const bool by_value = comparison.relation == Relation::equal || comparison.relation == Relation::not_equal ||
                          comparison.relation == Relation::one_of;
    if (!by_value) return false;
    const Domain domain = domain_of_slot(comparison.slot, reference_);
    bool found = false;
    for (std::size_t i = 0; i < comparison.constants.size(); ++i) {
      const Value& constant = comparison.constants[i];
      const auto problem = why_never(comparison.slot, domain, constant);
      if (!problem) continue;
      const std::size_t at =
          i < comparison.constant_ranges.size() ? comparison.constant_ranges[i].begin : comparison.range.begin;
      finding(comparison, at, false, "never-matches",
              say("{} never equals {}: {}", name_of_slot(comparison.slot, domain),
                  shortened(cel::to_text(constant, cel::TextStyle::literal, 200)), problem->first),
              problem->second);
      found = true;
    }
    return found;
  }

  [[nodiscard]] static std::string name_of_slot(cel::SlotId slot, const Domain& domain) {
    if (!domain.name.empty()) return '`' + domain.name + '`';
    return '`' + std::string(spec_of(static_cast<FieldId>(number_of(slot))).path) + '`';
  }

  using Problem = std::optional<std::pair<Text, Text>>;

  [[nodiscard]] Problem why_never(cel::SlotId slot, const Domain& domain, const Value& constant) const {
    if (constant.is(cel::Kind::string)) {
      const std::string_view text = constant.as_text();
      if (is_code(slot) && !reference_.find_place(text)) {
        return std::pair<Text, Text>(TextView("there is no such area in the reference data"),
                                     place_hint(reference_, text));
      }
      const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (is_station(slot) && digits && !text.empty() && text.size() < 3) {
        return std::pair<Text, Text>(TextView("the number of a polling station has three digits"),
                                     say("write \"{:0>3}\"", text));
      }
    }
    if (domain.values.empty()) return std::nullopt;
    const bool known = std::any_of(domain.values.begin(), domain.values.end(),
                                   [&](const Value& value) { return cel::equal(value, constant); });
    if (known) return std::nullopt;
    if (!constant.is(cel::Kind::string))
      return std::pair<Text, Text>(TextView("it is out of range"), TextView("compare with a value it can have"));
    std::vector<std::string_view> words;
    for (const Value& value : domain.values) words.push_back(value.is(cel::Kind::string) ? value.as_text() : "");
    return std::pair<Text, Text>(
        domain.of_reference ? TextView("the reference data know no such name") : TextView("it is no such word"),
        did_you_mean(constant.as_text(), words, TextView("compare with a value it can have")));
  }

  void look_at_constant(const cel::Program& program) {
    if (use_ != ExpressionUse::condition && use_ != ExpressionUse::pair) return;
    cel::Scratch scratch;
    class Nothing : public cel::Activation {
     public:
      [[nodiscard]] Value load(cel::SlotId) const override { return Value::missing(); }
    };
    const cel::Result result = program.evaluate(Nothing(), scratch);
    const bool holds = result && result->is_true();
    written_.findings->warning(
        written_.place(0), holds ? "always-matches" : "never-matches",
        holds ? TextView("the expression is always true") : TextView("the expression is never true"),
        holds ? TextView("leave it out") : TextView("compare with a field of the event"));
  }

  void finding(const cel::Condition& comparison, std::size_t byte, bool is_error, std::string_view code,
               TextView message, TextView hint) {
    const PartPlace place = place_of_part(context_, written_, comparison.macro, byte);
    if (is_error) {
      place.findings->error(place.offset, code, message, hint);
    } else {
      place.findings->warning(place.offset, code, message, hint);
    }
  }

  SetContext& context_;
  const Reference& reference_;
  const WrittenExpression& written_;
  ExpressionUse use_;
};

}  // namespace

std::vector<Value> domain_of(FieldId field, const Reference& reference) {
  const FieldSpec& spec = spec_of(field);
  if (field == FieldId::report_severity) return numbers(5);
  if (field == FieldId::report_content) return numbers(6);
  if (spec.type == FieldType::category) {
    std::vector<Value> values;
    for (const Category& category : reference.categories) values.push_back(Value::string(category.id));
    return values;
  }
  std::vector<Value> values = spec.type == FieldType::word ? texts(spec.words) : std::vector<Value>{};
  // A refuted report has no effect but to take an earlier one out.
  if (field == FieldId::report_status) {
    std::erase_if(values, [](const Value& value) { return value.as_text() == word_of(ReportStatus::refuted); });
  }
  return values;
}

bool holds_for(const cel::Condition& comparison, const Value& value) {
  const auto equals = [&](const Value& constant) { return cel::equal(value, constant); };
  const auto& constants = comparison.constants;
  if (comparison.relation == Relation::one_of) return std::any_of(constants.begin(), constants.end(), equals);
  if (comparison.relation == Relation::equal) return equals(constants.front());
  if (comparison.relation == Relation::not_equal) return !equals(constants.front());
  if (!cel::has_order(value, constants.front())) return false;
  const auto order = cel::compare(value, constants.front());
  switch (comparison.relation) {
    case Relation::less:
      return order < 0;
    case Relation::less_equal:
      return order <= 0;
    case Relation::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

void lint_expression(SetContext& context, const WrittenExpression& written, const cel::Program& program,
                     ExpressionUse use) {
  Linter(context, written, use).look_at(program);
}

}  // namespace kentongan::rules
