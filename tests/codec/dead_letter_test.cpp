// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "codec/decoder.hpp"
#include "codec/writer.hpp"
#include "documents.hpp"
#include "small_reference.hpp"

namespace kentongan::codec {
namespace {

DeadLetter letter_of(const std::string& raw) {
  Decoder decoder(small_reference());
  auto decoded = decoder.decode(raw);
  EXPECT_FALSE(decoded);
  return decoded ? DeadLetter{} : dead_letter(decoded.error(), raw);
}

TEST(DeadLetter, KeepsTheBytesAsTheyCame) {
  for (const std::string& raw : {std::string("\xFF\x00{", 3), std::string("{"), envelope("report", "{}")}) {
    EXPECT_EQ(letter_of(raw).raw, raw);
  }
}

TEST(DeadLetter, MasksPersonalNumbersInTheMessageWhateverTheReason) {
  const auto reference = small_reference();
  Rejection rejection;
  rejection.reason = RejectReason::unknown_alert;
  rejection.pointer = "/data/alert";
  rejection.message = "no alert \"35.73-3573010101900001\" is known";
  Output output;
  output.id = "d-1";
  output.data = DeadLetter{rejection, ""};
  std::string written;
  write_output(written, output, *reference);
  EXPECT_EQ(written.find("3573010101900001"), std::string::npos) << written;
  EXPECT_NE(written.find("XXXX"), std::string::npos) << written;
}

struct MaskCase {
  std::string_view member;  ///< of `data`
  std::string_view masked;  ///< empty: the raw bytes are left out
};

constexpr MaskCase kMaskCases[] = {
    {R"("a":"3573010101900001")", R"("a":"XXXXXXXXXXXXXXXX")"},
    {R"("a":"call 35-73.01 0101900001 or 021")", R"("a":"call XX-XX.XX XXXXXXXXXX or 021")"},
    {R"("a":3573010101900001)", R"("a":XXXXXXXXXXXXXXXX)"},
    {R"("a":-3573010101900001.0)", R"("a":-XXXXXXXXXXXXXXXX.0)"},
    {R"("a":3.573010101900001e15)", R"("a":X.XXXXXXXXXXXXXXXe15)"},
    {R"("a":35730101019000010e-1)", ""},
    {R"("a":3573011212e6)", ""},
    // Each of several, in keys and elsewhere too.
    {R"("a":"3573010101900001","b":["3573017112900001",3573010101900001])",
     R"("a":"XXXXXXXXXXXXXXXX","b":["XXXXXXXXXXXXXXXX",XXXXXXXXXXXXXXXX])"},
    {R"("3573010101900001":"3573010101900001")", R"("XXXXXXXXXXXXXXXX":"XXXXXXXXXXXXXXXX")"},
    {R"("3573010101900002":"3573010101900001")", R"("3573010101900002":"XXXXXXXXXXXXXXXX")"},
    // Groups that overlap.
    {R"("a":"1111 1111 1111 1111 1111")", R"("a":"XXXX XXXX XXXX XXXX XXXX")"},
    // Texts with escapes: found as long as the digits themselves are written plainly.
    {R"("a":"\u0022\n3573010101900001\"")", R"("a":"\u0022\nXXXXXXXXXXXXXXXX\"")"},
    {R"("a":"\u00203573010101900001")", R"("a":"\u0020XXXXXXXXXXXXXXXX")"},
    // The last digit of the escape is the first of the number.
    {R"("a":"\u0033573010101900001")", R"("a":"\u003XXXXXXXXXXXXXXXX")"},
    {R"("a":"357\u0033010101900001")", ""},
    {R"("a":"3573\u0020010101900001")", ""},
    {R"("a":"3573010101900001","b":"3573\u0030101019000\u00301")", ""},
    {R"("a":"3573010101900001 3573\u002d010101900001")", ""},
    // No NIKs.
    {R"("a":"3573010101900001","b":"3573013201900001")", R"("a":"XXXXXXXXXXXXXXXX","b":"3573013201900001")"},
};

TEST(DeadLetter, MasksPersonalNumbers) {
  for (const auto& [member, masked] : kMaskCases) {
    const auto document = [](std::string_view with) {
      return envelope("report", R"({"area":"35.73.02.1004",)" + std::string(with) + "}");
    };
    const DeadLetter letter = letter_of(document(member));
    EXPECT_EQ(letter.rejection.reason, RejectReason::personal_data) << member;
    EXPECT_EQ(letter.raw, masked.empty() ? std::string() : document(masked)) << member;
  }
}

TEST(DeadLetter, LeavesTheAlertOfAnActionAlone) {
  const auto action = [](std::string_view alert, std::string_view note) {
    return envelope("action", R"({"alert":")" + std::string(alert) + R"(","note":")" + std::string(note) + "\"}");
  };
  EXPECT_EQ(letter_of(action("35.73-3573010101900002", "3573010101900001")).raw,
            action("35.73-3573010101900002", "XXXXXXXXXXXXXXXX"));
}

TEST(DeadLetter, IsMadeInLinearTime) {
  std::string niks;
  while (niks.size() < 200'000) niks += "3573010101900001 ";
  const DeadLetter letter = letter_of(envelope("report", "{\"a\":\"" + niks + "\"}"));
  EXPECT_EQ(letter.raw.find("3573"), std::string::npos);
}

}  // namespace
}  // namespace kentongan::codec
