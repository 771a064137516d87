// SPDX-License-Identifier: Apache-2.0
#include "rules/csv.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kentongan::rules::csv {
namespace {

/// All cells as [a|b] per row, and the problem as line:column at the end.
std::string read(std::string_view text) {
  Reader reader(text);
  Row row;
  std::string out;
  while (reader.next(row)) {
    out += '[';
    for (const auto& cell : row.cells) out += (&cell == row.cells.data() ? "" : "|") + std::string(cell.text);
    out += ']';
  }
  if (const auto& problem = reader.problem()) {
    out += "!" + std::to_string(problem->offset);
  }
  return out;
}

struct Case {
  const char* name;
  std::string_view text;
  const char* rows;
};

class CsvReader : public ::testing::TestWithParam<Case> {};

TEST_P(CsvReader, Reads) { EXPECT_EQ(read(GetParam().text), GetParam().rows); }

INSTANTIATE_TEST_SUITE_P(
    Table, CsvReader,
    ::testing::Values(
        Case{"empty", "", ""}, Case{"only_blank_lines", "\n\r\n\n", ""}, Case{"plain", "a,b\nc,d\n", "[a|b][c|d]"},
        Case{"no_line_end_at_the_end", "a,b\nc,d", "[a|b][c|d]"}, Case{"crlf", "a,b\r\nc,d\r\n", "[a|b][c|d]"},
        Case{"cr_at_the_end", "a\r", "[a]"}, Case{"cr_inside", "a\rb,c", "[a\rb|c]"},
        Case{"byte_order_mark",
             "\xEF\xBB\xBF"
             "a,b",
             "[a|b]"},
        Case{"empty_cells", ",,\n", "[||]"}, Case{"trailing_comma", "a,", "[a|]"},
        Case{"spaces_around", " a , b\t\n", "[a|b]"}, Case{"quoted", "\"a,b\",c\n", "[a,b|c]"},
        Case{"doubled_quotes", "\"say \"\"no\"\"\",c", "[say \"no\"|c]"}, Case{"quoted_empty", "\"\",b", "[|b]"},
        Case{"quoted_spaces_stay", " \" a \" ,b", "[ a |b]"},
        Case{"line_break_in_quotes", "\"a\nb\",c\nd,e", "[a\nb|c][d|e]"}, Case{"quote_in_plain", "a\"b,c\nd", "!1"},
        Case{"text_after_quote", "x\n\"a\"b,c", "[x]!5"}, Case{"never_closed", "x\ny,\"abc\ndef", "[x]!4"},
        Case{"offset_in_bytes", "\xC3\xA9\xC3\xA9,\"a\"b", "!8"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(CsvReaderPlaces, OffsetsAreThoseOfTheText) {
  const std::string_view text = "\xEF\xBB\xBFname,x\n\n\"two\nlines\",  y\nz,\"w\"\n";
  Reader reader(text);
  Row row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(text[row.offset], 'n');
  EXPECT_EQ(text[row.cells[1].offset], 'x');
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(text.substr(row.cells[0].offset, 4), "\"two");
  EXPECT_EQ(text[row.cells[1].offset], 'y');
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(text.substr(row.cells[1].offset, 3), "\"w\"");
}

TEST(CsvReaderBounds, AnEndlessRowIsAProblem) {
  const std::string text(100'000, ',');
  EXPECT_EQ(read(text), "!256");
}

}  // namespace
}  // namespace kentongan::rules::csv
