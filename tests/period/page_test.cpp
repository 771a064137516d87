// SPDX-License-Identifier: Apache-2.0
// Whatever texts come in, a page stays a page.
#include "period/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kentongan::period {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHostile = "<script>alert('x')</script> \"q\" & a|b\n# c `d` [e](f)";

Page hostile_page() {
  Page page;
  page.title = page.subtitle = page.footer = kHostile;
  page.notes = {kHostile};
  page.cards = {{kHostile, kHostile, kHostile}};
  Section section;
  section.title = kHostile;
  section.lines = {kHostile};
  section.tables = {{{kHostile, "n"}, {{kHostile, kHostile}}}};
  section.bars = {{kHostile, {kHostile}, {{kHostile, "#000", {3}}}}};
  section.heats = {{kHostile, {kHostile}, {{kHostile, {Level::awas}}}}};
  page.sections = {section};
  return page;
}

TEST(Page, HtmlEscapesEveryText) {
  const std::string html = to_html(hostile_page());
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("\"q\"")));
  EXPECT_THAT(html, Not(HasSubstr("& a")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)"));
}

TEST(Page, MarkdownEscapesEveryText) {
  const std::string text = to_markdown(hostile_page());
  EXPECT_THAT(text, Not(HasSubstr("\n# c")));
  EXPECT_THAT(text, Not(HasSubstr("| <script")));
  EXPECT_THAT(text, Not(HasSubstr("`d`")));
  EXPECT_THAT(text, HasSubstr("\\<script\\>"));
}

TEST(Page, HtmlIsSelfContained) {
  const std::string html = to_html(hostile_page());
  for (const char* loads : {"src=", "href=", "url(", "@import", "http"}) EXPECT_THAT(html, Not(HasSubstr(loads)));
}

TEST(Page, ChartsOfNothingAreCharts) {
  Page page;
  Section section;
  section.bars = {{"none", {"1/1", "2/1"}, {{"a", "#000", {0, 0}}}}};
  section.heats = {{"none", {}, {}}};
  page.sections = {section};
  EXPECT_THAT(to_html(page), HasSubstr("</html>"));
}

}  // namespace
}  // namespace kentongan::period
