// SPDX-License-Identifier: Apache-2.0
// The stages in their order.
#include <algorithm>

#include <fmt/format.h>

#include "rules/cel/checker.hpp"
#include "rules/cel/compiler.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/program.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

bool is_wanted(const Type& type, const std::vector<Type>& wanted) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const Type& one) {
           TypeBindings bindings;
           return accepts(one, type, bindings);
         });
}

Error wrong_result(std::string_view text, const Checked& checked, const std::vector<Type>& wanted) {
  std::vector<std::string> names;
  for (const Type& type : wanted) {
    names.push_back(type.text());
  }
  Error error;
  error.kind = ErrorKind::result_type;
  error.range = checked.ast[checked.ast.root].range;
  error.position = position_at(text, error.range.begin);
  error.expected = said::any_of(said::each_as_is(names));
  error.found = checked.notes[checked.ast.root].type.text();
  error.message = said::say("the expression must give {}, not {}", error.expected, error.found);
  return error;
}

// Those in the text itself first, each text from its beginning.
void put_in_order(std::vector<Error>& errors) {
  std::stable_sort(errors.begin(), errors.end(), [](const Error& a, const Error& b) {
    return a.macro != b.macro ? a.macro < b.macro : a.range.begin < b.range.begin;
  });
}

}  // namespace

tl::expected<Program, std::vector<Error>> compile(std::string_view text, const Environment& environment,
                                                  const CompileOptions& options) {
  auto ast = parse(text, environment.limits());
  if (!ast) {
    return tl::unexpected(std::vector<Error>{std::move(ast.error())});
  }
  std::vector<Error> errors;
  const Checked checked = check(std::move(*ast), text, environment, errors);
  if (errors.empty() && !is_wanted(checked.notes[checked.ast.root].type, options.result_types)) {
    errors.push_back(wrong_result(text, checked, options.result_types));
  }
  if (!errors.empty()) {
    put_in_order(errors);
    return tl::unexpected(std::move(errors));
  }
  return Program(generate(checked, text));
}

}  // namespace kentongan::cel
