// SPDX-License-Identifier: Apache-2.0
// Runs a file of conformance cases and ends with the line "N passed, N failed".
//
//   cel_conformance FILE..
//
// A file holds one JSON object a line: id, expr, bindings (name to V), expect, which is
// {"value": V} or {"error": true}. V is one of
//   {"int":"1"} {"uint":"1"} {"double":"1.5"} {"string":""} {"bytes":"base64"} {"bool":true}
//   {"null":null} {"list":[V]} {"map":[[V,V]]} {"timestamp":["seconds",nanos]}
//   {"duration":["seconds",nanos]} {"type":"int"}
// Expressions are evaluated without type checks. An expected error may come from parsing
// as well as from the evaluation.
#include <cstdio>
#include <fstream>
#include <string>

#include <fmt/core.h>

#include "conformance_case.hpp"
#include "rules/cel/program.hpp"
#include "rules/cel/value_text.hpp"

namespace cel = kentongan::cel;
namespace conformance = kentongan::cel::conformance;

namespace {

class BoundValues : public cel::Activation {
 public:
  explicit BoundValues(const conformance::Case& test) : test_(test) {}
  [[nodiscard]] cel::Value load(cel::SlotId slot) const override { return test_.bindings[slot.value].second; }

 private:
  const conformance::Case& test_;
};

std::string show(const cel::Value& value) { return cel::to_text(value, cel::TextStyle::literal, 1000); }

// Empty when the case passes, else what came out.
std::string run(const conformance::Case& test) {
  cel::Environment environment;
  environment.set_dynamic(true);
  for (std::uint32_t i = 0; i < test.bindings.size(); ++i) {
    environment.declare(test.bindings[i].first, cel::TypeKind::dyn, {i});
  }
  const auto program = cel::compile(test.expression, environment);
  if (!program) {
    return test.expects_error ? "" : "does not compile: " + program.error().front().message.en;
  }
  cel::Scratch scratch;
  const auto result = program->evaluate(BoundValues(test), scratch);
  if (!result) {
    return test.expects_error ? "" : "error: " + result.error().message().en;
  }
  const bool passes = !test.expects_error && conformance::identical(*result, test.expected);
  return passes ? "" : show(*result);
}

}  // namespace

int main(int count, char** arguments) {
  int passed = 0;
  int failed = 0;
  for (int i = 1; i < count; ++i) {
    std::ifstream file(arguments[i]);
    if (!file) {
      fmt::print(stderr, "cannot read {}\n", arguments[i]);
      return 2;
    }
    for (std::string line; std::getline(file, line);) {
      if (line.empty()) {
        continue;
      }
      conformance::Case test;
      std::string actual = conformance::read(line, test) ? run(test) : "the case is broken";
      if (actual.empty()) {
        ++passed;
        continue;
      }
      ++failed;
      fmt::print("{}: {}\n  expected {}\n  actual   {}\n", test.id, test.expression,
                 test.expects_error ? "an error" : show(test.expected), actual);
    }
  }
  fmt::print("{} passed, {} failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
