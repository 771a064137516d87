// SPDX-License-Identifier: Apache-2.0
#include "testing.hpp"

#include <array>

#include <fmt/format.h>

namespace kentongan::cel::testing {

Environment report_environment() {
  Environment environment;
  for (const std::string prefix : {"report.", ""}) {
    const auto declare = [&](std::string_view path, Type type, Slot slot) {
      environment.declare(prefix + std::string(path), std::move(type), {slot});
    };
    declare("severity", TypeKind::integer, severity);
    declare("category", TypeKind::string, category);
    declare("source", TypeKind::string, source);
    declare("content", TypeKind::integer, content);
    declare("tps", TypeKind::string, tps);
    declare("reporter.role", TypeKind::string, role);
    declare("reporter.ref", TypeKind::string, ref);
    declare("power", TypeKind::boolean, power);
    declare("location.lat", TypeKind::real, latitude);
    declare("areas", Type::list(TypeKind::string), areas);
    declare("area", TypeKind::string, area_code);
  }
  environment.declare("now", TypeKind::timestamp, {moment});
  environment.declare("area.risk", TypeKind::real, {area_risk});
  environment.declare("any", TypeKind::dyn, {anything});
  const std::array pressure = {Value::string("intimidation"), Value::string("provocation")};
  environment.define_constant("pressure", Value::list(pressure));
  (void)environment.define_macro("credible", "source in ['A', 'B', 'C'] && content <= 3");
  return environment;
}

Slots report_values() {
  static const std::array areas_of_report = {Value::string("35.73.02.1004")};
  Slots slots;
  slots.set(severity, Value::integer(3));
  slots.set(category, Value::string("provocation"));
  slots.set(source, Value::string("B"));
  slots.set(content, Value::integer(2));
  slots.set(ref, Value::string("a1"));
  slots.set(areas, Value::list(areas_of_report));
  slots.set(area_code, Value::string("35.73.02.1004"));
  slots.set(area_risk, Value::real(12.5));
  slots.set(moment, Value::timestamp({1731200400, 0}));
  return slots;
}

std::vector<std::string> error_lines(const std::vector<Error>& errors) {
  std::vector<std::string> lines;
  for (const Error& error : errors) {
    std::string line = error.macro.empty() ? "" : error.macro + " ";
    line += fmt::format("{}:{} {}", error.position.line, error.position.column, name(error.kind));
    line += error.offender.empty() ? "" : " " + error.offender;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string show(const Result& result) {
  return result ? to_text(*result, TextStyle::literal) : fmt::format("error {}", name(result.error().kind));
}

std::string evaluate(std::string_view text, const Environment& environment, const Activation& activation) {
  const auto program = compile(text, environment);
  if (!program) {
    return "does not compile: " + error_lines(program.error()).front();
  }
  Scratch scratch;
  return show(program->evaluate(activation, scratch));
}

}  // namespace kentongan::cel::testing
