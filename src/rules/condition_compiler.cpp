// SPDX-License-Identifier: Apache-2.0
#include "rules/condition_compiler.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rules/bounds.hpp"
#include "rules/expression_compiler.hpp"
#include "rules/expression_lint.hpp"
#include "rules/match_block.hpp"
#include "rules/predicate.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// Beyond this, a double does not tell neighbouring whole numbers apart.
constexpr double kExactWholeNumbers = 9'007'199'254'740'992.0;

/// A comparison as a line of `match`.
struct Lowered {
  FieldIn line;
  bool exact = true;  ///< the line holds of an event just when the comparison does
};

std::optional<Literal> literal_of(const cel::Value& value) {
  switch (value.kind()) {
    case cel::Kind::boolean:
      return Literal(value.as_boolean());
    case cel::Kind::integer:
      return Literal(static_cast<double>(value.as_integer()));
    case cel::Kind::unsigned_integer:
      return Literal(static_cast<double>(value.as_unsigned()));
    case cel::Kind::real:
      return Literal(value.as_real());
    case cel::Kind::string:
      return Literal(std::string(value.as_text()));
    default:
      return std::nullopt;  // equals no field
  }
}

/// All values that the field of any event can have, if they are few. Refuted reports included.
std::vector<cel::Value> all_values(const FieldSpec& spec, const Reference& reference) {
  if (spec.id != FieldId::report_status) return domain_of(spec.id, reference);
  std::vector<cel::Value> values;
  for (const std::string_view word : spec.words) values.push_back(cel::Value::string(word));
  return values;
}

void add(Lowered& lowered, const cel::Value& value) {
  const auto literal = literal_of(value);
  if (!literal) return;
  const auto* number = std::get_if<double>(&*literal);
  if (number != nullptr && std::abs(*number) >= kExactWholeNumbers) lowered.exact = false;
  lowered.line.values.push_back(*literal);
}

std::optional<Lowered> lower(const cel::Condition& comparison, const Reference& reference) {
  if (group_of(comparison.slot) != SlotGroup::event) return std::nullopt;
  const FieldSpec& spec = spec_of(static_cast<FieldId>(number_of(comparison.slot)));
  if (spec.type == FieldType::codes || spec.type == FieldType::time || spec.type == FieldType::day) return std::nullopt;
  Lowered lowered{{spec.id, {}}, true};
  using Relation = cel::Condition::Relation;
  if (const auto values = all_values(spec, reference); !values.empty()) {
    for (const cel::Value& value : values) {
      if (holds_for(comparison, value)) add(lowered, value);
    }
  } else if (comparison.relation == Relation::equal || comparison.relation == Relation::one_of) {
    for (const cel::Value& constant : comparison.constants) add(lowered, constant);
  } else {
    return std::nullopt;
  }
  set_mask(lowered.line, reference);
  return lowered;
}

bool in_common(const FieldIn& a, const FieldIn& b) {
  return std::any_of(a.values.begin(), a.values.end(), [&](const Literal& value) {
    return std::find(b.values.begin(), b.values.end(), value) != b.values.end();
  });
}

class WhenCompiler {
 public:
  WhenCompiler(SetContext& context, const WrittenExpression& written, EventType on, const std::vector<Predicate>& match)
      : context_(context), written_(written), on_(on), match_(match) {}

  std::shared_ptr<const When> compile() {
    auto program =
        compile_expression(context_, written_, ExpressionUse::condition, on_, {cel::Type(cel::TypeKind::boolean)});
    if (!program) return nullptr;
    when_ = std::make_shared<When>(std::move(*program));
    for (const cel::Conjunct& part : when_->whole.conjuncts()) add_part(part);
    return std::move(when_);
  }

 private:
  void add_part(const cel::Conjunct& part) {
    const auto macro = part.macro.empty() ? context_.macros.end() : context_.macros.find(part.macro);
    const std::string_view text = macro == context_.macros.end() ? written_.text : macro->second.value->text;
    const std::string_view own = text.substr(part.range.begin, part.range.end - part.range.begin);
    // It is part of what has been compiled, and holds no names but those of the set.
    const auto program = cel::compile(own, context_.expressions.environment(ExpressionUse::condition, on_));
    if (!program) return add_term(when_->whole);
    const auto required = program->required();
    const bool single = required.size() == 1 && program->conjuncts().size() == 1;
    const auto lowered = single ? lower(required.front(), *context_.reference) : std::optional<Lowered>();
    if (lowered) {
      warn_contradiction(part, lowered->line);
      when_->implied.push_back(lowered->line);
    }
    if (single) look_at_bounds(part, required.front(), lowered.has_value());
    if (!lowered || !lowered->exact) add_term(*program);
  }

  void add_term(const cel::Program& program) {
    ExpressionPtr term = context_.expressions.share(ExpressionUse::condition, on_, program);
    (term->sees_risk ? when_->deferred : when_->terms).push_back(std::move(term));
  }

  void warn_contradiction(const cel::Conjunct& part, const FieldIn& line) {
    const auto contradicts = [&](const FieldIn& other) {
      return other.field == line.field && !other.values.empty() && !line.values.empty() && !in_common(line, other);
    };
    const bool with_match = std::any_of(match_.begin(), match_.end(), [&](const Predicate& predicate) {
      return contradicts(std::get<FieldIn>(predicate));
    });
    if (!with_match && std::none_of(when_->implied.begin(), when_->implied.end(), contradicts)) return;
    contradiction(part, with_match, say(" about `{}`", spec_of(line.field).path));
  }

  /// Numbers between bounds (`crowd > 500 && crowd < 100`), which no line of `match` expresses.
  void look_at_bounds(const cel::Conjunct& part, const cel::Condition& comparison, bool lowered) {
    const auto bounds = bounds_of(comparison);
    if (!bounds) return;
    const bool of_event = group_of(comparison.slot) == SlotGroup::event && number_of(comparison.slot) != kTimeOfEvent;
    const FieldSpec* field = of_event ? &spec_of(static_cast<FieldId>(number_of(comparison.slot))) : nullptr;
    if (field != nullptr && !lowered) add_range(field->id, *bounds);
    const bool whole = field != nullptr && field->type == FieldType::integer;
    const auto in_match = [&](const Predicate& predicate) {
      const auto& line = std::get<FieldIn>(predicate);
      const auto numbers = field != nullptr && line.field == field->id ? bounds_of(line) : std::nullopt;
      return numbers && !meet(*numbers, *bounds, whole);
    };
    // What both are lowered has been held against each other as lines.
    const auto in_part = [&](const NumberPart& other) {
      return other.slot == comparison.slot && !(lowered && other.lowered) && !meet(other.bounds, *bounds, whole);
    };
    const bool with_match = !lowered && std::any_of(match_.begin(), match_.end(), in_match);
    if (with_match || std::any_of(numbers_.begin(), numbers_.end(), in_part)) {
      contradiction(part, with_match, field == nullptr ? Text() : say(" about `{}`", field->path));
    }
    numbers_.push_back({comparison.slot, *bounds, lowered});
  }

  void add_range(FieldId field, const Bounds& bounds) {
    if (bounds.single) {
      const auto [least, most] = std::minmax_element(bounds.single->begin(), bounds.single->end());
      when_->ranges.push_back({field, *least, *most});
    } else {
      when_->ranges.push_back({field, bounds.least, bounds.most});
    }
  }

  void contradiction(const cel::Conjunct& part, bool with_match, TextView about) {
    written_.findings->warning(written_.place(part.use.begin), "never-matches",
                               say("this contradicts {}{}: no event satisfies both",
                                   with_match ? TextView("the line of `match`") : TextView("another part"), about),
                               "keep one of the two");
  }

  /// A part that leaves some numbers of a slot.
  struct NumberPart {
    cel::SlotId slot;
    Bounds bounds;
    bool lowered;
  };

  SetContext& context_;
  const WrittenExpression& written_;
  EventType on_;
  const std::vector<Predicate>& match_;
  std::shared_ptr<When> when_;
  std::vector<NumberPart> numbers_;
};

}  // namespace

std::optional<EventType> read_event_type(Findings& findings, const Node* on) {
  if (on == nullptr) return EventType::report;
  const auto& words = Words<EventType>::list;
  const auto word = read_word(findings, *on, "`on`", {words.begin(), words.end()}, "unknown-event");
  return word ? std::optional(static_cast<EventType>(*word)) : std::nullopt;
}

Condition compile_condition(SetContext& context, Findings& findings, EventType on, const Node* match,
                            const Node* when) {
  Condition condition;
  condition.on = on;
  if (match != nullptr) condition.all = compile_match(context, findings, *match, on);
  if (when != nullptr && expect_expression(findings, *when, "`when`")) {
    condition.when = WhenCompiler(context, WrittenExpression::whole(findings, *when), on, condition.all).compile();
  }
  return condition;
}

}  // namespace kentongan::rules
