// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "app/log/line.hpp"
#include "app/log/log.hpp"
#include "app/log/repeat_limit.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST(LogLine, IsTakenApartAndPutTogether) {
  const LogFields fields = fields_of(R"(msg="two words" seconds=3 path=/a/b ok=true empty="")");
  EXPECT_EQ(fields,
            (LogFields{{"msg", "two words"}, {"seconds", "3"}, {"path", "/a/b"}, {"ok", "true"}, {"empty", ""}}));
  EXPECT_EQ(to_logfmt(fields), R"(msg="two words" seconds=3 path=/a/b ok=true empty="")");
  EXPECT_EQ(to_json(fields), R"({"msg":"two words","seconds":3,"path":"/a/b","ok":true,"empty":""})");
}

TEST(LogLine, WhatHasNoKeyIsTheMessage) {
  EXPECT_EQ(fields_of("something happened"), (LogFields{{"msg", "something happened"}}));
  EXPECT_EQ(fields_of(""), LogFields{});
}

TEST(LogLine, AQuoteInsideASentenceEndsNothing) {
  const LogFields fields = fields_of(R"(msg=x error="the key "a" is wrong" code=7)");
  EXPECT_EQ(fields, (LogFields{{"msg", "x"}, {"error", R"(the key "a" is wrong)"}, {"code", "7"}}));
  EXPECT_EQ(to_logfmt(fields), R"(msg=x error="the key \"a\" is wrong" code=7)");
}

/// What comes from outside stays in its field, whatever it holds.
TEST(LogLine, QuotedTextComesBackAndForgesNothing) {
  for (const char* text : {"plain", "", "a\" level=critical msg=\"forged", "line\nbreak\ttab\rreturn", "back\\slash\\",
                           "\x1b[31mred\x7f", "trailing\"", "\\x1b", "x=y z=w", "sudut kampung"}) {
    const LogFields fields = fields_of("msg=m scope=" + log_text(text) + " after=1");
    EXPECT_EQ(fields, (LogFields{{"msg", "m"}, {"scope", text}, {"after", "1"}})) << text;
    for (const std::string& line : {to_logfmt(fields), to_json(fields)}) {
      for (const char c : line)
        EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && (c != 0x7f || line.starts_with('{'))) << line;
    }
  }
}

TEST(LogLine, JsonKeepsNumbersThatAreSome) {
  EXPECT_EQ(to_json({{"a", "12"}, {"b", "007"}, {"c", "-1.5"}, {"d", "1."}, {"e", "12345678901234567"}, {"f", "0.5"}}),
            R"({"a":12,"b":"007","c":-1.5,"d":"1.","e":"12345678901234567","f":0.5})");
  EXPECT_EQ(to_json({{"a",
                      "ab\xff"
                      "c"}}),
            "{\"a\":\"ab\xef\xbf\xbd"
            "c\"}");
}

TEST(RepeatLimit, LeavesOutAndSaysHowMuchOnceTheMinuteIsOver) {
  RepeatLimit limit(2);
  const RepeatLimit::Time start{};
  EXPECT_TRUE(limit.admit("a", start));
  EXPECT_TRUE(limit.admit("a", start + 1s));
  EXPECT_FALSE(limit.admit("a", start + 2s));
  EXPECT_FALSE(limit.admit("a", start + 59s));
  EXPECT_TRUE(limit.admit("b", start + 59s));
  EXPECT_THAT(limit.over(start + 59s), SizeIs(0));
  const auto told = limit.over(start + 60s);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].subject, "a");
  EXPECT_EQ(told[0].lines, 2U);
  EXPECT_TRUE(limit.admit("a", start + 60s));
  EXPECT_THAT(limit.rest(), SizeIs(0));
}

TEST(RepeatLimit, AClockSetBackDoesNotSilenceForLong) {
  RepeatLimit limit(1);
  const RepeatLimit::Time start = RepeatLimit::Time{} + 1h;
  EXPECT_TRUE(limit.admit("a", start));
  EXPECT_FALSE(limit.admit("a", start));
  EXPECT_THAT(limit.over(start - 30min), SizeIs(1));
  EXPECT_TRUE(limit.admit("a", start - 30min));
}

TEST(RepeatLimit, ManySubjectsTakeNoMoreMemoryAndSilenceNobody) {
  RepeatLimit limit(1);
  for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(limit.admit(std::to_string(i), {}));
  for (int i = 0; i < 10'000; ++i) (void)limit.admit(std::to_string(i), {});
  EXPECT_THAT(limit.rest(), SizeIs(RepeatLimit::kSubjects)) << "so many are counted";
}

struct Log {
  explicit Log(const LogOptions& options)
      : logger(make_logger(options, [this](const std::string& line) { lines.push_back(line); })) {}
  std::vector<std::string> lines;
  std::shared_ptr<spdlog::logger> logger;
};

TEST(Log, WritesWhatTheOptionsSay) {
  Log logfmt({});
  logfmt.logger->info("msg=ready port={}", 80);
  logfmt.logger->debug("msg=detail");
  ASSERT_THAT(logfmt.lines, SizeIs(1));
  EXPECT_THAT(logfmt.lines[0], EndsWith("Z level=info msg=ready port=80\n"));
  EXPECT_TRUE(logfmt.lines[0].starts_with("time=20"));
  Log json({LogFormat::json, LogLevel::warn});
  json.logger->info("msg=ready");
  json.logger->warn("msg=\"a b\" n=1");
  ASSERT_THAT(json.lines, SizeIs(1));
  EXPECT_THAT(json.lines[0], EndsWith("\"level\":\"warning\",\"msg\":\"a b\",\"n\":1}\n"));
}

TEST(Log, ALineThatRepeatsIsLeftOutAndCountedAtTheEnd) {
  Log log({});
  for (int i = 0; i < 1000; ++i) log.logger->error("msg=\"nothing was committed\"");
  for (int i = 0; i < 1000; ++i) log.logger->info("msg=alert alert={}", i);
  log.logger->critical("msg=\"nothing was committed\"");
  EXPECT_THAT(log.lines, SizeIs(kSameLines + kLinesOfAKind + 1));
  EXPECT_THAT(log.lines.back(), HasSubstr("level=critical"));
  auto& lines = log.lines;
  log.logger.reset();
  EXPECT_THAT(lines, Contains(HasSubstr("msg=\"lines left out that repeat\" lines=400 of=alert")));
  EXPECT_THAT(lines, Contains(HasSubstr("lines=991 of=\"msg=")));
}

}  // namespace
}  // namespace kentongan::app
