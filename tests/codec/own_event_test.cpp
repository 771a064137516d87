// SPDX-License-Identifier: Apache-2.0
#include "codec/own_event.hpp"

#include <gtest/gtest.h>

namespace kentongan::codec {
namespace {

TEST(OwnEvent, IsPartedBeforeItsData) {
  const auto parts = split_own_event(R"({"specversion":"1.0","id":"a-1","data":{"data":{"x":1}}})");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->attributes, R"({"specversion":"1.0","id":"a-1")");
  EXPECT_EQ(parts->data, R"({"data":{"x":1}})");
}

TEST(OwnEvent, ATextThatLooksLikeTheMemberIsNotTaken) {
  const auto parts = split_own_event(R"({"id":"a","subject":"x\",\"data\":y","data":{}})");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->attributes, R"({"id":"a","subject":"x\",\"data\":y")");
  EXPECT_EQ(parts->data, "{}");
}

TEST(OwnEvent, WhatTheCodecDidNotWriteIsNone) {
  for (const char* foreign : {"", "{}", R"({"data":{}})", R"({"id":"a", "data":{}})", R"({"id":"a","data":{}])"}) {
    EXPECT_FALSE(split_own_event(foreign)) << foreign;
  }
}

}  // namespace
}  // namespace kentongan::codec
