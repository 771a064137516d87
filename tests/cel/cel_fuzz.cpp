// SPDX-License-Identifier: Apache-2.0
// Any bytes as an expression: typed and untyped, compiled, explained, evaluated under small
// limits. Nothing may crash, hang, or tell different values for the same question.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "testing.hpp"

namespace cel = kentongan::cel;

namespace {

void evaluate(std::string_view text, const cel::Environment& environment) {
  static const cel::testing::Slots values = cel::testing::report_values();
  static cel::Scratch scratch({.steps = 20'000, .memory_bytes = 1 << 20});
  const auto program = cel::compile(text, environment);
  if (!program) {
    for (const cel::Error& error : program.error()) {
      if (error.range.begin > error.range.end || error.message.empty()) {
        std::abort();
      }
    }
    return;
  }
  const auto result = program->evaluate(values, scratch);
  const bool is_true = result && result->is_true();
  if (result) {
    (void)cel::to_text(*result, cel::TextStyle::literal, 1000);
  } else {
    (void)result.error().message();
  }
  for (std::size_t i = 0; i < program->conjuncts().size(); ++i) {
    const auto part = program->evaluate_conjunct(i, values, scratch);
    if (is_true && !(part && part->is_true())) {
      std::abort();  // true as a whole, but not in all its parts
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const cel::Environment typed = cel::testing::report_environment();
  static const cel::Environment untyped = [] {
    cel::Environment environment = cel::testing::report_environment();
    environment.set_dynamic(true);
    return environment;
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  evaluate(text, typed);
  evaluate(text, untyped);
  return 0;
}
