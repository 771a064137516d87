// SPDX-License-Identifier: Apache-2.0
#include "notify/callback.hpp"

#include <gmock/gmock.h>

#include "fixtures.hpp"

namespace kentongan::notify {
namespace {

using ::testing::ElementsAre;

TEST_F(OutboxTest, AButtonFitsIntoWhatTelegramTakes) {
  EXPECT_LE(button_data(Button::acknowledge, identity_of({"x"})).size(), 64U);
}

TEST_F(OutboxTest, APressCountsFromWhomTheMessageWasSentTo) {
  put(planned("a", {{"telegram", "11"}, {"email", "a@b"}}));
  put(planned("group", {{"telegram", "-200"}}));
  struct Case {
    std::string name, from, chat;
    bool good;
  };
  for (const auto& [name, from, chat, good] :
       {Case{"a", "11", "11", true}, Case{"a", "12", "12", false}, Case{"a", "12", "-200", false},
        Case{"group", "12", "-200", true}, Case{"group", "12", "12", false}}) {
    const auto verdict =
        judge_press(box(), "telegram", {"1", button_data(Button::acknowledge, identity_of({name})), from, chat});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->wanted.has_value(), good) << name << from << chat;
    if (good) {
      EXPECT_THAT(verdict->wanted->alerts, ElementsAre("35.73-" + name));
    } else {
      EXPECT_EQ(verdict->fault, PressFault::not_yours);
    }
  }
}

TEST_F(OutboxTest, OnlyAProposalIsConfirmed) {
  put(planned("siaga", {{"telegram", "11"}}));
  put(planned("awas", {{"telegram", "11"}}, Level::awas));
  const auto press = [&](const std::string& name) {
    return judge_press(box(), "telegram", {"1", button_data(Button::confirm, identity_of({name})), "11", "11"});
  };
  EXPECT_FALSE(press("siaga")->wanted);
  ASSERT_TRUE(press("awas")->wanted);
  EXPECT_EQ(press("awas")->wanted->action, ActionKind::confirm);
}

TEST_F(OutboxTest, WhatNobodyWroteIsUnknown) {
  put(planned("a", {{"telegram", "11"}}));
  const std::string id = identity_of({"a"});
  for (const std::string& data : {std::string(), std::string("a"), "a:" + id + "0", "b:" + id, id,
                                  "a:" + identity_of({"b"}), "a:" + std::string(32, '\0'), "A:" + id}) {
    const auto verdict = judge_press(box(), "telegram", {"1", data, "11", "11"});
    ASSERT_TRUE(verdict);
    EXPECT_FALSE(verdict->wanted);
    EXPECT_EQ(verdict->fault, PressFault::unknown);
  }
}

}  // namespace
}  // namespace kentongan::notify
