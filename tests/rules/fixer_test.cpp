// SPDX-License-Identifier: Apache-2.0
// What `check --fix` repairs, and what it leaves to the author.
#include "rules/fixer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "rules/certain.hpp"
#include "rules/diagnostic_output.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

namespace fs = std::filesystem;

std::string fixed(const std::string& text) {
  return fix_files({{"a.yaml", text}}, test_reference()).files.front().text;
}

struct Case {
  const char* name;
  std::string before;
  std::string after;  ///< what certainly was meant; the same as `before`: nobody can know
};

const std::string kAlert = "\nalert: {level: siaga, message: {id: Pesan}}";

std::vector<Case> cases() {
  const auto rule = [](const std::string& lines) { return with_rule("id: a\n" + lines); };
  const auto one = [&](const std::string& lines) { return rule(lines + kAlert); };
  return {
      {"Key", one("chek: {}"), one("check: {}")},
      {"KeyWithADash", one("count: {at-least: 3, within: 1h}"), one("count: {at_least: 3, within: 1h}")},
      {"QuotedKey", one("\"chek\": {}"), one("\"check\": {}")},
      {"KeyInIndonesian", one("judul: Hoaks\ncheck: {}"), one("title: Hoaks\ncheck: {}")},
      {"KeyWithoutAColon", one("match {category: hoax}\ncheck: {}"), one("match: {category: hoax}\ncheck: {}")},
      {"SignsTurnedRound", one("when: severity => 3 dan crowd =< 5\ncheck: {}"),
       one("when: severity >= 3 && crowd <= 5\ncheck: {}")},
      {"KeyThatIsThereAlready", one("check: {}\nchek: {}"), one("check: {}\nchek: {}")},
      {"TwoKeysForOne", one("count: {at_last: 3, at_lest: 4, within: 1h}"),
       one("count: {at_last: 3, at_lest: 4, within: 1h}")},
      {"KeyOfTwoLetters", rule("check: {}\nalert: {level: siaga, message: {di: Pesan}}"),
       rule("check: {}\nalert: {level: siaga, message: {di: Pesan}}")},
      {"KeyBehindAKey", rule("check: {}\nalrt: {levl: siaga, mesage: {id: Pesan}}"),
       rule("check: {}\nalert: {level: siaga, message: {id: Pesan}}")},
      {"Field", one("match: {severty: 3}\ncheck: {}"), one("match: {severity: 3}\ncheck: {}")},
      {"FieldThatIsThereAlready", one("match: {severity: 3, severty: 3}\ncheck: {}"),
       one("match: {severity: 3, severty: 3}\ncheck: {}")},
      {"FieldInAnExpression", one("when: report.severty > 2 && severity < 5\ncheck: {}"),
       one("when: report.severity > 2 && severity < 5\ncheck: {}")},
      {"FieldInAMessage", rule("check: {}\nalert: {level: siaga, message: {id: \"Di {{ area.nmae }}\"}}"),
       rule("check: {}\nalert: {level: siaga, message: {id: \"Di {{ area.name }}\"}}")},
      {"SignsOfOtherLanguages", one("when: severity = 3 and kind == 'incident' or crowd > 5\ncheck: {}"),
       one("when: severity == 3 && kind == 'incident' || crowd > 5\ncheck: {}")},
      {"Word", one("on: reprot\ncheck: {}"), one("on: report\ncheck: {}")},
      {"WordBetweenTwo", rule("spike: {method: ears_c4}\nalert: {level: awas, message: {id: Pesan}}"),
       rule("spike: {method: ears_c4}\nalert: {level: awas, message: {id: Pesan}}")},
      {"Category", one("match: {category: hoaxx}\ncheck: {}"), one("match: {category: hoax}\ncheck: {}")},
      {"NameOfAnArea", one("match: {area: Samaan}\ncheck: {}"), one("match: {area: 35.73.02.1002}\ncheck: {}")},
      {"NameOfTwoPlaces", one("match: {area: Klojen}\ncheck: {}"), one("match: {area: Klojen}\ncheck: {}")},
      {"CodeNearAnother", one("match: {area: 35.73.02.1009}\ncheck: {}"),
       one("match: {area: 35.73.02.1009}\ncheck: {}")},
      {"LeadingZero", one("match: {tps: [012, 013]}\ncheck: {}"), one("match: {tps: [\"012\", \"013\"]}\ncheck: {}")},
      {"LeadingZeroOfANumber", one("match: {severity: 03}\ncheck: {}"), one("match: {severity: 03}\ncheck: {}")},
      {"StationOfTwoDigits", one("match: {tps: \"12\"}\ncheck: {}"), one("match: {tps: \"012\"}\ncheck: {}")},
      {"QuotedNumber", one("count: {at_least: \"3\", within: 1h}"), one("count: {at_least: 3, within: 1h}")},
      {"NumberForText", rule("owner: 17\ncheck: {}" + kAlert), rule("owner: \"17\"\ncheck: {}" + kAlert)},
      {"BracesAtTheEndOfALine",
       rule("check: {}\nalert:\n  level: siaga\n  message:\n    id: {{ area.name }} rawan # nama"),
       rule("check: {}\nalert:\n  level: siaga\n  message:\n    id: \"{{ area.name }} rawan\" # nama")},
      {"BracesInBrackets", rule("check: {}\nalert: {level: siaga, message: {id: {{ area.name }}, en: Text}}"),
       rule("check: {}\nalert: {level: siaga, message: {id: \"{{ area.name }}\", en: Text}}")},
      {"BracesBehindWordsInBrackets", rule("check: {}\nalert: {level: siaga, message: {id: Di {{ area.name }} rawan}}"),
       rule("check: {}\nalert: {level: siaga, message: {id: \"Di {{ area.name }} rawan\"}}")},
      {"NoBlankBehindAColon", rule("check: {}\nalert:\n  level:siaga\n  message: {id: Pesan}"),
       rule("check: {}\nalert:\n  level: siaga\n  message: {id: Pesan}")},
      {"TabsOfWhichOneWidthFits",
       "version: 1\nrules:\n\t- id: a\n\t\tcheck: {}\n\t\talert: {level: siaga, message: {id: P}}\n",
       "version: 1\nrules:\n  - id: a\n    check: {}\n    alert: {level: siaga, message: {id: P}}\n"},
      {"TabsThatMayBeText", "version: 1\nmacros:\n  long: |\n    severity > 2\n\t\t&& crowd > 3\n",
       "version: 1\nmacros:\n  long: |\n    severity > 2\n\t\t&& crowd > 3\n"},
      {"TabsThatMeanOneThing", "version: 1\nlists:\n\tfirst: [hoax]\n\tsecond: [hoax]\n",
       "version: 1\nlists:\n  first: [hoax]\n  second: [hoax]\n"},
      {"NoBreakSpaces",
       "version: 1\nrules:\n  - id: a\n  \xC2\xA0 check: {}\n    alert: {level: siaga, message: {id: P}}\n",
       "version: 1\nrules:\n  - id: a\n    check: {}\n    alert: {level: siaga, message: {id: P}}\n"},
      {"DuplicateKey", one("check: {}\ncheck: {}"), one("check: {}\ncheck: {}")},
      {"CommentsAndLineEnds",
       "version: 1 # satu\r\nrules:\r\n\r\n  # dua\r\n  - {id: a, chek: {}, alert: {level:   siaga, message: {id: P}}} "
       "# tiga",
       "version: 1 # satu\r\nrules:\r\n\r\n  # dua\r\n  - {id: a, check: {}, alert: {level:   siaga, message: {id: "
       "P}}} # tiga"},
      {"BehindAByteOrderMark", "\xEF\xBB\xBFversion: 1\nrulse: []\n", "\xEF\xBB\xBFversion: 1\nrules: []\n"},
  };
}

class Repair : public testing::TestWithParam<Case> {};

TEST_P(Repair, IsWhatWasMeantOrNothing) { EXPECT_EQ(fixed(GetParam().before), GetParam().after); }

INSTANTIATE_TEST_SUITE_P(Fixer, Repair, testing::ValuesIn(cases()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Fixer, ListsAndMacrosAreNamesOfTheSet) {
  const std::string text =
      "version: 1\nlists: {pressure: [hoax]}\nmacros: {credible: content <= 3}\nrules:\n"
      "  - {id: a, match: {category: $presure}, when: credibel, check: {}, alert: {level: siaga, message: {id: P}}}\n";
  const std::string after = fixed(text);
  EXPECT_NE(after.find("$pressure}, when: credible,"), std::string::npos) << after;
  EXPECT_EQ(to_text(load_text(after).diagnostics), "");
}

TEST(Fixer, AListOfSeveralRulesIsRepairedOnce) {
  const std::string rule = "check: {}, alert: {level: siaga, message: {id: P}}";
  const Fixed result =
      fix_files({{"lists.yaml", "version: 1\nlists: {shared: [hoaxx]}\n"},
                 {"a.yaml", "version: 1\nrules:\n  - {id: a, match: {category: $shared}, " + rule +
                                "}\n  - {id: b, match: {category: $shared, severity: 3}, " + rule + "}\n"}},
                test_reference());
  EXPECT_EQ(result.fixes, 1U);
  EXPECT_EQ(result.files[0].text, "version: 1\nlists: {shared: [hoax]}\n");
}

TEST(Fixer, OnlyOneNearNameIsCertain) {
  EXPECT_EQ(only_near("severty", {"severity", "source"}), "severity");
  EXPECT_EQ(only_near("Severity", {"severity", "severities"}), "severity");
  EXPECT_EQ(only_near("stat", {"start", "state"}), std::nullopt);
  EXPECT_EQ(only_near("on", {"to", "in"}), std::nullopt);
  EXPECT_EQ(only_near("xyzzy", {"severity"}), std::nullopt);
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Over all files: what is repaired stays repaired, line by line.
TEST(Fixer, IsDoneAfterOneCallAndTouchesNoGoodFile) {
  std::size_t repaired = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(KENTONGAN_SOURCE_DIR) / "tests/rules/files")) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string text = read(entry.path());
    const Fixed once = fix_files({{"a.yaml", text}}, test_reference());
    const Fixed twice = fix_files(once.files, test_reference());
    EXPECT_EQ(twice.fixes, 0U) << entry.path();
    EXPECT_EQ(twice.files[0].text, once.files[0].text) << entry.path();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'),
              std::count(once.files[0].text.begin(), once.files[0].text.end(), '\n'));
    if (entry.path().string().ends_with(".good.yaml")) {
      EXPECT_EQ(once.fixes, 0U) << entry.path();
    }
    if (once.fixes > 0) ++repaired;
  }
  EXPECT_GT(repaired, 10U);
}

}  // namespace
}  // namespace kentongan::rules
