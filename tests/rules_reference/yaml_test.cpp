// SPDX-License-Identifier: Apache-2.0
// categories.yaml, routing.yaml and roster.yaml.
#include <gtest/gtest.h>

#include "reference_directory.hpp"

namespace kentongan::rules::testing {
namespace {

TEST(Categories, AreAddedToTheBuiltInOnes) {
  ReferenceDirectory directory;
  directory.with("categories.yaml",
                 "- {id: price_protest, title: {id: Protes harga, en: Protest about prices}}\n"
                 "- {id: flood, title: {id: Banjir}}\n"
                 "- {id: fire}\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  const auto& categories = loaded.reference->categories;
  ASSERT_EQ(categories.size(), builtin_categories().size() + 3);
  const auto protest = loaded.reference->find_category("price_protest");
  ASSERT_TRUE(protest);
  EXPECT_EQ(categories[protest->value()].title.id, "Protes harga");
  EXPECT_EQ(categories[protest->value()].title.en, "Protest about prices");
  EXPECT_EQ(categories.back().title.id, "fire");
}

TEST(Categories, RefusesBadNamesAndRepetition) {
  ReferenceDirectory directory;
  directory.with("categories.yaml",
                 "- {id: intimidation, title: {id: X}}\n- {id: Big Fire}\n- {title: {id: X}}\n- {id: a}\n- {id: a}\n"
                 "- just a text\n- {id: b, titel: {id: X}}\n");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "categories.yaml:1:8 duplicate\ncategories.yaml:2:8 bad-name\ncategories.yaml:3:3 missing-key\n"
            "categories.yaml:5:8 duplicate\ncategories.yaml:6:3 wrong-shape\n"
            "categories.yaml:7:11 unknown-key warning\n");
}

TEST(Routing, GivesRoutesAndRoles) {
  ReferenceDirectory directory;
  directory.with("routing.yaml",
                 "version: 1\nroles: [posko, lurah]\nroutes:\n"
                 "  - {categories: [vote_buying], at_least: siaga, to: [bawaslu_kota, posko]}\n"
                 "  - {to: camat}\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  const auto& routes = loaded.reference->routes;
  ASSERT_EQ(routes.size(), 2U);
  EXPECT_EQ(routes[0].categories, std::vector<std::string>{"vote_buying"});
  EXPECT_EQ(routes[0].at_least, Level::siaga);
  EXPECT_EQ(routes[0].roles, (std::vector<std::string>{"bawaslu_kota", "posko"}));
  EXPECT_TRUE(routes[1].categories.empty());
  EXPECT_EQ(routes[1].at_least, Level::aman);
  EXPECT_EQ(loaded.reference->roles, (std::vector<std::string>{"bawaslu_kota", "camat", "lurah", "posko"}));
}

TEST(Routing, RefusesWhatCannotBeMeant) {
  ReferenceDirectory directory;
  directory.with("routing.yaml",
                 "routes:\n  - {categories: [vote_bying], to: [posko]}\n  - {at_least: sigaa, to: [posko]}\n"
                 "  - {at_least: siaga}\n  - {to: [Pak Lurah]}\n  - {at_leest: siaga, to: [posko]}\n");
  const auto loaded = directory.load();
  EXPECT_EQ(places_of(loaded.diagnostics),
            "routing.yaml:2:19 unknown-category\nrouting.yaml:3:16 unknown-level\nrouting.yaml:4:5 missing-key\n"
            "routing.yaml:5:11 bad-name\nrouting.yaml:6:6 unknown-key warning\n");
  EXPECT_NE(loaded.diagnostics.all[0].hint.en.find("vote_buying"), std::string::npos);
  EXPECT_NE(loaded.diagnostics.all[4].hint.en.find("at_least"), std::string::npos);
}

TEST(Routing, GivesFallbacksAndFamilies) {
  ReferenceDirectory directory;
  directory.with("routing.yaml",
                 "roles: [posko]\nfallback: {lurah: [camat, polsek]}\nfamilies: {hoax: ['repeated-hoax', 'hoax-*']}\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  EXPECT_EQ(loaded.roster->fallback.at("lurah"), (std::vector<std::string>{"camat", "polsek"}));
  EXPECT_EQ(loaded.roster->family_of("hoax-then-crowd"), "hoax");
  EXPECT_EQ(loaded.reference->roles, (std::vector<std::string>{"camat", "polsek", "posko"}));
  directory.with("routing.yaml", "fallback: [camat]\nfamilies: {hoax: [[x]]}\n");
  EXPECT_FALSE(directory.load().roster);
}

TEST(Roster, GivesRoles) {
  ReferenceDirectory directory;
  directory.with("roster.yaml",
                 "version: 1\npeople:\n  - {id: p-1, roles: [posko, camat]}\n  - {id: p-2, roles: camat}\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  EXPECT_EQ(loaded.reference->roles, (std::vector<std::string>{"camat", "posko"}));
}

TEST(Roster, GivesPeople) {
  ReferenceDirectory directory;
  directory.with("roster.yaml",
                 "version: 1\npeople:\n"
                 "  - id: p-1\n    name: Contoh\n    roles: [posko, camat]\n    areas: ['35.73.02']\n"
                 "    channels: [{type: telegram, to: '1'}, {type: ntfy, to: kota}]\n    language: en\n"
                 "    duty: [{days: [mon, sun], from: '07:00', to: '24:00', except: [holiday]}, {from: '22:00', to: "
                 "'05:30', only: voting}]\n"
                 "    quiet_hours: {from: '22:00', to: '05:00'}\n    digest: '06:30'\n"
                 "    substitute: {from: 2024-11-20, to: 2024-11-21, by: p-2}\n"
                 "  - {id: p-2, roles: camat, channels: [{type: file, to: x}]}\n");
  const auto loaded = directory.load();
  ASSERT_EQ(places_of(loaded.diagnostics), "");
  ASSERT_EQ(loaded.roster->people.size(), 2U);
  const duty::Person& person = loaded.roster->people[0];
  EXPECT_EQ(person.id, "p-1");
  EXPECT_EQ(person.areas, std::vector<std::string>{"35.73.02"});
  EXPECT_EQ(person.channels,
            (std::vector<duty::Channel>{{duty::ChannelType::telegram, "1"}, {duty::ChannelType::ntfy, "kota"}}));
  EXPECT_EQ(person.language, duty::Language::en);
  ASSERT_EQ(person.duty.size(), 2U);
  EXPECT_EQ(person.duty[0].days, 0b1000001);
  EXPECT_EQ(person.duty[0].hours, (duty::Hours{420, 1440}));
  EXPECT_EQ(person.duty[0].except, std::vector<std::string>{"holiday"});
  EXPECT_EQ(person.duty[1].days, 0b1111111);
  EXPECT_TRUE(person.duty[1].hours.over_midnight());
  EXPECT_EQ(person.duty[1].only, std::vector<std::string>{"voting"});
  EXPECT_EQ(person.quiet_hours, (duty::Hours{1320, 300}));
  EXPECT_EQ(person.digest, 390);
  ASSERT_EQ(person.substitutes.size(), 1U);
  EXPECT_EQ(person.substitutes[0].by, "p-2");
  EXPECT_EQ(person.roles_written.size(), 2U);
  EXPECT_EQ(person.roles_written[1].line, 5);
  EXPECT_EQ(loaded.roster->find("p-2")->language, duty::Language::id);
}

TEST(Roster, ChecksTheShapeOfTheRest) {
  ReferenceDirectory directory;
  directory.with("roster.yaml",
                 "people:\n"
                 "  - {id: p, roles: [a b]}\n"
                 "  - {id: p, roles: [posko], areas: ['35.99']}\n"
                 "  - {id: q, roles: [posko], channels: [{type: pigeon, to: x}]}\n"
                 "  - {id: r, roles: [posko], channels: [{type: email}]}\n"
                 "  - {id: s, roles: [posko], duty: [{days: [monday], from: '7', to: '25:00'}]}\n"
                 "  - {id: t, quiet_hours: {from: '22:00'}}\n");
  EXPECT_EQ(places_of(directory.load().diagnostics),
            "roster.yaml:2:21 bad-name\nroster.yaml:3:10 duplicate\nroster.yaml:3:37 unknown-area\n"
            "roster.yaml:4:47 unknown-word\nroster.yaml:5:40 missing-key\nroster.yaml:6:44 unknown-word\n"
            "roster.yaml:6:59 bad-time\nroster.yaml:6:68 bad-time\nroster.yaml:7:5 missing-key\n"
            "roster.yaml:7:26 missing-key\n");
}

TEST(ReferenceYaml, MayBeEmptyOrNothingButComments) {
  for (const auto* text : {"", "\n\n", "# nothing yet\n\n   # and here\n"}) {
    ReferenceDirectory directory;
    directory.with("categories.yaml", text).with("routing.yaml", text).with("roster.yaml", text);
    EXPECT_EQ(places_of(directory.load().diagnostics), "");
  }
}

TEST(ReferenceYaml, RefusesAliasesAndDuplicateKeys) {
  ReferenceDirectory directory;
  directory.with("routing.yaml", "routes:\n  - {to: &a [posko]}\n  - {to: *a}\n");
  EXPECT_FALSE(directory.load().reference);
  directory.with("routing.yaml", "roles: [a]\nroles: [b]\n");
  EXPECT_FALSE(directory.load().reference);
}

}  // namespace
}  // namespace kentongan::rules::testing
