// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testing.hpp"

namespace kentongan::cel {
namespace {

std::string evaluate(std::string_view text, const EvaluationLimits& limits) {
  const auto program = compile(text, testing::report_environment());
  if (!program) {
    return "does not compile: " + testing::error_lines(program.error()).front();
  }
  Scratch scratch(limits);
  return testing::show(program->evaluate(testing::report_values(), scratch));
}

TEST(StepLimit, EndsLoops) {
  const EvaluationLimits limits{.steps = 1000};
  const std::string_view loop =
      "[1,2,3,4,5,6,7,8].map(a, [1,2,3,4,5,6,7,8].map(b, "
      "[1,2,3,4,5,6,7,8].map(c, [1,2,3,4,5,6,7,8].all(d, d > 0))))";
  EXPECT_EQ(evaluate(loop, limits), "error step_limit");
  EXPECT_EQ(evaluate("[1, 2, 3].map(a, a + severity)", limits), "[4, 5, 6]");
}

TEST(StepLimit, IsNotAbsorbed) {
  EXPECT_EQ(evaluate("[1,2,3,4,5,6,7,8,9].all(x, x > 0) || true", {.steps = 10}), "error step_limit");
  EXPECT_EQ(evaluate("[1,2,3,4,5,6,7,8,9].exists(x, x < 0) && false", {.steps = 10}), "error step_limit");
}

TEST(StepLimit, CountsWhatFunctionsWalk) {
  const std::string long_text(4000, 'a');
  EXPECT_EQ(evaluate("(category + '" + long_text + "').size() > 0", {.steps = 100}), "error step_limit");
}

TEST(MemoryLimit, EndsDoubling) {
  std::string text = "category";
  for (int i = 0; i < 40; ++i) {
    text = "cel.bind(x, " + text + ", x + x)";
  }
  EXPECT_EQ(evaluate(text + " == '' || true", {}), "error memory_limit");
}

TEST(StepLimit, EndsWalksOverSharedParts) {
  std::string text = "[severity]";
  for (int i = 0; i < 40; ++i) {
    text = "cel.bind(x, " + text + ", [x, x])";
  }
  EXPECT_EQ(evaluate("cel.bind(y, " + text + ", y == y)", {}), "error step_limit");
}

TEST(TextLimit, CutsValuesWithSharedParts) {
  std::string text = "[severity]";
  for (int i = 0; i < 40; ++i) {
    text = "cel.bind(x, " + text + ", [x, x])";
  }
  const auto program = compile(text, testing::report_environment());
  ASSERT_TRUE(program);
  Scratch scratch;
  const auto result = program->evaluate(testing::report_values(), scratch);
  ASSERT_TRUE(result);
  const std::string shown = to_text(*result, TextStyle::message, 100);
  EXPECT_LE(shown.size(), 103U);
  EXPECT_TRUE(shown.ends_with("..."));
  EXPECT_EQ(evaluate("'%s'.format([" + text + "]) == ''", {}), "error memory_limit");
}

TEST(Folding, LeavesWhatIsTooLargeForRunTime) {
  std::string text = "'0123456789abcdef'";
  for (int i = 0; i < 30; ++i) {
    text += ".replace('a', 'aaaaaaaaaaaaaaaa')";
  }
  EXPECT_EQ(evaluate(text, {.memory_bytes = 1 << 20}), "error memory_limit");
}

TEST(Scratch, CanBeUsedAgainAfterALimit) {
  const auto large = compile("[1,2,3,4,5,6,7,8,9].map(x, x + severity)", testing::report_environment());
  const auto small = compile("severity + 1", testing::report_environment());
  Scratch scratch({.steps = 10});
  EXPECT_EQ(testing::show(large->evaluate(testing::report_values(), scratch)), "error step_limit");
  EXPECT_EQ(testing::show(small->evaluate(testing::report_values(), scratch)), "4");
}

}  // namespace
}  // namespace kentongan::cel
