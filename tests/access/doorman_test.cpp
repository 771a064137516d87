// SPDX-License-Identifier: Apache-2.0
#include "access/doorman.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "access/token_store.hpp"
#include "process.hpp"

namespace kentongan::access {
namespace {

using ports::Admission;
using Verdict = Admission::Verdict;
using ::testing::HasSubstr;

class DoormanTest : public ::testing::Test {
 protected:
  Token make(const std::string& name, ports::Role role = ports::Role::viewer, const std::string& expires = {}) {
    const Token token = *new_token();
    TokenRecord about;
    about.name = name;
    about.role = role;
    about.created = now;
    about.expires = parse_rfc3339(expires);
    about.cost = {1024, 1, 1};
    const TokenRecord record = *make_record(token, about);
    EXPECT_TRUE(change_tokens(path, [&](std::vector<TokenRecord>& tokens) -> Result<void> {
      tokens.push_back(record);
      return {};
    }));
    return token;
  }
  void open(double each_second = 1e6) {
    DoormanOptions options;
    options.tokens = path;
    options.requests_each_second = each_second;
    options.look = std::chrono::milliseconds(0);
    options.now = [this] { return now.load(); };
    options.tell = [this](bool good, const std::string& line) { told += (good ? "good: " : "bad: ") + line + '\n'; };
    auto opened = Doorman::open(options);
    ASSERT_TRUE(opened) << opened.error().message;
    doorman = *std::move(opened);
  }
  Admission ask(const std::string& authorization, const std::string& from = "192.0.2.1") {
    std::promise<Admission> answer;
    doorman->ask(authorization, from, [&answer](Admission admission) { answer.set_value(std::move(admission)); });
    return answer.get_future().get();
  }
  Admission show(const Token& token) { return ask("Bearer " + token.text()); }

  app::testing::TemporaryFolder folder;
  const std::string path = folder / "tokens.json";
  std::atomic<TimePoint> now = *parse_rfc3339("2024-11-10T08:00:00+07:00");
  std::string told;
  std::unique_ptr<Doorman> doorman;
};

TEST_F(DoormanTest, KnowsWhoHoldsAToken) {
  const Token token = make("posko", ports::Role::officer);
  open();
  for (int i = 0; i < 3; ++i) {  // by its hash, then by its digest
    const Admission admission = show(token);
    ASSERT_EQ(admission.verdict, Verdict::admitted);
    EXPECT_EQ(admission.caller.who, "token " + token.id + " (posko)");
    EXPECT_EQ(admission.caller.role, ports::Role::officer);
    EXPECT_EQ(admission.caller.from, "192.0.2.1");
    EXPECT_EQ(admission.caller.actor->ref, "posko");
  }
}

TEST_F(DoormanTest, TurnsAwayWhatIsNoToken) {
  const Token token = make("a");
  open();
  EXPECT_EQ(ask("").verdict, Verdict::missing);
  const Token other = *new_token();
  EXPECT_EQ(show(other).verdict, Verdict::wrong) << "of nobody";
  EXPECT_EQ(show({token.id, other.secret}).verdict, Verdict::wrong) << "forged: a known id with another secret";
  EXPECT_EQ(show(token).verdict, Verdict::admitted);
  EXPECT_EQ(show({token.id, other.secret}).verdict, Verdict::wrong) << "also once the digest is known";
  EXPECT_EQ(ask("Basic " + token.text()).verdict, Verdict::wrong);
  EXPECT_EQ(ask("Bearer " + std::string(10'000, 'a')).verdict, Verdict::wrong);
}

TEST_F(DoormanTest, AnExpiredTokenIsNone) {
  const Token token = make("a", ports::Role::viewer, "2024-11-10T09:00:00+07:00");
  open();
  EXPECT_EQ(show(token).verdict, Verdict::admitted);
  now = *parse_rfc3339("2024-11-10T09:00:00+07:00");
  EXPECT_EQ(show(token).verdict, Verdict::wrong);
}

TEST_F(DoormanTest, ARevokedTokenIsNoneAtTheNextRequestAndANewOneIsKnown) {
  const Token token = make("a");
  open();
  EXPECT_EQ(show(token).verdict, Verdict::admitted);
  ASSERT_TRUE(change_tokens(path, [&](std::vector<TokenRecord>& tokens) -> Result<void> {
    tokens[0].revoked = now.load();
    return {};
  }));
  EXPECT_EQ(show(token).verdict, Verdict::wrong);
  EXPECT_THAT(told, HasSubstr("good: tokens read again"));
  EXPECT_EQ(show(make("b")).verdict, Verdict::admitted);
}

TEST_F(DoormanTest, AWrongFileLeavesTheTokensOfBefore) {
  const Token token = make("a");
  open();
  app::testing::write_file(path, "{");
  EXPECT_EQ(show(token).verdict, Verdict::admitted);
  EXPECT_THAT(told, HasSubstr("bad: "));
}

TEST_F(DoormanTest, GuessersAreSlowedDownAndTheirNeighboursWithATokenAreNot) {
  const Token token = make("a");
  open();
  EXPECT_EQ(show(token).verdict, Verdict::admitted);
  int wrong = 0;
  Admission last;
  for (int i = 0; i < 50; ++i) {
    last = show(*new_token());
    wrong += last.verdict == Verdict::wrong ? 1 : 0;
  }
  EXPECT_EQ(wrong, 6);
  EXPECT_EQ(last.verdict, Verdict::slow_down);
  EXPECT_GE(last.retry_after, 1);
  EXPECT_EQ(show(token).verdict, Verdict::admitted) << "from the same address";
  EXPECT_EQ(ask("Bearer " + new_token()->text(), "192.0.2.2").verdict, Verdict::wrong) << "elsewhere";
}

TEST_F(DoormanTest, AChangedFileForgetsNobodyWhoStandsInItAsBefore) {
  const Token token = make("a");
  open();
  EXPECT_EQ(show(token).verdict, Verdict::admitted);
  for (int i = 0; i < 10; ++i) (void)show(*new_token());
  (void)make("b");
  EXPECT_EQ(show(token).verdict, Verdict::admitted) << "while guessers of this address wait";
  EXPECT_THAT(told, HasSubstr("good: tokens read again"));
}

TEST_F(DoormanTest, ManyFirstRequestsOfOneTokenAreNoGuesses) {
  const Token token = make("a");
  open();
  std::vector<std::promise<Admission>> answers(100);
  for (auto& answer : answers) {
    doorman->ask("Bearer " + token.text(), "192.0.2.1",
                 [&answer](Admission admission) { answer.set_value(std::move(admission)); });
  }
  for (auto& answer : answers) EXPECT_EQ(answer.get_future().get().verdict, Verdict::admitted);
}

TEST_F(DoormanTest, ATokenHasItsShareOfRequests) {
  const Token token = make("a");
  const Token other = make("b");
  open(0.001);  // with the first, none for a quarter of an hour
  EXPECT_EQ(show(token).verdict, Verdict::slow_down) << "less than one request";
  doorman.reset();
  open(0.5);
  int admitted = 0;
  for (int i = 0; i < 20; ++i) admitted += show(token).verdict == Verdict::admitted ? 1 : 0;
  EXPECT_GE(admitted, 1);
  EXPECT_LT(admitted, 20);
  EXPECT_EQ(show(other).verdict, Verdict::admitted);
}

TEST_F(DoormanTest, NeedsAGoodFileAtTheStart) {
  DoormanOptions options;
  options.tokens = path;
  const auto missing = Doorman::open(options);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Error::Kind::usage);
  EXPECT_THAT(missing.error().message, HasSubstr("kentongan token create"));
}

}  // namespace
}  // namespace kentongan::access
