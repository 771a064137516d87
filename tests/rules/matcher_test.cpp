// SPDX-License-Identifier: Apache-2.0
// The index against the slow, obvious oracle: random rules and events, every field.
#include "rules/matcher.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "rules/predicate.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

/// Of any set of rules in these tests.
constexpr std::size_t kMostRules = 3000;

/// match() of an event by itself.
std::vector<Match> matched_by(const Matcher& matcher, const Event& event) {
  Evaluator evaluator(test_reference());
  Situation situation;
  situation.event = &event;
  evaluator.begin(situation);
  std::vector<Match> matched;
  std::vector<RuleCounts> counts(kMostRules);
  matcher.match(event, evaluator, matched, counts);
  EXPECT_TRUE(std::all_of(counts.begin(), counts.end(), [](const RuleCounts& count) { return count.failed == 0; }));
  return matched;
}

/// Owns what a random event's texts point to.
struct OwnedEvent {
  std::vector<PlaceId> areas;
  Event event;
};

template <class T>
std::optional<T> maybe(rc::Gen<T> gen) {
  return *rc::gen::inRange(0, 4) == 0 ? std::nullopt : std::optional<T>(*gen);
}

int number(int least, int below) { return *rc::gen::inRange(least, below); }

std::string_view some_text() {
  return *rc::gen::element<std::string_view>("a", "b", "012", "rw", "store-klojen", "35.73", "P1");
}

Report random_report() {
  Report report;
  report.area = PlaceId(static_cast<std::uint32_t>(number(5, 8)));
  report.kind = static_cast<ReportKind>(number(0, 3));
  if (number(0, 2) == 0) report.athg = static_cast<Athg>(number(0, 4));
  if (number(0, 5) != 0) report.category = CategoryId(static_cast<std::uint16_t>(number(0, 20)));
  if (number(0, 5) != 0) report.severity = static_cast<std::uint8_t>(number(1, 6));
  report.source = static_cast<char>('A' + number(0, 6));
  report.content = static_cast<std::uint8_t>(number(1, 7));
  if (number(0, 2) == 0) report.reporter = Actor{some_text(), some_text()};
  if (number(0, 2) == 0) report.crowd = number(0, 90);
  if (number(0, 2) == 0) report.site = some_text();
  if (number(0, 2) == 0) report.tps = some_text();
  return report;
}

Campaign random_campaign(std::vector<PlaceId>& areas) {
  Campaign campaign;
  campaign.campaign = some_text();
  campaign.status = static_cast<CampaignStatus>(number(0, 3));
  for (int i = number(1, 4); i > 0; --i) areas.push_back(PlaceId(static_cast<std::uint32_t>(number(1, 8))));
  campaign.areas = areas;
  if (number(0, 2) == 0) campaign.method = static_cast<CampaignMethod>(number(0, 6));
  if (number(0, 2) == 0) campaign.starts_at = TimePoint(std::chrono::hours(number(0, 3)));
  if (number(0, 2) == 0) campaign.notice_date = LocalDay(std::chrono::days(number(0, 3)));
  if (number(0, 2) == 0) campaign.radius_m = number(0, 4) / 2.0;
  return campaign;
}

Readiness random_readiness() {
  Readiness readiness;
  readiness.area = PlaceId(static_cast<std::uint32_t>(number(5, 8)));
  if (number(0, 2) == 0) readiness.power = number(0, 2) == 0;
  if (number(0, 2) == 0) readiness.police = number(0, 4);
  if (number(0, 2) == 0) readiness.voters = number(55, 70);
  return readiness;
}

void fill(OwnedEvent& owned) {
  owned.event.city = PlaceId(0);
  switch (number(0, 3)) {
    case 0:
      owned.event.data = random_campaign(owned.areas);
      break;
    case 1:
      owned.event.data = random_readiness();
      break;
    default:
      owned.event.data = random_report();
  }
}

/// A value that the field may have, or now and then one that it cannot.
Literal random_literal(const FieldSpec& spec) {
  const int odd = number(0, 12);
  if (odd == 0) return std::string("nothing");
  if (odd == 1) return 2.5;
  if (odd == 2) return true;
  switch (spec.type) {
    case FieldType::word:
      return std::string(spec.words[static_cast<std::size_t>(number(0, static_cast<int>(spec.words.size())))]);
    case FieldType::category:
      return test_reference().categories[static_cast<std::size_t>(number(0, 20))].id;
    case FieldType::code:
    case FieldType::codes:
      return test_reference().places[static_cast<std::size_t>(number(0, 8))].code;
    case FieldType::integer:
      return static_cast<double>(number(-1, 70));
    case FieldType::number:
      return number(0, 4) / 2.0;
    case FieldType::boolean:
      return number(0, 2) == 0;
    case FieldType::time:
      return std::string(number(0, 2) == 0 ? "1970-01-01T08:00:00+07:00" : "1970-01-01T00:00:00Z");
    case FieldType::day:
      return std::string(number(0, 2) == 0 ? "1970-01-02" : "1970-01-03");
    case FieldType::text:
      break;
  }
  return std::string(some_text());
}

FieldIn random_line(EventType on) {
  std::vector<FieldId> fields;
  for (const FieldSpec& spec : all_fields()) {
    if (spec.event == on) fields.push_back(spec.id);
  }
  FieldIn line{fields[static_cast<std::size_t>(number(0, static_cast<int>(fields.size())))], {}};
  for (int i = number(0, 4); i > 0; --i) line.values.push_back(random_literal(spec_of(line.field)));
  set_mask(line, test_reference());
  return line;
}

Rule random_rule(std::size_t index) {
  Rule rule;
  rule.id = RuleId(std::to_string(1'000'000 + index));
  rule.condition.on =
      *rc::gen::element(EventType::report, EventType::report, EventType::campaign, EventType::readiness);
  for (int i = number(0, 4); i > 0; --i) rule.condition.all.emplace_back(random_line(rule.condition.on));
  if (number(0, 10) == 0) rule.block = LevelBlock{};
  return rule;
}

TEST(Matcher, AnIndexNeverChangesAResult) {
  EXPECT_TRUE(rc::check("match == match_by_full_scan", [] {
    RuleSet set;
    const auto rules = static_cast<std::size_t>(number(0, 150));
    for (std::size_t i = 0; i < rules; ++i) set.rules.push_back(random_rule(i));
    const Matcher matcher(set, test_reference());
    std::vector<Match> slow;
    for (int i = 0; i < 20; ++i) {
      OwnedEvent owned;
      fill(owned);
      const std::vector<Match> fast = matched_by(matcher, owned.event);
      std::vector<RuleCounts> counts(kMostRules);
      matcher.match_by_full_scan(owned.event, slow, counts);
      RC_ASSERT(fast == slow);
      for (const Match& match : slow) {
        RC_ASSERT(holds(*conditions_of(set.rules[match.rule.value()])[match.part], owned.event, test_reference()));
      }
      RC_ASSERT(matcher.candidates(owned.event) >= fast.size());
    }
  }));
}

/// A comparison that may be of any field and value, hold, not hold or fail.
std::string random_comparison() {
  static const std::vector<std::string> parts{"severity >= 3",
                                              "severity < 4",
                                              "severity in [1, 5]",
                                              "severity == 2.5",
                                              "severity != 3",
                                              "content <= 3",
                                              "crowd > 20",
                                              "crowd == 40 || crowd == 41",
                                              "crowd in [10, 11]",
                                              "category == \"hoax\"",
                                              "category in some",
                                              "category != \"hoax\"",
                                              "source in \"ABC\".split(\"\")",
                                              "source < \"D\"",
                                              "kind == \"incident\" || kind == \"information\"",
                                              "has(crowd)",
                                              "!has(tps)",
                                              "tps == \"012\"",
                                              "tps != \"a\"",
                                              "site == \"b\"",
                                              "reporter.role == \"rw\"",
                                              "area == \"35.73.02.1001\"",
                                              "1 / (severity - 3) > 0",
                                              "crowd > 10 ? tps == \"a\" : severity > 2",
                                              "credible",
                                              "credible && severity > 2",
                                              "status == \"verified\"",
                                              "athg == \"threat\" || severity == 1",
                                              "area.risk > 1.0 || severity == 5",
                                              "area.level == \"aman\""};
  return parts[static_cast<std::size_t>(number(0, static_cast<int>(parts.size())))];
}

std::string random_when(int depth) {
  if (depth == 0 || number(0, 3) == 0) return random_comparison();
  const std::string left = random_when(depth - 1);
  const std::string right = random_when(depth - 1);
  switch (number(0, 6)) {
    case 0:
      return "(" + left + " || " + right + ")";
    case 1:
      return "!(" + left + ")";
    default:
      return "(" + left + ") && (" + right + ")";
  }
}

class CalmRisks final : public RiskView {
 public:
  double score(PlaceId) const override { return 2; }
  Level level(PlaceId) const override { return Level::aman; }
};

TEST(Matcher, AWhenInPartsIsTheWholeWhen) {
  EXPECT_TRUE(rc::check("terms, implied lines and deferred terms together == the program", [] {
    std::string text =
        "version: 1\nlists: {some: [hoax, intimidation]}\nmacros: {credible: 'source in [\"A\", \"B\"] && content <= "
        "3'}\nrules:\n";
    for (int i = 0; i < 12; ++i) {
      text += "  - {id: r" + std::to_string(100 + i) + ", when: '" + random_when(3) +
              "', check: {}, alert: {level: siaga, message: {id: m}}}\n";
    }
    const Loaded loaded = load_text(text);
    RC_ASSERT(loaded.set != nullptr);
    const Matcher matcher(*loaded.set, test_reference());
    Evaluator evaluator(test_reference());
    const CalmRisks risks;
    for (int i = 0; i < 20; ++i) {
      Event event;
      event.city = PlaceId(0);
      event.data = random_report();
      Situation situation;
      situation.event = &event;
      situation.place = event.report()->area;
      situation.risks = &risks;
      evaluator.begin(situation);
      std::vector<Match> fast;
      std::vector<RuleCounts> counts(kMostRules);
      matcher.match(event, evaluator, fast, counts);
      const auto when_of = [&](std::size_t rule) -> const When& { return *loaded.set->rules[rule].condition.when; };
      std::erase_if(fast, [&](const Match& match) {
        return evaluator.holds_deferred(when_of(match.rule.value())) != Outcome::yes;
      });
      std::vector<Match> slow;
      for (std::size_t rule = 0; rule < loaded.set->rules.size(); ++rule) {
        const bool holds = evaluator.holds_by_program(when_of(rule)) == Outcome::yes;
        if (holds) slow.push_back({RuleIndex(static_cast<std::uint32_t>(rule))});
        RC_ASSERT(holds == evaluator.why_not(when_of(rule)).empty());
      }
      RC_ASSERT(fast == slow);
    }
  }));
}

TEST(Matcher, WhatMatchCouldSayIsLeftToTheIndex) {
  const Loaded loaded = load_text(with_rule(
      "id: a\nwhen: severity >= 4 && category == 'hoax' && (source == 'A' || source in ['B', 'C'])\ncheck:\nalert: "
      "{level: siaga, message: {id: m}}"));
  ASSERT_NE(loaded.set, nullptr);
  const When& when = *loaded.set->rules[0].condition.when;
  EXPECT_TRUE(when.terms.empty());
  EXPECT_TRUE(when.deferred.empty());
  EXPECT_EQ(when.implied.size(), 3U);
}

TEST(Matcher, ThePartsOfSeveralRulesAreShared) {
  const Loaded loaded = load_text(
      "version: 1\nmacros: {night: local_hour(time) < 5}\nrules:\n"
      "  - {id: a, when: night && crowd > 20, score: {add: 1, half_life: 1d}}\n"
      "  - {id: b, when: crowd > 20 && severity > 2 && night, score: {add: 2, half_life: 1d}}\n");
  ASSERT_NE(loaded.set, nullptr);
  const auto& a = loaded.set->rules[0].condition.when->terms;
  const auto& b = loaded.set->rules[1].condition.when->terms;
  ASSERT_EQ(a.size(), 2U);
  ASSERT_EQ(b.size(), 2U);
  EXPECT_EQ(a[0], b[1]);
  EXPECT_EQ(a[1], b[0]);
}

TEST(Matcher, AnEventMeetsFewOfManyRules) {
  // 3,000 rules, each about one category, one severity, one source and one kelurahan.
  RuleSet set;
  const Reference& reference = test_reference();
  for (std::size_t i = 0; i < 3000; ++i) {
    Rule rule;
    const auto add = [&](FieldId field, Literal value) {
      FieldIn line{field, {std::move(value)}};
      set_mask(line, reference);
      rule.condition.all.emplace_back(std::move(line));
    };
    add(FieldId::report_category, reference.categories[i % 20].id);
    add(FieldId::report_severity, static_cast<double>(1 + i / 20 % 5));
    add(FieldId::report_source, std::string(1, static_cast<char>('A' + i / 100 % 6)));
    add(FieldId::report_area, reference.places[5 + i / 600 % 3].code);
    set.rules.push_back(std::move(rule));
  }
  const Matcher matcher(set, reference);
  Event event;
  Report report;
  report.area = PlaceId(6);
  report.category = CategoryId(7);
  report.severity = 2;
  report.source = 'C';
  event.data = report;
  EXPECT_LE(matcher.candidates(event), 2U);
  EXPECT_EQ(matched_by(matcher, event).size(), matcher.candidates(event));
}

TEST(Matcher, CategoriesBeyondTheMaskAreComparedByValue) {
  Reference reference = test_reference();
  for (int i = 0; i < 60; ++i) reference.categories.push_back({"extra_" + std::to_string(i), {}});
  reference.build_indexes();
  RuleSet set;
  for (const char* name : {"extra_50", "extra_51", "hoax"}) {
    Rule rule;
    FieldIn line{FieldId::report_category, {std::string(name)}};
    set_mask(line, reference);
    rule.condition.all.emplace_back(std::move(line));
    set.rules.push_back(std::move(rule));
  }
  const Matcher matcher(set, reference);
  Event event;
  Report report;
  report.area = PlaceId(6);
  report.category = reference.find_category("extra_51");
  event.data = report;
  EXPECT_EQ(matched_by(matcher, event), std::vector<Match>{{RuleIndex(1)}});
}

TEST(Matcher, SiteKindComesFromTheReferenceData) {
  RuleSet set;
  Rule rule;
  rule.condition.all.emplace_back(FieldIn{FieldId::report_site_kind, {std::string("store")}});
  set.rules.push_back(rule);
  const Matcher matcher(set, test_reference());
  Event event;
  Report report;
  report.area = PlaceId(5);
  report.site = "store-klojen";
  event.data = report;
  EXPECT_EQ(matched_by(matcher, event).size(), 1U);
  report.site = "elsewhere";
  event.data = report;
  EXPECT_TRUE(matched_by(matcher, event).empty());
}

}  // namespace
}  // namespace kentongan::rules
