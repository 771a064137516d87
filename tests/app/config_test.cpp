// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <map>

#include "app/config_keys.hpp"

namespace kentongan::app {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Result<Config> read(std::string_view text, const std::map<std::string, std::string>& environment = {}) {
  return read_config(text, "kentongan.yaml", [&](const std::string& name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string read_page(const std::string& name) {
  std::ifstream file(std::string(KENTONGAN_SOURCE_DIR) + "/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Config, EveryKeyIsRead) {
  const auto config = read(
      "journal: {type: sqlite, path: /data/k.db, keep_inputs: 2w}\nrules: /r\nreference: /ref\n"
      "http: {listen: \"127.0.0.1:9000\"}\nclock: event\nlateness: 2h\ndedupe: 0s\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->journal_path, "/data/k.db");
  EXPECT_EQ(config->keep_inputs, std::chrono::days(14));
  EXPECT_EQ(config->rules, "/r");
  EXPECT_EQ(config->reference, "/ref");
  EXPECT_EQ(config->http_listen, "127.0.0.1:9000");
  EXPECT_EQ(config->clock, ClockKind::event);
  EXPECT_EQ(config->lateness, std::chrono::hours(2));
  EXPECT_EQ(config->dedupe, Duration{0});
}

TEST(Config, NothingMeansTheDefaults) {
  for (const std::string_view text : {"", "# nothing\n", "{}\n"}) {
    const auto config = read(text);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->http_listen, "127.0.0.1:8080");
    EXPECT_EQ(config->clock, ClockKind::wall);
    EXPECT_EQ(config->dedupe, std::chrono::days(7));
    EXPECT_FALSE(config->rules.empty());
  }
}

TEST(Config, EachKeyWrongOnceSaysWhereAndWhat) {
  struct Case {
    std::string_view text, says;
  };
  for (const auto& [text, says] : {
           Case{"journal: {type: oracle}", "`journal.type` takes sqlite or kafka"},
           {"journal: {path: \"\"}", "`journal.path` takes a file"},
           {"journal: {path: [a]}", "`journal.path` takes a file"},
           {"journal: {keep_inputs: long}", "`journal.keep_inputs` takes a duration"},
           {"rules: {a: b}", "`rules` takes a folder"},
           {"reference: \"\"", "`reference` takes a folder"},
           {"http: {listen: [1]}", "`http.listen` takes an address"},
           {"clock: sundial", "`clock` takes wall or event"},
           {"lateness: -1h", "`lateness` takes a duration"},
           {"dedupe: 7", "`dedupe` takes a duration"},
       }) {
    const auto config = read("# a comment\n" + std::string(text) + "\n");
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().kind, Error::Kind::usage) << text;
    EXPECT_THAT(config.error().message, HasSubstr(says));
    EXPECT_THAT(config.error().message, HasSubstr("kentongan.yaml:2:"));
  }
}

/// "a.b.c" with a value, as YAML on line 2.
std::string yaml_of(std::string_view path, std::string_view value) {
  std::string before, behind;
  for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    before += fmt::format("{}: {{", path.substr(0, dot));
    behind += '}';
    path.remove_prefix(dot + 1);
  }
  return fmt::format("# a comment\n{}{}: {}{}\n", before, path, value, behind);
}

/// A list is right nowhere; of words, numbers and durations nonsense is wrong too. A new key is in this table by
/// itself.
TEST(Config, EveryKeyThatThereIsSaysItsNameItsLineAndWhatItTakesWhenItIsWrong) {
  for (const ConfigKey& key : config_keys()) {
    std::vector<std::string> wrong{"[a, b]"};
    if (!key.takes.starts_with("a file") && !key.takes.starts_with("a folder") && !key.takes.starts_with("a name") &&
        !key.takes.starts_with("the name") && !key.takes.starts_with("HOST")) {
      wrong.insert(wrong.end(), {"nonsense", "-1", "3 o'clock"});
    }
    for (const std::string& value : wrong) {
      const auto config = read(yaml_of(key.path, value));
      ASSERT_FALSE(config) << key.path << " takes " << value;
      EXPECT_EQ(config.error().kind, Error::Kind::usage);
      EXPECT_THAT(config.error().message, HasSubstr(fmt::format("`{}` takes {}", key.path, key.takes)));
      EXPECT_THAT(config.error().message, HasSubstr("kentongan.yaml:2:"));
      if (value == "[a, b]") continue;
      const auto variable = read("", {{environment_name(key.path), value}});
      ASSERT_FALSE(variable) << key.path;
      EXPECT_THAT(variable.error().message,
                  AllOf(HasSubstr(environment_name(key.path)), HasSubstr(fmt::format("takes {}", key.takes))));
    }
  }
}

TEST(Config, EveryKeyThatThereIsIsShownAndDocumented) {
  const std::string page = read_page("docs/reference/configuration.md");
  const auto config = read("");
  ASSERT_TRUE(config);
  for (const ConfigKey& key : config_keys()) {
    ASSERT_NE(key.shown, nullptr) << key.path << ": `kentongan config show` leaves it out";
    EXPECT_THAT(page, HasSubstr(fmt::format("| `{}` | `{}` |", key.path, environment_name(key.path))));
    const std::string value = key.shown(*config);
    Config again;
    EXPECT_TRUE(value.empty() || key.set(again, value)) << key.path << " shows " << value << ", which it does not take";
  }
}

TEST(Config, AValueOutOfAFixedListGetsTheNearest) {
  for (const auto& [text, hint] : std::map<std::string, std::string>{{"clock: wal", "did you mean `wall`?"},
                                                                     {"clock: events", "did you mean `event`?"},
                                                                     {"journal: {type: sqlit}", "`sqlite`?"}}) {
    const auto config = read(text);
    ASSERT_FALSE(config) << text;
    EXPECT_THAT(config.error().message, HasSubstr(hint)) << text;
  }
  const auto environment = read("", {{"KENTONGAN_CLOCK", "wal"}});
  ASSERT_FALSE(environment);
  EXPECT_THAT(environment.error().message, HasSubstr("did you mean `wall`?"));
}

TEST(Config, TheAddressIsJudgedWithTheOtherValues) {
  for (const auto& [listen, why] : std::map<std::string, std::string>{{"8080", "is not ADDRESS:PORT"},
                                                                      {"127.0.0.1", "is not ADDRESS:PORT"},
                                                                      {"127.0.0.1:99999", "is not ADDRESS:PORT"},
                                                                      {"example.org:80", "is a name"}}) {
    const auto file = read("clock: sundial\nhttp: {listen: \"" + listen + "\"}\n");
    ASSERT_FALSE(file) << listen;
    EXPECT_THAT(file.error().message, AllOf(HasSubstr("kentongan.yaml:1:"), HasSubstr("kentongan.yaml:2:"),
                                            HasSubstr("`http.listen` takes"), HasSubstr(why)));
    const auto environment = read("", {{"KENTONGAN_HTTP_LISTEN", listen}});
    ASSERT_FALSE(environment) << listen;
    EXPECT_THAT(environment.error().message, AllOf(HasSubstr("KENTONGAN_HTTP_LISTEN"), HasSubstr(why)));
  }
}

TEST(Config, OtherMachinesAreServedWithTokensOnly) {
  const std::string open = "http: {listen: \"0.0.0.0:80\"}\n";
  const auto without = read(open);
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error().message, AllOf(HasSubstr("http.listen `0.0.0.0:80`"), HasSubstr("access.tokens")));
  EXPECT_TRUE(read(open + "access: {tokens: tokens.json}\n"));
}

TEST(Config, CertificateAndKeyBelongTogether) {
  for (const char* half : {"certificate: a.pem", "key: a.pem", "client_ca: a.pem"}) {
    const auto config = read(std::string("http: {tls: {") + half + "}}\n");
    ASSERT_FALSE(config) << half;
    EXPECT_THAT(config.error().message, HasSubstr("http.tls: ")) << half;
  }
  EXPECT_TRUE(read("http: {tls: {certificate: a.pem, key: b.pem, client_ca: c.pem}}\n"));
}

TEST(Config, AllWrongVariablesAreNamedBesideTheFile) {
  const auto config =
      read("dedupe: soon\n",
           {{"KENTONGAN_CLOCK", "sundial"}, {"KENTONGAN_LATENESS", "long"}, {"KENTONGAN_HTTP_LISTEN", "x"}});
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().message, AllOf(HasSubstr("kentongan.yaml:1:"), HasSubstr("KENTONGAN_CLOCK"),
                                            HasSubstr("KENTONGAN_LATENESS"), HasSubstr("KENTONGAN_HTTP_LISTEN")));
}

TEST(Config, AVariableMostLikelyMeantForAnotherIsNamed) {
  EXPECT_THAT(misspelt_variables({"KENTONGAN_LATNESS", "KENTONGAN_HTTP", "KENTONGAN_LISTEN", "PATH", "LATNESS"}),
              ElementsAre(AllOf(HasSubstr("KENTONGAN_LATNESS"), HasSubstr("KENTONGAN_LATENESS?")),
                          HasSubstr("KENTONGAN_HTTP_LISTEN?")));
  EXPECT_THAT(misspelt_variables(environment_names()), IsEmpty());
  EXPECT_THAT(misspelt_variables({"KENTONGAN_CASES", "KENTONGAN_SHRINK", "KENTONGAN_FUZZ_SECONDS", "KENTONGAN_BINARY",
                                  "KENTONGAN_UPDATE", "KENTONGAN_SOURCE_DIR", "KENTONGAN_SEEDS", "KENTONGAN_TESTS"}),
              IsEmpty())
      << "those of the tests";
}

TEST(Config, UnknownKeysAreRefusedWithAHint) {
  for (const auto& [text, hint] : std::map<std::string, std::string>{{"journal: {pth: a}", "journal.path"},
                                                                     {"latness: 1h", "lateness"},
                                                                     {"http: {lisen: a}", "http.listen"},
                                                                     {"entirely: other", "clock"}}) {
    const auto config = read(text);
    ASSERT_FALSE(config) << text;
    EXPECT_THAT(config.error().message, HasSubstr(hint)) << text;
  }
}

TEST(Config, AllErrorsComeInOneRun) {
  const auto config = read("clock: sundial\nlateness: soon\nclok: wall\n");
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().message, HasSubstr("kentongan.yaml:1:"));
  EXPECT_THAT(config.error().message, HasSubstr("kentongan.yaml:2:"));
  EXPECT_THAT(config.error().message, HasSubstr("kentongan.yaml:3:"));
}

TEST(Config, Kafka) {
  const auto config = read(
      "journal:\n  type: kafka\n  brokers: \"a:1,b:2\"\n  group: g\n  instance: i\n"
      "  topics: {reports: r, state: s}\n"
      "  properties: {security.protocol: ssl, sasl.password: \"env:PASSWORD\"}\nworkers: 3\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->journal, JournalKind::kafka);
  EXPECT_EQ(config->kafka.brokers, "a:1,b:2");
  EXPECT_EQ(config->kafka.group, "g");
  EXPECT_EQ(config->kafka.instance, "i");
  EXPECT_EQ(config->kafka.topics, (std::map<std::string, std::string>{{"reports", "r"}, {"state", "s"}}));
  EXPECT_EQ(config->kafka.properties,
            (std::map<std::string, std::string>{{"security.protocol", "ssl"}, {"sasl.password", "env:PASSWORD"}}));
  EXPECT_EQ(config->workers, 3U);
}

TEST(Config, KafkaKeysThatAreWrongAreRefused) {
  for (const auto& [text, says] : std::map<std::string, std::string>{
           {"journal: {type: kafka, topics: {report: r}}", "reports"},
           {"journal: {type: kafka, topics: [a]}", "journal.topics"},
           {"journal: {type: kafka, properties: {isolation.level: x}}", "isolation.level is not taken"},
           {"journal: {type: kafka, properties: {sasl.password: secret-text}}", "env:NAME"},
           {"journal: {type: kafka, properties: {enable.ssl.certificate.verification: false}}", "cannot be turned off"},
           {"journal: {type: kafka}\nworkers: 0", "`workers` takes"},
           {"workers: 2", "embedded journal has one"}}) {
    const auto config = read(text);
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().kind, Error::Kind::usage) << text;
    EXPECT_THAT(config.error().message, HasSubstr(says)) << text;
  }
  EXPECT_THAT(read("journal: {properties: {sasl.password: secret-text}}").error().message,
              ::testing::Not(HasSubstr("secret-text")));
}

TEST(Config, KafkaFromTheEnvironment) {
  const auto config = read("journal: {type: kafka, topics: {state: s}}\n",
                           {{"KENTONGAN_JOURNAL_BROKERS", "e:1"},
                            {"KENTONGAN_JOURNAL_TOPICS_STATE", "e"},
                            {"KENTONGAN_JOURNAL_PROPERTIES_SECURITY_PROTOCOL", "sasl_ssl"},
                            {"KENTONGAN_WORKERS", "2"}});
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->kafka.brokers, "e:1");
  EXPECT_EQ(config->kafka.topics.at("state"), "e");
  EXPECT_EQ(config->kafka.properties.at("security.protocol"), "sasl_ssl");
  EXPECT_EQ(config->workers, 2U);
  EXPECT_FALSE(read("", {{"KENTONGAN_JOURNAL_PROPERTIES_SASL_PASSWORD", "secret-text"}}));
}

TEST(Config, BrokenYamlIsRefused) {
  for (const std::string_view text :
       {"clock: [", "- clock", "clock", "clock: wall\nclock: event\n", "clock: &a wall"}) {
    const auto config = read(text);
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().kind, Error::Kind::usage);
  }
}

TEST(Config, TheEnvironmentOverrulesTheFile) {
  const std::map<std::string, std::string> environment{{"KENTONGAN_JOURNAL_PATH", "/e.db"},
                                                       {"KENTONGAN_JOURNAL_KEEP_INPUTS", "1d"},
                                                       {"KENTONGAN_RULES", "/er"},
                                                       {"KENTONGAN_REFERENCE", "/eref"},
                                                       {"KENTONGAN_HTTP_LISTEN", "127.0.0.1:1"},
                                                       {"KENTONGAN_CLOCK", "event"},
                                                       {"KENTONGAN_LATENESS", "1h"},
                                                       {"KENTONGAN_DEDUPE", "2h"}};
  const auto config = read("clock: wall\nrules: /r\n", environment);
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->journal_path, "/e.db");
  EXPECT_EQ(config->keep_inputs, std::chrono::days(1));
  EXPECT_EQ(config->rules, "/er");
  EXPECT_EQ(config->reference, "/eref");
  EXPECT_EQ(config->http_listen, "127.0.0.1:1");
  EXPECT_EQ(config->clock, ClockKind::event);
  EXPECT_EQ(config->lateness, std::chrono::hours(1));
  EXPECT_EQ(config->dedupe, std::chrono::hours(2));
  for (const auto& [name, value] : environment) {
    if (name == "KENTONGAN_RULES" || name == "KENTONGAN_REFERENCE" || name == "KENTONGAN_JOURNAL_PATH") continue;
    const auto wrong = read("", {{name, "wrong value"}});
    ASSERT_FALSE(wrong) << name;
    EXPECT_THAT(wrong.error().message, HasSubstr(name));
  }
}

}  // namespace
}  // namespace kentongan::app
