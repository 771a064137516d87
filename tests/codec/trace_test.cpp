// SPDX-License-Identifier: Apache-2.0
#include "codec/trace.hpp"

#include <gtest/gtest.h>

#include "codec/base64.hpp"
#include "codec/decoder.hpp"
#include "small_reference.hpp"

namespace kentongan::codec {
namespace {

constexpr std::string_view kParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(Trace, TakesWhatIsOne) {
  EXPECT_EQ(read_trace(kParent, "").parent, kParent);
  EXPECT_EQ(read_trace(std::string("01") + std::string(kParent.substr(2)) + "-more", "").parent.substr(0, 3), "01-");
  EXPECT_EQ(read_trace(kParent, "a=1, vendor@x=b:c ,,d=e").state, "a=1, vendor@x=b:c ,,d=e");
}

TEST(Trace, LeavesOutWhatIsNone) {
  const std::string parent(kParent);
  for (std::string bad :
       {std::string(), parent.substr(1), parent + "-more", "ff" + parent.substr(2), "0A" + parent.substr(2),
        "00-00000000000000000000000000000000" + parent.substr(35), parent.substr(0, 36) + "0000000000000000-01",
        parent.substr(0, 35) + "+" + parent.substr(36), "01" + parent.substr(2) + "x"}) {
    EXPECT_TRUE(read_trace(bad, "a=1").empty()) << bad;
    EXPECT_TRUE(read_trace(bad, "a=1").state.empty()) << bad;
  }
  for (std::string bad :
       {std::string("a"), std::string("=1"), std::string("a="), std::string("A=1"), std::string("a=1\n"),
        std::string("a=1=2"), std::string(","), std::string("a=3573010101900001"), "a=" + std::string(512, 'x')}) {
    EXPECT_TRUE(read_trace(kParent, bad).state.empty()) << bad;
  }
  std::string members;
  for (int i = 0; i < 33; ++i) members += "k" + std::to_string(i) + "=1,";
  EXPECT_TRUE(read_trace(kParent, members).state.empty());
}

TEST(Trace, IsPutIntoAnEvent) {
  const TraceContext trace{std::string(kParent), "a=\"b\""};
  EXPECT_EQ(with_trace(R"({"id":"x"})", {std::string(kParent), ""}),
            R"({"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","id":"x"})");
  EXPECT_EQ(with_trace(" { }", trace),
            R"( {"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","tracestate":"a=\"b\"" })");
  EXPECT_EQ(with_trace(R"({"id":"x"})", {}), R"({"id":"x"})");
}

TEST(Trace, OfAnEventWhateverBecomesOfIt) {
  Decoder decoder(small_reference());
  const auto trace = [&](const std::string& raw) {
    (void)decoder.decode(raw);
    return decoder.trace();
  };
  const std::string own = R"("traceparent":")" + std::string(kParent) + R"(","tracestate":"a=b")";
  EXPECT_EQ(trace("{" + own + "}"), (TraceContext{std::string(kParent), "a=b"}));
  EXPECT_EQ(trace(R"({"traceparent":7})"), TraceContext{});
  EXPECT_EQ(trace(R"({"tracestate":"a=b"})"), TraceContext{});
  EXPECT_EQ(trace(R"({"data":{)" + own + "}}"), std::nullopt);
  EXPECT_EQ(trace("{" + own), std::nullopt);
  EXPECT_EQ(trace("[" + own + "]"), std::nullopt);
  EXPECT_EQ(trace("{" + own + "}").has_value(), true);
  EXPECT_EQ(trace(std::string(300 * 1024, ' ')), std::nullopt) << "not that of the event before";
}

TEST(Base64, BothAlphabetsWithAndWithoutPadding) {
  EXPECT_EQ(decode_base64(""), "");
  EXPECT_EQ(decode_base64("Zg=="), "f");
  EXPECT_EQ(decode_base64("Zm9v"), "foo");
  EXPECT_EQ(decode_base64("-_-_"), decode_base64("+/+/"));
  EXPECT_EQ(decode_base64("AAE"), std::string("\0\1", 2));
  for (const char* bad : {"Z", "Zm9vZ", "Zm 9v", "Zm9v!"}) EXPECT_FALSE(decode_base64(bad)) << bad;
}

}  // namespace
}  // namespace kentongan::codec
