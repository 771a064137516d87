// SPDX-License-Identifier: Apache-2.0
// Findings for other programs: SARIF and the commands of GitHub Actions.
#include <gtest/gtest.h>

#include "rules/diagnostic_github.hpp"
#include "rules/diagnostic_sarif.hpp"
#include "rules/json_text.hpp"

namespace kentongan::rules {
namespace {

Diagnostics of(std::vector<Diagnostic> all) { return Diagnostics{std::move(all)}; }

Diagnostic found(Severity severity, std::string file, int line, int column, std::string code, std::string message,
                 std::string hint = {}) {
  return {severity, std::move(file), line, column, std::move(code), said::as_is(message), said::as_is(hint), {}, {}};
}

TEST(JsonText, IsValidWhateverTheText) {
  EXPECT_EQ(json_string("a\"\\\n\t\x01é"), R"("a\"\\\n\t\u0001é")");
  EXPECT_EQ(json_string("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(json_string("\xE2\x82"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_EQ(json_object({{"b", "1"}, {"a", json_array({"2", "3"})}}), R"({"b":1,"a":[2,3]})");
  EXPECT_EQ(json_object({}) + json_array({}), "{}[]");
}

TEST(Sarif, NamesCodesPlacesAndHints) {
  const std::string log = to_sarif(
      of({found(Severity::warning, "./rules/a b.yaml", 3, 7, "unused-list", "no rule uses the list `x`"),
          found(Severity::error, "/srv/é,1.yaml", 0, 0, "unreadable-file", "the file cannot be read", "check it"),
          found(Severity::error, "rules/a.yaml", 9, 1, "message-syntax", "a `{{` is never closed")}),
      "1.2.3");
  EXPECT_EQ(log,
            R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":)"
            R"({"name":"Kentongan","version":"1.2.3","rules":[)"
            R"({"id":"message-syntax","defaultConfiguration":{"level":"error"}},)"
            R"({"id":"unreadable-file","defaultConfiguration":{"level":"error"}},)"
            R"({"id":"unused-list","defaultConfiguration":{"level":"warning"}}]}},"columnKind":"unicodeCodePoints",)"
            R"("results":[)"
            R"({"ruleId":"unused-list","ruleIndex":2,"level":"warning","message":{"text":"no rule uses the list `x`"},)"
            R"("locations":[{"physicalLocation":{"artifactLocation":{"uri":"rules/a%20b.yaml"},)"
            R"("region":{"startLine":3,"startColumn":7}}}]},)"
            R"({"ruleId":"unreadable-file","ruleIndex":1,"level":"error",)"
            R"("message":{"text":"the file cannot be read; check it"},)"
            R"("locations":[{"physicalLocation":{"artifactLocation":{"uri":"file:///srv/%C3%A9%2C1.yaml"}}}]},)"
            R"({"ruleId":"message-syntax","ruleIndex":0,"level":"error",)"
            R"("message":{"text":"a `{{{{` is never closed"},)"
            R"("locations":[{"physicalLocation":{"artifactLocation":{"uri":"rules/a.yaml"},)"
            R"("region":{"startLine":9,"startColumn":1}}}]}]}]})");
}

TEST(Sarif, NothingFoundIsALogWithoutResults) {
  EXPECT_NE(to_sarif({}, "1").find(R"("rules":[]}},"columnKind":"unicodeCodePoints","results":[])"), std::string::npos);
}

TEST(Github, EscapesWhatWouldEndACommand) {
  EXPECT_EQ(to_github(of({found(Severity::error, "a:b,c%d.yaml", 7, 5, "unknown-key", "50 %: a, b\r\nc",
                                "did you mean `match`?"),
                          found(Severity::warning, "a.yaml", 0, 0, "x", "m")})),
            "::error file=a%3Ab%2Cc%25d.yaml,line=7,col=5,title=unknown-key::50 %25: a, b%0D%0Ac"
            "%0Adid you mean `match`?\n"
            "::warning file=a.yaml,title=x::m\n");
  EXPECT_EQ(to_github({}), "");
}

}  // namespace
}  // namespace kentongan::rules
