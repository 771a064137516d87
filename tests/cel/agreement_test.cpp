// SPDX-License-Identifier: Apache-2.0
// The compiler computes in advance what is constant and fuses comparisons of slots. Here
// every operator over every pair of values is held against the plain way.
#include <gtest/gtest.h>

#include <array>

#include <fmt/format.h>

#include "testing.hpp"

namespace kentongan::cel {
namespace {

constexpr std::array<std::string_view, 40> values = {"null",
                                                     "true",
                                                     "false",
                                                     "0",
                                                     "1",
                                                     "-1",
                                                     "2",
                                                     "9223372036854775807",
                                                     "-9223372036854775808",
                                                     "0u",
                                                     "1u",
                                                     "2u",
                                                     "18446744073709551615u",
                                                     "0.0",
                                                     "-0.0",
                                                     "1.0",
                                                     "2.5",
                                                     "-1.0",
                                                     "1e300",
                                                     "9223372036854775808.0",
                                                     "double('NaN')",
                                                     "double('Infinity')",
                                                     "''",
                                                     "'a'",
                                                     "'b'",
                                                     "'\xC3\xBF'",
                                                     "b''",
                                                     "b'a'",
                                                     "[]",
                                                     "[1]",
                                                     "[1.0]",
                                                     "['a', 'b']",
                                                     "{}",
                                                     "{1: 'a'}",
                                                     "{1u: 'a'}",
                                                     "timestamp(0)",
                                                     "timestamp(253402300799)",
                                                     "duration('1s')",
                                                     "duration('2562047h')",
                                                     "int"};

constexpr std::array<std::string_view, 14> operators = {
    "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"};

class Agreement : public ::testing::Test {
 protected:
  Agreement() {
    environment_.set_dynamic(true);
    environment_.declare("x", TypeKind::dyn, {0});
    environment_.declare("y", TypeKind::dyn, {1});
  }

  std::string evaluate(const std::string& text) { return testing::evaluate(text, environment_, slots_); }

  Environment environment_;
  testing::Slots slots_;
};

TEST_F(Agreement, OfFoldedFusedAndPlainCode) {
  std::vector<Program> programs;
  std::vector<Scratch> scratches(values.size());
  std::vector<Value> made;
  for (std::size_t i = 0; i < values.size(); ++i) {
    programs.push_back(*compile(values[i], environment_));
    made.push_back(*programs.back().evaluate(slots_, scratches[i]));
  }
  for (std::size_t left = 0; left < values.size(); ++left) {
    for (std::size_t right = 0; right < values.size(); ++right) {
      slots_.set(0, made[left]);
      slots_.set(1, made[right]);
      for (const std::string_view sign : operators) {
        const std::string plain = evaluate(fmt::format("x {} y", sign));
        const std::string where = fmt::format("{} {} {}", values[left], sign, values[right]);
        EXPECT_EQ(evaluate(where), plain) << where;
        EXPECT_EQ(evaluate(fmt::format("x {} {}", sign, values[right])), plain) << where;
        EXPECT_EQ(evaluate(fmt::format("{} {} y", values[left], sign)), plain) << where;
      }
    }
  }
}

// Sets of nine and more are looked up, smaller ones walked.
TEST_F(Agreement, OfLargeAndSmallSets) {
  const std::string some = "1, 2u, 3, 'a', 'b', true, 18446744073709551615u, -5, 'c'";
  for (const std::string_view value : values) {
    const std::string walked = evaluate(fmt::format("[{}].exists(e, e == {})", some, value));
    EXPECT_EQ(evaluate(fmt::format("{} in [{}]", value, some)), walked) << value;
    EXPECT_EQ(evaluate(fmt::format("cel.bind(v, {}, v in [{}])", value, some)), walked);
  }
}

}  // namespace
}  // namespace kentongan::cel
