// SPDX-License-Identifier: Apache-2.0
#include "app/demo/story_feed.hpp"

#include <gtest/gtest.h>

#include "rules/reference_loader.hpp"

namespace kentongan::app::demo {
namespace {

TEST(StoryFeed, GivesTheGeneratorsLinesByAndBy) {
  const auto loaded = rules::load_reference(std::string(KENTONGAN_SOURCE_DIR) + "/rules/reference");
  ASSERT_TRUE(loaded.reference);
  scenario::Options options;
  options.days = 2;
  const scenario::Setting setting(*loaded.reference, options);
  std::string whole;
  scenario::Stream stream(setting);
  while (stream.next(whole)) {
  }
  StoryFeed feed(setting);
  std::string parts;
  for (TimePoint now = feed.next(); !feed.ended(); now += std::chrono::minutes(47)) {
    for (std::string some = feed.take(now, 50); !some.empty(); some = feed.take(now, 50)) {
      parts += some;
      EXPECT_LE(feed.clock(), now);
    }
  }
  EXPECT_EQ(parts, whole);
  EXPECT_EQ(feed.lines(), stream.counts().lines);
  EXPECT_EQ(feed.take(TimePoint::max(), 1), "");
}

}  // namespace
}  // namespace kentongan::app::demo
