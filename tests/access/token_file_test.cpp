// SPDX-License-Identifier: Apache-2.0
#include "access/token_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "access/token_store.hpp"
#include "process.hpp"

namespace kentongan::access {
namespace {

using app::testing::read_file;
using app::testing::TemporaryFolder;
using app::testing::write_file;
using ::testing::HasSubstr;

/// As cheap as a hash may be.
constexpr ScryptCost kCheap{1024, 1, 1};

TokenRecord some_record(const Token& token, const std::string& name = "posko") {
  TokenRecord about;
  about.name = name;
  about.role = ports::Role::officer;
  about.duty = "lurah";
  about.areas = {"35.73.02", "35.73.03.1001"};
  about.created = *parse_rfc3339("2024-11-10T08:00:00+07:00");
  about.expires = *parse_rfc3339("2024-12-01T00:00:00+07:00");
  about.cost = kCheap;
  return *make_record(token, about);
}

TEST(Token, HasAFormThatIsReadStrictly) {
  const Token token = *new_token();
  const std::string text = token.text();
  ASSERT_EQ(text.size(), 60U);
  const auto read = read_token(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, token.id);
  EXPECT_EQ(read->secret, token.secret);
  EXPECT_NE(new_token()->secret, token.secret);
  for (std::string wrong : {text + 'a', text.substr(1), "KTG_" + text.substr(4), std::string(), std::string(60, 'a'),
                            text.substr(0, 59) + '=', text.substr(0, 59) + '\0', "ktg_00000000000G" + text.substr(16),
                            text.substr(0, 16) + '-' + text.substr(17)}) {
    EXPECT_FALSE(read_token(wrong)) << wrong;
  }
}

TEST(Token, StandsBehindBearerInAnyCase) {
  EXPECT_EQ(bearer_of("Bearer abc"), "abc");
  EXPECT_EQ(bearer_of("bEARER   abc"), "abc");
  for (const char* other : {"", "Bearer", "Bearer ", "Bearer\tabc", "Basic abc", "Bearerabc", "ktg_"}) {
    EXPECT_FALSE(bearer_of(other)) << other;
  }
}

TEST(TokenFile, IsReadAsItWasWrittenAndHoldsNoSecret) {
  const Token token = *new_token();
  const std::vector<TokenRecord> tokens{some_record(token), some_record(*new_token(), "other")};
  const std::string text = write_tokens(tokens);
  EXPECT_THAT(text, Not(HasSubstr(token.secret)));
  const auto read = read_tokens(text, "tokens");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(write_tokens(*read), text);
  const TokenRecord& first = read->front();
  EXPECT_EQ(first.areas, tokens[0].areas);
  EXPECT_TRUE(is_secret_of(token.secret, first));
  EXPECT_FALSE(is_secret_of(new_token()->secret, first));
  EXPECT_TRUE(first.valid_at(*parse_rfc3339("2024-11-30T23:59:59+07:00")));
  EXPECT_FALSE(first.valid_at(*parse_rfc3339("2024-12-01T00:00:00+07:00")));
  EXPECT_EQ(first.caller().actor->duty, "lurah");
}

TEST(TokenFile, WhatIsWrongIsNamed) {
  const std::string good = write_tokens({some_record(*new_token())});
  const auto with = [&](const std::string& part, const std::string& other) {
    std::string text = good;
    const auto at = text.find(part);
    if (at == std::string::npos) ADD_FAILURE() << part;
    return text.replace(at, part.size(), other);
  };
  const std::map<std::string, std::string> wrong{
      {"", "byte 0"},
      {"{}", "no file of tokens"},
      {"[]", "no file of tokens"},
      {with(R"("version":1)", R"("version":2)"), "newer Kentongan"},
      {with(R"("role":"officer")", R"("role":"king")"), "token 1 of the file: `role`"},
      {with(R"("name":"posko")", R"("name":"a b")"), "`name`"},
      {with(R"("areas":["35.73.02","35.73.03.1001"])", R"("areas":[])"), "`areas`"},
      {with(R"("areas":["35.73.02","35.73.03.1001"])", R"("areas":"35.73.02")"), "`areas`"},
      {with(R"("35.73.02")", R"("35..02")"), "`areas`"},
      {with(R"("expires":")", R"("expires":"x)"), "`expires`"},
      {with(R"("n":1024)", R"("n":1025)"), "`scrypt`"},
      {with(R"("n":1024)", R"("n":1073741824)"), "`scrypt`"},
      {with(R"("hash":")", R"("hash":"AA)"), "`scrypt` lacks"},
      {with("]}\n", "," + good.substr(good.find('\n') + 1)), "twice"},
  };
  for (const auto& [text, said] : wrong) {
    const auto read = read_tokens(text, "tokens.json");
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, Error::Kind::usage);
    EXPECT_THAT(read.error().message, AllOf(HasSubstr("tokens.json: "), HasSubstr(said))) << text;
  }
}

TEST(TokenStore, KeepsTheFileToItsOwner) {
  const TemporaryFolder folder;
  const std::string path = folder / "secret/tokens.json";
  const auto add = [](std::vector<TokenRecord>& tokens) -> Result<void> {
    tokens.push_back(some_record(*new_token()));
    return {};
  };
  ASSERT_TRUE(change_tokens(path, add));
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_TRUE(load_tokens(path));
  ::chmod(path.c_str(), 0640);
  const auto open = load_tokens(path);
  ASSERT_FALSE(open);
  EXPECT_THAT(open.error().message, HasSubstr("chmod 600"));
  EXPECT_FALSE(change_tokens(path, add)) << "a file that others could have changed is not built upon";
}

TEST(TokenStore, AChangeThatFailsLeavesTheFileAlone) {
  const TemporaryFolder folder;
  const std::string path = folder / "tokens.json";
  ASSERT_TRUE(change_tokens(path, [](auto&) { return Result<void>(); }));
  const std::string before = read_file(path);
  const auto failed = change_tokens(path, [](auto& tokens) -> Result<void> {
    tokens.push_back(some_record(*new_token()));
    return fail(Error::Kind::usage, "no");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(read_file(path), before);
}

TEST(TokenStore, ManyWritersLoseNothing) {
  const TemporaryFolder folder;
  const std::string path = folder / "tokens.json";
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&path, i] {
      const TokenRecord record = some_record(*new_token(), "w" + std::to_string(i));
      EXPECT_TRUE(change_tokens(path, [&record](std::vector<TokenRecord>& tokens) -> Result<void> {
        tokens.push_back(record);
        return {};
      }));
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(load_tokens(path)->size(), 8U);
}

}  // namespace
}  // namespace kentongan::access
