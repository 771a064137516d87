// SPDX-License-Identifier: Apache-2.0
// What the tables of documents/ cannot say: bytes that are no JSON, limits, and what a rejection carries.
#include <gtest/gtest.h>

#include <string>

#include "codec/decoder.hpp"
#include "documents.hpp"
#include "small_reference.hpp"

namespace kentongan::codec {
namespace {

using namespace std::string_literals;

class DecoderRejection : public testing::Test {
 protected:
  Rejection reject(std::string_view raw) {
    const auto decoded = decoder_.decode(raw);
    EXPECT_FALSE(decoded) << raw.substr(0, 200);
    return decoded ? Rejection{} : decoded.error();
  }
  std::shared_ptr<const Reference> reference_ = small_reference();
  Decoder decoder_{reference_};
};

/// A good report with `extra` as a further member of `data`.
std::string report_with(std::string_view extra) {
  std::string data(kFullReport);
  data.insert(1, std::string(extra) + ",");
  return envelope("report", data);
}

std::string nested(int levels) {
  const auto count = static_cast<std::size_t>(levels);
  return std::string(count, '[') + std::string(count, ']');
}

TEST_F(DecoderRejection, SaysWhatIsWrongWithATime) {
  struct Case {
    std::string_view time, says;
  };
  for (const auto& [time, says] : {
           Case{"2024-02-30T08:00:00+07:00", "names a day that does not exist"},
           {"2024-11-10T08:00:00", "has no offset at its end"},
           {"2024-11-10T08:00:00+24:00", "has an offset that does not exist"},
           {"9999-12-31T23:59:59Z", "lies outside the years 0001 to 9999"},
           {"tomorrow", "must be a time with an offset"},
       }) {
    std::string raw = envelope("report", kFullReport);
    const std::size_t at = raw.find(R"("time":")") + 8;
    raw.replace(at, raw.find('"', at) - at, time);
    const Rejection rejection = reject(raw);
    EXPECT_EQ(rejection.reason, RejectReason::invalid_event) << time;
    EXPECT_EQ(rejection.pointer, "/time") << time;
    EXPECT_NE(rejection.message.find(says), std::string::npos) << rejection.message;
  }
}

TEST_F(DecoderRejection, AnUnknownCategoryGetsTheNearestOrTheList) {
  const auto message_of = [&](std::string_view category) {
    std::string raw = envelope("report", kFullReport);
    const std::size_t at = raw.find(R"("category":")") + 12;
    raw.replace(at, raw.find('"', at) - at, category);
    return reject(raw).message;
  };
  EXPECT_NE(message_of("intimidasion").find("did you mean \"intimidation\"?"), std::string::npos);
  const std::string list = message_of("weather forecast");
  for (const Category& category : reference_->categories) {
    EXPECT_NE(list.find(category.id), std::string::npos) << category.id;
  }
}

TEST_F(DecoderRejection, BytesThatAreNotStrictJson) {
  const std::string good = envelope("report", kFullReport);
  ASSERT_TRUE(decoder_.decode(good));
  const std::string bad[] = {
      "",
      " ",
      "nope",
      "nul",
      "{",
      good.substr(0, good.size() - 1),
      good + "}",
      good + " x",
      good + good,
      good + "\0"s,
      "\xEF\xBB\xBF" + good,
      report_with(R"("a":01)"),
      report_with(R"("a":1.)"),
      report_with(R"("a":.5)"),
      report_with(R"("a":+1)"),
      report_with(R"("a":-)"),
      report_with(R"("a":1e)"),
      report_with(R"("a":0x10)"),
      report_with(R"("a":NaN)"),
      report_with(R"("a":Infinity)"),
      report_with(R"("a":1e400)"),
      report_with(R"("a":-1e400)"),
      report_with(R"("a":1.7976931348623159e308)"),
      report_with("\"a\":1" + std::string(309, '0')),
      report_with(R"("a":True)"),
      report_with(R"("a":[1,])"),
      report_with(R"("a":[,1])"),
      report_with(R"("a":[1 2])"),
      report_with(R"("a":{"b":1,})"),
      report_with(R"("a":{"b" 1})"),
      report_with(R"("a":{b:1})"),
      report_with(R"("a":'x')"),
      report_with(R"("a":[1})"),
      report_with(R"("a":"\x41")"),
      report_with(R"("a":"\u12")"),
      report_with(R"("a":"\u00g0")"),
      report_with(R"("a":"\u0000")"),
      report_with(R"("a\u0000b":1)"),
      report_with(R"("a":"\ud800")"),
      report_with(R"("a":"\ud800x")"),
      report_with(R"("a":"\ud800\u0041")"),
      report_with(R"("a":"\udc00")"),
      report_with(R"("a":"\udc00\ud800")"),
      report_with("\"a\":\"x\ny\""),
      report_with("\"a\":\"x\x1fy\""),
      report_with("\"a\":\"x\0y\""s),
      report_with("\"a\":\"\xC0\xAF\""),
      report_with("\"a\":\"\xED\xA0\x80\""),
      report_with("\"a\":\"\xF4\x90\x80\x80\""),
      report_with("\"a\":\"\xE2\x82\""),
      report_with("\"a\":\"\xFF\""),
      report_with("\"\x80\":1"),
      report_with(R"("a":1,"a":2)"),
      report_with(R"("a":1,"\u0061":2)"),
      report_with(R"("a":{"b":{"c":1,"d":2,"c":3}})"),
      report_with(R"("a":[{"":1,"":2}])"),
      report_with(R"("area":"35.73.02.1004")"),
      report_with(R"("\u0061rea":"35.73.02.1004")"),
      report_with(R"("a":{"tps":1,"tps":1})"),
      "/* no comments */" + good,
  };
  for (const std::string& raw : bad) {
    const Rejection rejection = reject(raw);
    EXPECT_EQ(rejection.reason, RejectReason::malformed_json) << raw << '\n' << rejection.message;
    EXPECT_EQ(rejection.pointer, "");
    EXPECT_EQ(rejection.message.rfind("byte ", 0), 0U) << rejection.message;
  }
}

TEST_F(DecoderRejection, UnusualButGoodJson) {
  const std::string good[] = {
      " \t\r\n" + envelope("report", kFullReport) + "\r\n",
      report_with(R"("a":-0)"),
      report_with(R"("a":1e-400)"),
      report_with(R"("a":0e999999999999)"),
      report_with(R"("a":1.7976931348623157e308)"),
      report_with("\"a\":0." + std::string(5000, '0') + "1"),
      report_with("\"a\":" + std::string(308, '9')),
      report_with(R"("a":"\ud83e\udd41 \u2713 \b\f\n\r\t\/\\\"")"),
      report_with("\"a\":\"\xF0\x9F\xA5\x81 \xE2\x9C\x93 \x7F\""),
      report_with(R"("a":{"b":1},"c":{"b":1})"),
      report_with(R"("a":1,"A":1,"":1,"a ":1)"),
      report_with("\"a\": [ ] , \"b\" : { } "),
      report_with("\"a\":" + nested(62)),
  };
  for (const std::string& raw : good) {
    const auto decoded = decoder_.decode(raw);
    EXPECT_TRUE(decoded) << raw.substr(0, 300) << '\n' << decoded.error().message;
  }
}

TEST_F(DecoderRejection, EqualKeysAreFoundHoweverManyThereAre) {
  std::string many = R"("k0":0)";
  for (int i = 1; i < 2000; ++i) many.append(",\"k" + std::to_string(i) + "\":0");
  EXPECT_TRUE(decoder_.decode(report_with("\"a\":{" + many + "}")));
  EXPECT_EQ(reject(report_with("\"a\":{" + many + ",\"k1234\":0}")).reason, RejectReason::malformed_json);
}

TEST_F(DecoderRejection, SixtyFourLevels) {
  // The event and its data are two of them.
  EXPECT_TRUE(decoder_.decode(report_with("\"a\":" + nested(62))));
  EXPECT_EQ(reject(report_with("\"a\":" + nested(63))).reason, RejectReason::too_deep);
  EXPECT_EQ(reject(std::string(200'000, '[')).reason, RejectReason::too_deep);
  EXPECT_EQ(reject("[1," + std::string(200, '{')).reason, RejectReason::malformed_json);
  EXPECT_EQ(reject(report_with("\"a\":tru,\"b\":" + nested(63))).reason, RejectReason::malformed_json);
  EXPECT_EQ(reject(report_with("\"a\":" + nested(63) + ",\"b\":\"\xFF\"")).reason, RejectReason::too_deep);
  EXPECT_EQ(reject(report_with("\"b\":\"\xFF\",\"a\":" + nested(63))).reason, RejectReason::malformed_json);
}

TEST_F(DecoderRejection, SizeIsLookedAtFirst) {
  std::string raw = envelope("report", kFullReport);
  raw.resize(256 * 1024, ' ');
  EXPECT_TRUE(decoder_.decode(raw));
  raw += ' ';
  const Rejection rejection = reject(raw);
  EXPECT_EQ(rejection.reason, RejectReason::too_large);
  EXPECT_EQ(rejection.city, std::nullopt);
  EXPECT_EQ(reject(std::string(256 * 1024 + 1, '[')).reason, RejectReason::too_large);
  Decoder small(reference_, {100, 2});
  EXPECT_EQ(small.decode(envelope("report", kFullReport)).error().reason, RejectReason::too_large);
}

TEST_F(DecoderRejection, NotAnObject) {
  for (const std::string_view raw : {"[]", "1", "null", "\"x\"", "true", "[{}]"}) {
    const Rejection rejection = reject(raw);
    EXPECT_EQ(rejection.reason, RejectReason::invalid_event) << raw;
    EXPECT_EQ(rejection.pointer, "");
  }
}

TEST_F(DecoderRejection, CarriesWhatCouldBeRead) {
  const Rejection no_id =
      reject(R"({"source":"s","specversion":"1.0","type":"kentongan.report.v1","time":"2024-11-10T08:00:00Z",)"
             R"("data":{"area":"35.73.02.9999"}})");
  EXPECT_EQ(no_id.pointer, "/id");
  EXPECT_EQ(no_id.time, parse_rfc3339("2024-11-10T08:00:00Z"));
  EXPECT_EQ(no_id.type, EventType::report);
  EXPECT_EQ(no_id.city, reference_->find_place("35.73"));

  const Rejection bare = reject(R"({"data":{"area":7},"time":"yesterday","type":"x"})");
  EXPECT_EQ(bare.time, std::nullopt);
  EXPECT_EQ(bare.type, std::nullopt);
  EXPECT_EQ(bare.city, std::nullopt);
  // Nothing of the event before is left over.
  EXPECT_EQ(reject("{").city, std::nullopt);
}

struct CityCase {
  std::string_view type;
  std::string_view data;
  std::string_view city;  ///< empty: none
};

TEST_F(DecoderRejection, TheCityIsKnownByTheRegencyOfTheCode) {
  const CityCase cases[] = {
      {"report", R"({"area":"35.73.02.9999"})", "35.73"},
      {"report", R"({"area":"35.73"})", "35.73"},
      {"report", R"({"area":"35.07.junk"})", "35.07"},
      {"report", R"({"area":"99.99.01.1001"})", ""},
      {"report", R"({"area":"35"})", ""},
      {"report", R"({"area":""})", ""},
      {"report", R"({"area":["35.73"]})", ""},
      {"report", R"({"areas":["35.73.02"]})", ""},
      {"consignment", R"({"area":"35.73"})", "35.73"},
      {"campaign", R"({"areas":["x",7,"35.07.01"]})", "35.07"},
      {"campaign", R"({"areas":"35.07.01"})", ""},
      {"campaign", R"({"area":"35.07.01"})", ""},
      {"action", R"({"alert":"35.73-1","area":"35.07"})", "35.73"},
      {"action", R"({"alert":"35.73.02-1"})", ""},
      {"action", R"({"alert":"35.73"})", ""},
      {"unheard_of", R"({"area":"35.73.02.1004"})", "35.73"},
      {"unheard_of", R"({"areas":["35.73.02.1004"]})", "35.73"},
      {"unheard_of", R"({"alert":"35.73-1"})", "35.73"},
  };
  for (const auto& [type, data, city] : cases) {
    const Rejection rejection = reject(envelope(type, data));
    const auto expected = city.empty() ? std::nullopt : reference_->find_place(city);
    EXPECT_EQ(rejection.city, expected) << type << ' ' << data;
  }
}

TEST_F(DecoderRejection, MessagesSayWhereAndMaskPersonalNumbers) {
  const std::string nik = "3573010101900001";
  const std::string cases[] = {
      report_with("\"unknown\":\"" + nik + "\""),
      report_with("\"unknown\":" + nik),
      envelope("report", R"({"area":"x","status":"3573 0101 0190 0001"})"),
      R"({"id":"a","source":"b","specversion":"1.0","time":"2024-11-10T08:00:00Z","data":{},"type":")" + nik + "\"}",
      envelope("action", R"({"alert":"3573010101900001-1","action":"confirm","actor":{"ref":"o"}})"),
  };
  for (const std::string& raw : cases) {
    const Rejection rejection = reject(raw);
    EXPECT_NE(rejection.message.find(rejection.pointer), std::string::npos) << rejection.message;
    EXPECT_NE(rejection.message.find("XXXX"), std::string::npos) << rejection.message;
    EXPECT_EQ(rejection.message.find("0001"), std::string::npos) << rejection.message;
  }
}

TEST_F(DecoderRejection, LongTextsAreCutInMessages) {
  std::string word = "x";
  for (int i = 0; i < 1000; ++i) word += "\xE2\x9C\x93";
  const Rejection rejection = reject(envelope("readiness", "{\"area\":\"" + word + "\"}"));
  EXPECT_EQ(rejection.reason, RejectReason::unknown_area);
  EXPECT_LT(rejection.message.size(), 250U);
}

TEST_F(DecoderRejection, NumbersThatAreANik) {
  for (const std::string_view number :
       {"3573010101900001", "-3573010101900001", "3573010101900001.0", "3.573010101900001e15", "3573010101900001e0",
        "0.3573010101900001E+16", "35730101019000010e-1", "3573011212e6"}) {
    const Rejection rejection = reject(report_with("\"a\":[" + std::string(number) + "]"));
    EXPECT_EQ(rejection.reason, RejectReason::personal_data) << number;
    EXPECT_EQ(rejection.pointer, "/data/a/0");
  }
  for (const std::string_view number :
       {"3573010101900001.5", "35730101019000011", "357301010190000", "3573010100900001", "35730101e8",
        "3573010101900001e1", "3573010101900001e-1"}) {
    EXPECT_TRUE(decoder_.decode(report_with("\"a\":[" + std::string(number) + "]"))) << number;
  }
}

TEST_F(DecoderRejection, TheFirstPersonalNumberIsNamed) {
  const Rejection rejection = reject(report_with(R"("a":{"b":[0,{"c":"3573010101900001"}]},"d":"3573010101900001")"));
  EXPECT_EQ(rejection.pointer, "/data/a/b/1/c");
}

TEST_F(DecoderRejection, TheAlertOfAnActionIsNotLookedAt) {
  const std::string action =
      envelope("action", R"({"alert":"35.73-3573010101900001","action":"confirm","actor":{"ref":"o"}})");
  EXPECT_TRUE(decoder_.decode(action));
  // In a report `alert` is an unknown field like any other.
  EXPECT_EQ(reject(report_with(R"("alert":"35.73-3573010101900001")")).reason, RejectReason::personal_data);
}

}  // namespace
}  // namespace kentongan::codec
