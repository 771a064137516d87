// SPDX-License-Identifier: Apache-2.0
#include "rules/literal.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "rules/certain.hpp"
#include "rules/identity.hpp"
#include "rules/nearest.hpp"
#include "rules/place_codes.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

std::string named(const FieldSpec& field) { return fmt::format("{}.{}", word_of(field.event), field.path); }

void never(Findings& findings, const Node& value, const FieldSpec& field, TextView why, TextView hint, Fix fix = {}) {
  findings.warning(value.offset, "never-matches",
                   say("`{}` never matches `{}`: {}", shortened(value.text), named(field), why), hint, std::move(fix));
}

std::optional<Literal> need_text(Findings& findings, const Node& value, const FieldSpec& field) {
  if (is_text(value)) return Literal(value.text);
  never(findings, value, field, say("the field is a text, and {} never equals one", kind_of(value)),
        say("write \"{}\" with quotes", shortened(value.text)),
        field.type == FieldType::word || field.type == FieldType::category ? Fix{}
                                                                           : with_quotes(findings.source(), value));
  return std::nullopt;
}

std::optional<Literal> read_plain_text(Findings& findings, const Node& value, const FieldSpec& field) {
  const auto literal = need_text(findings, value, field);
  if (!literal) return std::nullopt;
  const bool digits = std::all_of(value.text.begin(), value.text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (field.path == "tps" && digits && value.text.size() < 3) {
    never(findings, value, field, "the number of a polling station has three digits",
          say("write \"{:0>3}\"", value.text), rename(findings.source(), value, fmt::format("{:0>3}", value.text)));
    return std::nullopt;
  }
  return literal;
}

std::optional<Literal> read_word_literal(Findings& findings, const Node& value, const FieldSpec& field) {
  if (!need_text(findings, value, field)) return std::nullopt;
  const std::vector<std::string_view> words(field.words.begin(), field.words.end());
  if (!read_word(findings, value, say("`{}`", named(field)), words)) return std::nullopt;
  if (field.id == FieldId::report_status && value.text == "refuted") {
    never(findings, value, field, "a refuted report has no effect but to take an earlier one out", "remove it");
    return std::nullopt;
  }
  return Literal(value.text);
}

/// The reference data may name any number of categories; a hint names so many.
constexpr std::size_t kCategoriesNamed = 40;

std::optional<Literal> read_category(Findings& findings, const Node& value, const FieldSpec& field,
                                     const Reference& reference) {
  if (!need_text(findings, value, field)) return std::nullopt;
  if (reference.find_category(value.text)) return Literal(value.text);
  std::vector<std::string_view> known;
  for (const Category& category : reference.categories) known.push_back(category.id);
  Text otherwise = known.size() > kCategoriesNamed
                       ? Text("use one of the taxonomy, or add it to categories.yaml")
                       : say("the categories are {}; categories.yaml adds more", one_of(known));
  findings.error(value.offset, "unknown-category", say("there is no category `{}`", shortened(value.text)),
                 did_you_mean(value.text, known, otherwise), rename_to_near(findings.source(), value, known));
  return std::nullopt;
}

/// What kinds of place the field of a valid event can hold.
bool can_hold(const FieldSpec& field, PlaceKind kind) {
  switch (field.id) {
    case FieldId::report_area:
    case FieldId::readiness_area:
      return kind == PlaceKind::area;
    case FieldId::campaign_areas:
      return kind != PlaceKind::city;
    default:
      return true;
  }
}

std::optional<Literal> read_code(Findings& findings, const Node& value, const FieldSpec& field,
                                 const Reference& reference) {
  if (!need_text(findings, value, field)) return std::nullopt;
  const auto place = read_place(findings, value, reference);
  if (!place) return std::nullopt;
  if (can_hold(field, reference.place(*place).kind)) return Literal(value.text);
  never(findings, value, field, "the field holds the code of a kelurahan",
        "name its kelurahan; a rule looks at all of them without this line");
  return std::nullopt;
}

/// `">= 3"`: what belongs in an expression.
bool is_comparison(std::string_view text) {
  return !text.empty() && (text[0] == '<' || text[0] == '>' || text[0] == '=' || text[0] == '!');
}

std::optional<Literal> read_number_literal(Findings& findings, const Node& value, const FieldSpec& field) {
  const auto number = as_number(value);
  if (!number) {
    Node unquoted = value;
    unquoted.style = Node::Style::plain;
    never(findings, value, field, say("the field is a number, and {} never equals one", kind_of(value)),
          as_number(unquoted)         ? say("write {} without quotes", value.text)
          : is_comparison(value.text) ? say("write it as `when: {} {}`", named(field), shortened(value.text))
                                      : Text("write a number"),
          as_number(unquoted) ? without_quotes(findings.source(), value) : Fix{});
    return std::nullopt;
  }
  const double most = field.id == FieldId::report_severity ? 5 : field.id == FieldId::report_content ? 6 : 0;
  if (most > 0 && (*number < 1 || *number > most)) {
    never(findings, value, field, say("the field is 1 to {}", most), "");
    return std::nullopt;
  }
  if (field.type == FieldType::integer && *number != std::floor(*number)) {
    never(findings, value, field, "the field is a whole number", "write it without a fraction");
    return std::nullopt;
  }
  return Literal(*number);
}

std::optional<Literal> read_boolean_literal(Findings& findings, const Node& value, const FieldSpec& field) {
  if (const auto truth = as_boolean(value)) return Literal(*truth);
  never(findings, value, field, say("the field is true or false, and {} never equals one", kind_of(value)),
        boolean_hint(value));
  return std::nullopt;
}

std::optional<Literal> read_moment(Findings& findings, const Node& value, const FieldSpec& field) {
  const bool valid =
      field.type == FieldType::day ? parse_day(value.text).has_value() : parse_rfc3339(value.text).has_value();
  if (valid) return Literal(value.text);
  never(findings, value, field,
        field.type == FieldType::day ? TextView("the field is a date") : TextView("the field is a time"),
        field.type == FieldType::day ? TextView("write it as 2024-11-10")
                                     : TextView("write it as 2024-11-10T08:00:00+07:00"));
  return std::nullopt;
}

}  // namespace

std::optional<Literal> read_literal(Findings& findings, const Node& value, const FieldSpec& field,
                                    const Reference& reference) {
  if (value.is_null()) {
    findings.error(value.offset, "empty-value", say("`{}` has no value to match", named(field)),
                   "write a value, a list or `$name`");
    return std::nullopt;
  }
  if (!value.is_scalar()) {
    findings.error(value.offset, "wrong-type",
                   say("`{}` must be a value, a list of values or `$name`, not {}", named(field), kind_of(value)),
                   value.is_map() ? TextView("write the path with dots: `reporter.role: rw`")
                                  : TextView("write the values in one list"));
    return std::nullopt;
  }
  if (is_text(value) && !check_identity(findings, value.offset, say("the value of `{}`", named(field)), value.text)) {
    return std::nullopt;
  }
  switch (field.type) {
    case FieldType::text:
      return read_plain_text(findings, value, field);
    case FieldType::word:
      return read_word_literal(findings, value, field);
    case FieldType::code:
    case FieldType::codes:
      return read_code(findings, value, field, reference);
    case FieldType::category:
      return read_category(findings, value, field, reference);
    case FieldType::integer:
    case FieldType::number:
      return read_number_literal(findings, value, field);
    case FieldType::boolean:
      return read_boolean_literal(findings, value, field);
    case FieldType::time:
    case FieldType::day:
      return read_moment(findings, value, field);
  }
  return std::nullopt;
}

}  // namespace kentongan::rules
