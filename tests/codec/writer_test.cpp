// SPDX-License-Identifier: Apache-2.0
#include "codec/writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidjson/document.h>

#include <bit>
#include <cmath>
#include <limits>

#include "sample_outputs.hpp"
#include "small_reference.hpp"

namespace kentongan::codec {
namespace {

constexpr std::string_view kWritten[] = {
    R"({"specversion":"1.0","id":"a-1","source":"/kentongan/35.73","type":"kentongan.alert.v1",)"
    R"("subject":"35.73.02.1004","time":"2024-11-10T13:00:00.500+07:00","data":{"alert":"35.73-0123456789abcdef",)"
    R"("rule":"repeated-intimidation","scope":{"kind":"area","key":"35.73.02.1004"},"area":"35.73.02.1004",)"
    R"("step":"fired","state":"firing","level":"awas","proposed":true,"shadow":true,)"
    R"("since":"2024-11-10T13:00:00+07:00","tier":0,"to":["lurah","polsek"],)"
    R"("message":{"id":"Pesan \"satu\"","en":"Message"},"recommend":{"id":"Anjuran","en":"Advice"},)"
    R"("recommendations":["patroli"],"legal":"UU 10/2016","count":4,"distinct":3,"events":["r-1","r-2"],)"
    R"("reasons":[{"code":"count_reached","text":"4 events within 24h"}],"actor":{"ref":"o-1","role":"lurah"},)"
    R"("assignee":"o-2","until":"2024-11-10T15:00:00.250+07:00"}})",
    R"({"specversion":"1.0","id":"a-2","source":"/kentongan/35.73","type":"kentongan.alert.v1","subject":"a+b",)"
    R"("time":"2024-11-10T13:00:00+07:00","data":{"alert":"35.73-0123456789abcdef","rule":"r",)"
    R"("scope":{"kind":"fields","key":"a+b"},"area":"35.73","step":"resolved","state":"resolved","level":"waspada",)"
    R"("since":"1970-01-01T07:00:00+07:00","tier":0,"to":[],"message":{"id":"Pesan"},"events":[],"reasons":[]}})",
    R"({"specversion":"1.0","id":"k-1","source":"/kentongan/35.73","type":"kentongan.risk.v1",)"
    R"("subject":"35.73.02.1004","time":"2024-11-10T13:00:00.500+07:00","data":{"area":"35.73.02.1004","score":41.5,)"
    R"("level":"siaga","previous":"waspada","rising":true,"contributions":[{"event":"r-1","rule":"x","weight":12.0},)"
    R"({"event":"r-2","rule":"y","weight":0.125}]}})",
    R"({"specversion":"1.0","id":"k-2","source":"/kentongan/35.73","type":"kentongan.risk.v1",)"
    R"("subject":"35.73.02.1004","time":"2024-11-10T13:00:00.500+07:00","data":{"area":"35.73.02.1004","score":0.0,)"
    R"("level":"aman","previous":"waspada","rising":false,"contributions":[]}})",
    R"({"specversion":"1.0","id":"k-3","source":"/kentongan/35.73","type":"kentongan.risk.v1",)"
    R"("subject":"35.73.02.1004","time":"2024-11-10T13:00:00.500+07:00",)"
    R"("traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","tracestate":"vendor=a:b,other=c",)"
    R"("data":{"area":"35.73.02.1004","score":41.5,)"
    R"("level":"siaga","previous":"waspada","rising":true,"contributions":[{"event":"r-1","rule":"x","weight":12.0},)"
    R"({"event":"r-2","rule":"y","weight":0.125}]}})",
    R"({"specversion":"1.0","id":"d-1","source":"/kentongan/35.73","type":"kentongan.deadletter.v1",)"
    R"("time":"2024-11-10T13:00:00.500+07:00","data":{"reason":"invalid_event","pointer":"/data/severity",)"
    R"("message":"must be \t 1 to 5","raw_base64":"eyJhIjoxfQ=="}})",
    R"({"specversion":"1.0","id":"d-2","source":"/kentongan","type":"kentongan.deadletter.v1",)"
    R"("time":"1970-01-01T00:00:00Z","data":{"reason":"personal_data","pointer":"","message":""}})"};

TEST(Writer, OutputsByteForByte) {
  const auto reference = small_reference();
  const auto outputs = sample_outputs(*reference);
  ASSERT_EQ(outputs.size(), std::size(kWritten));
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    std::string out = "kept ";
    write_output(out, outputs[i], *reference);
    EXPECT_EQ(out, "kept " + std::string(kWritten[i]));
  }
}

TEST(Writer, AlertDataAloneIsThatOfTheEvent) {
  const auto reference = small_reference();
  const auto outputs = sample_outputs(*reference);
  std::string data;
  write_alert_data(data, std::get<AlertStep>(outputs[0].data), *reference);
  EXPECT_NE(kWritten[0].find("\"data\":" + data + "}"), std::string_view::npos);
}

std::string number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST(Writer, Numbers) {
  EXPECT_EQ(number(0), "0.0");
  EXPECT_EQ(number(-0.0), "-0.0");
  EXPECT_EQ(number(12), "12.0");
  EXPECT_EQ(number(41.5), "41.5");
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(number(100000), "100000.0");
  EXPECT_EQ(number(1e22), "1e+22");
  EXPECT_EQ(number(1e-7), "1e-07");
  EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
}

TEST(Writer, NumbersReadBackEqual) {
  EXPECT_TRUE(rc::check([](std::uint64_t bits) {
    const auto value = std::bit_cast<double>(bits);
    if (!std::isfinite(value)) return;
    const std::string written = number(value);
    rapidjson::Document read;
    read.Parse<rapidjson::kParseFullPrecisionFlag>(written.c_str());
    RC_ASSERT(read.IsDouble());
    RC_ASSERT(read.GetDouble() == value);
  }));
}

TEST(Writer, TextsReadBackEqual) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    std::string text = bytes;
    for (char& c : text) c = static_cast<char>(c & 0x7F);
    std::string written;
    append_string(written, text);
    rapidjson::Document read;
    read.Parse(written.c_str());
    RC_ASSERT(read.IsString());
    RC_ASSERT(std::string(read.GetString(), read.GetStringLength()) == text);
  }));
}

TEST(Writer, EachByteAtEachPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool plain = byte >= 0x20 && c != '"' && c != '\\';
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, 'a');
      text[place] = c;
      std::string written, alone;
      append_string(written, text);
      append_string(alone, std::string_view(&c, 1));
      EXPECT_EQ(alone.size() == 3, plain) << byte;
      EXPECT_EQ(written,
                "\"" + text.substr(0, place) + alone.substr(1, alone.size() - 2) + text.substr(place + 1) + "\"");
    }
  }
}

TEST(Writer, ControlCharactersAndUtf8) {
  std::string out;
  append_string(out, "\x01\x1f \"\\ /\b\f\n\r\t \xE2\x9C\x93");
  EXPECT_EQ(out, "\"\\u0001\\u001f \\\"\\\\ /\\b\\f\\n\\r\\t \xE2\x9C\x93\"");
}

}  // namespace
}  // namespace kentongan::codec
