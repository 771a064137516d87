// SPDX-License-Identifier: Apache-2.0
#include "notify/courier.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <set>
#include <stdexcept>

#include "fixtures.hpp"

namespace kentongan::notify {
namespace {

using ports::Fate;
using ports::SendOutcome;
using ::testing::ElementsAre;
using namespace std::chrono_literals;

/// Answers as it was told to, then takes everything.
class Fake : public ports::Channel {
 public:
  explicit Fake(std::string name = "telegram") : name_(std::move(name)) {}
  [[nodiscard]] std::string_view name() const override { return name_; }
  SendOutcome send(const ports::Notice&, const std::string& to, const std::string& key) override {
    const std::lock_guard lock(mutex_);
    sent.push_back(to);
    keys.push_back(key);
    if (throws) throw std::runtime_error("no memory");
    SendOutcome outcome;
    outcome.fate = Fate::delivered;
    if (!answers.empty()) {
      outcome = answers.front();
      answers.pop_front();
    } else if (always) {
      outcome = *always;
    }
    return outcome;
  }
  std::deque<SendOutcome> answers;
  std::optional<SendOutcome> always;
  std::vector<std::string> sent, keys;
  bool throws = false;

 private:
  std::string name_;
  std::mutex mutex_;
};

SendOutcome fault(bool of_channel = true, std::optional<Duration> retry_after = {}) {
  SendOutcome outcome;
  outcome.channel_fault = of_channel;
  outcome.retry_after = retry_after;
  return outcome;
}

class CourierTest : public OutboxTest {
 protected:
  /// Steps until nothing is due any more, or so much time has passed.
  static void carry(Courier& courier, TimePoint& now, Duration longest = 0ms) {
    const TimePoint end = now + longest;
    for (int i = 0; i < 100'000; ++i) {
      const auto next = courier.step(now);
      ASSERT_TRUE(next) << next.error().message;
      if (*next > end) return;
      now = *next;
    }
    FAIL() << "it does not come to an end";
  }
};

TEST_F(CourierTest, CarriesWhatIsDueOnce) {
  put(planned("a", {{"telegram", "1"}}));
  put(planned("b", {{"telegram", "2"}}));
  Fake channel;
  Courier courier(channel, box(), {});
  TimePoint now = kStart;
  carry(courier, now);
  carry(courier, now, 1h);
  std::sort(channel.sent.begin(), channel.sent.end());
  EXPECT_THAT(channel.sent, ElementsAre("1", "2"));
}

TEST_F(CourierTest, TriesAgainWithTheSameKey) {
  put(planned("a", {{"webhook", "http://x"}}));
  Fake channel("webhook");
  channel.answers = {fault(false), fault(false), fault(false)};
  int retried = 0;
  CourierPlan plan;
  plan.tell = [&](Told told, std::chrono::nanoseconds) { retried += told == Told::retried ? 1 : 0; };
  Courier courier(channel, box(), plan);
  TimePoint now = kStart;
  carry(courier, now, 1min);
  EXPECT_EQ(channel.sent.size(), 4U);
  EXPECT_EQ(retried, 3);
  EXPECT_EQ(std::set<std::string>(channel.keys.begin(), channel.keys.end()).size(), 1U);
}

TEST_F(CourierTest, WhatWasSentAndNotNotedIsSentAgainWithTheSameKey) {
  put(planned("a", {{"telegram", "1"}}));
  Fake channel;
  channel.always = SendOutcome{Fate::interrupted, false, "", {}, ""};  // as if the program had ended before it noted it
  {
    Courier courier(channel, box(), {});
    ASSERT_TRUE(courier.step(kStart));
  }
  channel.always.reset();
  open();
  Courier courier(channel, box(), {});
  TimePoint now = kStart + 5s;
  carry(courier, now);
  ASSERT_EQ(channel.keys.size(), 2U);
  EXPECT_EQ(channel.keys[0], channel.keys[1]);
}

TEST_F(CourierTest, AClosedChannelSendsPeopleToTheirNextWay) {
  for (int i = 0; i < 20; ++i) {
    put(planned("n" + std::to_string(i), {{"telegram", std::to_string(i)}, {"email", "a@b"}}));
  }
  Fake channel;
  channel.always = fault();
  CourierPlan plan;
  plan.parallel = 1;
  Courier courier(channel, box(), plan);
  TimePoint now = kStart;
  carry(courier, now, 70s);
  EXPECT_LT(channel.sent.size(), 20U) << "the breaker was open";
  EXPECT_TRUE(courier.open());
  EXPECT_EQ(box().waiting()->at("email"), 20U);
}

TEST_F(CourierTest, AClosedChannelComesBack) {
  put(planned("a", {{"telegram", "1"}}));
  Fake channel;
  channel.answers.assign(8, fault());
  Courier courier(channel, box(), {});
  TimePoint now = kStart;
  carry(courier, now, 30min);
  EXPECT_EQ(channel.sent.size(), 9U);
  EXPECT_FALSE(courier.open());
}

TEST_F(CourierTest, HostsFailByThemselves) {
  for (int i = 0; i < 8; ++i) put(planned("bad" + std::to_string(i), {{"webhook", "bad/" + std::to_string(i)}}));
  Fake channel("webhook");
  channel.always = fault();
  CourierPlan plan;
  plan.circuit = [](const std::string& to) { return to.substr(0, to.find('/')); };
  Courier courier(channel, box(), plan);
  TimePoint now = kStart;
  carry(courier, now, 5s);
  EXPECT_TRUE(courier.open());
  channel.always.reset();
  channel.sent.clear();
  put(planned("good", {{"webhook", "good/1"}}));
  ASSERT_TRUE(courier.step(now));
  EXPECT_THAT(channel.sent, ElementsAre("good/1"));
}

TEST_F(CourierTest, KeepsSilenceWhenToldTo) {
  put(planned("a", {{"telegram", "1"}}));
  put(planned("b", {{"telegram", "2"}}));
  Fake channel;
  channel.answers = {fault(true, 20s)};
  CourierPlan plan;
  plan.parallel = 1;
  Courier courier(channel, box(), plan);
  TimePoint now = kStart;
  carry(courier, now, 19s);
  EXPECT_EQ(channel.sent.size(), 1U) << "nobody is written to meanwhile";
  carry(courier, now, 30s);
  EXPECT_EQ(channel.sent.size(), 3U);
}

TEST_F(CourierTest, AddressesAreWrittenToAsOftenAsTheServiceAllows) {
  for (int i = 0; i < 5; ++i) put(planned("n" + std::to_string(i), {{"telegram", "1"}}));
  Fake channel;
  CourierPlan plan;
  plan.rates = rates_of("telegram");
  Courier courier(channel, box(), plan);
  TimePoint now = kStart;
  carry(courier, now, 3500ms);
  EXPECT_EQ(channel.sent.size(), 4U);
  carry(courier, now, 1s);
  EXPECT_EQ(channel.sent.size(), 5U);
}

TEST_F(CourierTest, WhatALibraryThrowsIsAFailedTry) {
  put(planned("a", {{"telegram", "1"}}));
  Fake channel;
  channel.throws = true;
  Courier courier(channel, box(), {});
  ASSERT_TRUE(courier.step(kStart));
  EXPECT_EQ(box().ways_of(identity_of({"a"}))->front().error, "no memory");
}

}  // namespace
}  // namespace kentongan::notify
