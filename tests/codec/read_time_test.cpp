// SPDX-License-Identifier: Apache-2.0
#include "codec/read_time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace kentongan::codec {
namespace {

TEST(ReadTime, AgreesWithTheSlowParserOnTexts) {
  for (const std::string_view text :
       {"2024-11-10T08:00:00+07:00",     "2024-11-10T08:00:00.123+07:00", "2024-02-29T00:00:00-00:00",
        "2024-02-30T00:00:00+07:00",     "2023-02-29T00:00:00+07:00",     "2024-11-10T24:00:00+07:00",
        "2024-11-10T23:59:60+07:00",     "2016-12-31T23:59:60.500+00:00", "2024-11-10t08:00:00+07:00",
        "2024-11-10T08:00:00,123+07:00", "2024-11-10T08:00:00.12+07:000", "2024-11-10T08:60:00+07:00",
        "2024-11-10T08:00:00+24:00",     "2024-11-10T08:00:00+07:60",     "2024-13-10T08:00:00+07:00",
        "2024-00-10T08:00:00+07:00",     "0000-01-01T00:00:00+00:00",     "0001-01-01T00:00:00+00:00",
        "0001-01-01T14:00:00+00:00",     "9999-12-31T23:59:59+14:00",     "9999-12-31T23:59:59+00:00",
        "9999-12-31T23:59:59-23:59",     "2024-11-10 08:00:00+07:00",     "2024-11-10T08:00:00 07:00",
        "2024-11-10T08:00:00.12345Z",    "2024-11-10T08:00:00Z",          "2024-11-10T08:00:00.1234567890Z",
        "-024-11-10T08:00:00+07:00",     "2024-11-10T08:00:00.abc+07:00"}) {
    EXPECT_EQ(read_time(text), parse_rfc3339(text)) << text;
  }
}

TEST(ReadTime, AgreesWithTheSlowParserOnChangedTexts) {
  EXPECT_TRUE(rc::check([] {
    std::string text(*rc::gen::element<std::string_view>("2024-11-10T08:00:00+07:00", "2024-02-29T23:59:59.999-05:30"));
    const auto changes = *rc::gen::inRange(0, 4);
    for (int i = 0; i < changes; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      text[at] = *rc::gen::element('0', '1', '2', '3', '5', '6', '9', ':', '-', '+', 'T', 'Z', '.');
    }
    RC_ASSERT(read_time(text) == parse_rfc3339(text));
  }));
}

}  // namespace
}  // namespace kentongan::codec
