// SPDX-License-Identifier: Apache-2.0
#include "rules/expression_hints.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "domain/fields.hpp"
#include "rules/cel/ast.hpp"
#include "rules/cel/parser.hpp"
#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/stage_names.hpp"

namespace kentongan::rules {

namespace {

using cel::ErrorKind;
using said::say;
using said::Text;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_letter(char c) { return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view word_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && is_word_letter(text[end])) ++end;
  return text.substr(begin, end - begin);
}

std::string_view word_before(std::string_view text, std::size_t end) {
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && is_word_letter(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](auto one) { return edit_distance(one, word, 0) == 0; });
}

// ------------------------------------------------------------------------------------------------ functions and names

constexpr auto kFunctions =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"hour", "local_hour"},
                                                                  {"jam", "local_hour"},
                                                                  {"weekday", "local_weekday"},
                                                                  {"dow", "local_weekday"},
                                                                  {"day_of_week", "local_weekday"},
                                                                  {"hari", "local_weekday"},
                                                                  {"date", "local_date"},
                                                                  {"tanggal", "local_date"},
                                                                  {"len", "size"},
                                                                  {"length", "size"},
                                                                  {"panjang", "size"},
                                                                  {"like", "matches"},
                                                                  {"regex", "matches"},
                                                                  {"jarak", "distance"},
                                                                  {"stage", "stage_on"},
                                                                  {"tahapan", "stage_on"}});

Text of_function(const cel::Error& error) {
  for (const auto& [written, meant] : kFunctions) {
    if (written != error.offender) continue;
    const auto& known = error.candidates;
    if (std::find(known.begin(), known.end(), meant) != known.end()) return say("did you mean `{}`?", meant);
  }
  return {};
}

/// A word of some field, a category, a level or a stage.
bool is_known_word(std::string_view name, const Reference& reference) {
  const auto has = [&](const auto& words) { return std::find(words.begin(), words.end(), name) != words.end(); };
  const auto& fields = all_fields();
  return reference.find_category(name) || level_named(name) || has(known_stages(reference)) ||
         std::any_of(fields.begin(), fields.end(), [&](const FieldSpec& field) { return has(field.words); });
}

constexpr said::TextView kRoute = "a route cannot be asked for: `within` of a `clash` rule measures how near it comes";

Text of_name(const cel::Error& error, const Reference& reference) {
  if (error.offender == "route") return Text(kRoute);
  if (from_word<EventType>(error.offender) || !is_known_word(error.offender, reference)) return {};
  return say("write \"{}\" with quotes", error.offender);
}

/// `stage.name` for `stage`.
Text of_object(const cel::Error& error, std::string_view text) {
  constexpr std::size_t kFew = 6;
  const std::string object(text.substr(error.range.begin, error.range.end - error.range.begin));
  const auto& fields = error.candidates;
  if (std::find(fields.begin(), fields.end(), "name") != fields.end()) return say("did you mean `{}.name`?", object);
  if (fields.empty() || fields.size() > kFew) return {};
  std::vector<std::string> paths;
  for (const std::string& field : fields) paths.push_back(object + '.' + field);
  return say("name one of its fields: {}", said::one_of({paths.begin(), paths.end()}));
}

// ------------------------------------------------------------------------------------------------------------- syntax

/// `2h` for `duration("2h")`; CEL's units end at the hour.
Text of_number(const cel::Error& error, std::string_view text) {
  std::size_t begin = error.range.begin;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  const auto span = parse_duration(word_at(text, begin));
  if (!span) return {};
  const std::int64_t seconds = *span / std::chrono::seconds(1);
  const std::string written = seconds % 3600 == 0 ? fmt::format("{}h", seconds / 3600)
                              : seconds % 60 == 0 ? fmt::format("{}m", seconds / 60)
                                                  : fmt::format("{}s", seconds);
  return say("write it as `duration(\"{}\")`", written);
}

Text of_syntax(const cel::Error& error, std::string_view text) {
  constexpr std::array<std::string_view, 3> kNot{"not", "tidak", "bukan"};
  constexpr std::array<std::string_view, 2> kBetween{"between", "antara"};
  constexpr std::array<std::string_view, 3> kHolds{"like", "contains", "memuat"};
  const std::string_view word = word_at(text, error.range.begin);
  if (is_one_of(word, kBetween)) return Text("write both bounds: `severity >= 2 && severity <= 4`");
  if (is_one_of(word, kHolds)) return Text("write it as a call: `text.contains(\"word\")`");
  if (is_one_of(word, kNot) || is_one_of(word_before(text, error.range.begin), kNot)) {
    return Text("write `!` for not: `!(a == b)`");
  }
  return {};
}

// -------------------------------------------------------------------------------------------------------------- types

std::string path_of(const cel::Ast& ast, const cel::Node& node) {
  if (node.kind == cel::NodeKind::identifier) return node.name;
  if (node.kind != cel::NodeKind::select || node.is_optional) return {};
  const std::string of = path_of(ast, ast.child(node, 0));
  return of.empty() ? of : of + '.' + node.name;
}

bool holds_text(const FieldSpec& field) {
  return field.type == FieldType::text || field.type == FieldType::word || field.type == FieldType::code ||
         field.type == FieldType::category;
}

/// A field held against a literal of another type.
Text of_literal(const FieldSpec& field, std::string_view path, cel::Operator sign, const cel::Node& literal,
                std::string_view written) {
  if (literal.literal.is(cel::Kind::null)) {
    if (sign == cel::Operator::not_equal) return say("a field that is there: `has({})`", path);
    if (sign == cel::Operator::equal) return say("a field that is missing: `!has({})`", path);
    return {};
  }
  if (holds_text(field) && literal.literal.is(cel::Kind::integer)) {
    const std::size_t digits = field.path == "tps" ? 3 : field.path == "rw" ? 2 : 1;
    return say("write \"{}\" with quotes", fmt::format("{:0>{}}", written, digits));
  }
  const bool number = field.type == FieldType::integer || field.type == FieldType::number;
  const bool digits = !literal.name.empty() && std::all_of(literal.name.begin(), literal.name.end(), is_digit);
  if (number && literal.literal.is(cel::Kind::string) && digits) return say("write {} without quotes", literal.name);
  return {};
}

Text of_operands(const cel::Error& error, std::string_view text, EventType on) {
  const auto ast = cel::parse(text);
  if (!ast) return {};
  for (cel::NodeId id = 0; id < ast->size(); ++id) {
    const cel::Node& node = (*ast)[id];
    const bool at_fault = node.range.begin == error.range.begin && node.range.end == error.range.end;
    if (!at_fault || node.kind != cel::NodeKind::binary || !cel::is_comparison(node.operation)) continue;
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const cel::Node& literal = ast->child(node, 1 - side);
      const std::string path = path_of(*ast, ast->child(node, side));
      const auto field = path.empty() ? std::nullopt : find_field(on, path);
      if (!field || literal.kind != cel::NodeKind::literal) continue;
      const auto written = text.substr(literal.range.begin, literal.range.end - literal.range.begin);
      return of_literal(spec_of(*field), path, node.operation, literal, written);
    }
  }
  return {};
}

}  // namespace

Text likely_meant(const cel::Error& error, std::string_view text, EventType on, const Reference& reference) {
  switch (error.kind) {
    case ErrorKind::unknown_function:
      return of_function(error);
    case ErrorKind::unknown_name:
      return of_name(error, reference);
    case ErrorKind::unknown_field:
      return error.offender == "route" ? Text(kRoute) : Text();
    case ErrorKind::object_as_value:
      return of_object(error, text);
    case ErrorKind::invalid_literal:
      return of_number(error, text);
    case ErrorKind::syntax:
      return of_syntax(error, text);
    case ErrorKind::operand_type:
      return of_operands(error, text, on);
    default:
      return {};
  }
}

}  // namespace kentongan::rules
