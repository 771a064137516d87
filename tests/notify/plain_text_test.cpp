// SPDX-License-Identifier: Apache-2.0
#include "notify/plain_text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "codec/utf8.hpp"

namespace kentongan::notify {
namespace {

TEST(PlainText, LosesWhatTerminalsAndBidiWouldDo) {
  EXPECT_EQ(clean("a\x01\x7f\tb\u202ec\u2066d\ufeff\u0085e\r\nf", Lines::join), "a bcd e f");
  EXPECT_EQ(clean("a\nb\u2028c", Lines::keep), "a\nb\nc");
  EXPECT_EQ(clean("\u00e9\u20ac\U0001F6A8", Lines::keep), "\u00e9\u20ac\U0001F6A8");
}

TEST(PlainText, IsCutAtCodePoints) {
  const std::string text = "a\u00e9\u20ac\U0001F6A8b";
  struct Case {
    Unit unit;
    std::size_t length;
  };
  for (const auto& [unit, length] : {Case{Unit::bytes, 11}, Case{Unit::code_points, 5}, Case{Unit::utf16, 6}}) {
    EXPECT_EQ(length_of(text, unit), length);
    EXPECT_EQ(cut(text, length, unit), text);
    for (std::size_t most = 0; most < length; ++most) {
      const std::string part = cut(text, most, unit);
      EXPECT_LE(length_of(part, unit), most);
      EXPECT_EQ(codec::find_invalid_utf8(part), part.size());
      EXPECT_TRUE(part.empty() || part.ends_with("\u2026"));
    }
  }
  EXPECT_EQ(cut("abcdef", 4, Unit::code_points), "abc\u2026");
  EXPECT_EQ(cut("ab\U0001F6A8def", 4, Unit::utf16), "ab\u2026") << "half of a pair is none";
}

TEST(PlainText, CutsWhatIsNoUtf8WithoutReadingBeyondIt) {
  for (const char* text : {"\xff", "\xe2\x82", "\xf0", "abc\xf0\x9f"}) {
    EXPECT_LE(length_of(cut(clean(text, Lines::keep), 1, Unit::code_points), Unit::code_points), 1U);
  }
}

TEST(PlainText, IsEscapedForHtml) {
  EXPECT_EQ(escape_html("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}

}  // namespace
}  // namespace kentongan::notify
