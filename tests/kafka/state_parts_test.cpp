// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/state_parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace kentongan::kafka {
namespace {

using Records = std::map<std::string, std::string>;
using State = std::map<ports::StateKey, std::string>;

/// What a compacted topic keeps.
void write(StateParts& parts, Records& records, const ports::StateChange& change) {
  parts.split(change, [&](const std::string& key, std::optional<std::string_view> value) {
    if (value) {
      records[key] = *value;
    } else {
      records.erase(key);
    }
  });
}

State read(StateParts& parts, const Records& records) {
  State state;
  const auto joined = parts.join(records, [&](ports::StateKey key, std::string_view value) { state[key] = value; });
  EXPECT_TRUE(joined) << joined.error().message;
  return state;
}

TEST(StateParts, ASmallValueIsOneRecord) {
  StateParts parts(10);
  Records records;
  write(parts, records, {{"35.73", "place", "35.73.02.1004"}, "0123456789"});
  EXPECT_EQ(records.size(), 1U);
  EXPECT_TRUE(records.contains("35.73/place/35.73.02.1004"));
  EXPECT_EQ(read(parts, records), (State{{{"35.73", "place", "35.73.02.1004"}, "0123456789"}}));
}

TEST(StateParts, ALargeValueIsSeveralAndNonIsLeftOver) {
  StateParts parts(10);
  Records records;
  const ports::StateKey key{"35.73", "events", "1"};
  write(parts, records, {key, std::string(35, 'p')});
  EXPECT_EQ(records.size(), 4U);
  EXPECT_EQ(read(parts, records), (State{{key, std::string(35, 'p')}}));
  write(parts, records, {key, std::string(15, 'v')});
  EXPECT_EQ(records.size(), 2U);
  write(parts, records, {key, ""});
  EXPECT_EQ(records.size(), 1U);
  EXPECT_EQ(read(parts, records), (State{{key, ""}}));
  write(parts, records, {key, std::string(35, 'x')});
  write(parts, records, {key, std::nullopt});
  EXPECT_TRUE(records.empty());
}

TEST(StateParts, AKeyMayHoldSlashesAndLines) {
  StateParts parts(10);
  Records records;
  const ports::StateKey key{"35.73", "pattern", "rule\nfields\na/b\n1"};
  write(parts, records, {key, "x"});
  EXPECT_EQ(read(parts, records), (State{{key, "x"}}));
}

TEST(StateParts, OwnRecordsAreNoState) {
  StateParts parts;
  EXPECT_TRUE(read(parts, {{std::string(kLayoutKey), "1"}, {std::string(kSequenceKey), "7"}}).empty());
}

TEST(StateParts, AMissingPartIsDamage) {
  StateParts parts(10);
  Records records;
  write(parts, records, {{"35.73", "events", "1"}, std::string(35, 'p')});
  records.erase(std::prev(records.end()));
  EXPECT_FALSE(parts.join(records, [](ports::StateKey, std::string_view) {}));
}

TEST(StateParts, WhateverIsWrittenIsReadAgain) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    StateParts parts(8);
    Records records;
    State expected;
    for (int step = 0; step < 60; ++step) {
      const ports::StateKey key{"35.7" + std::to_string(random() % 2), "k", std::string(random() % 3, '\n') + "1"};
      if (random() % 4 == 0) {
        write(parts, records, {key, std::nullopt});
        expected.erase(key);
      } else {
        std::string value(random() % 40, '\0');
        for (char& c : value) c = "pv\n12"[random() % 5];
        write(parts, records, {key, value});
        expected[key] = value;
      }
      if (random() % 10 == 0) {  // a restart
        parts = StateParts(8);
        ASSERT_EQ(read(parts, records), expected) << "seed " << seed;
      }
    }
    EXPECT_EQ(read(parts, records), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace kentongan::kafka
