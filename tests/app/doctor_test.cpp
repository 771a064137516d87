// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "app/doctor/checks.hpp"
#include "process.hpp"

namespace kentongan::app::doctor {
namespace {

using namespace std::chrono_literals;
using app::testing::Finished;
using app::testing::read_file;
using app::testing::run_program;
using app::testing::ServiceProcess;
using app::testing::TemporaryFolder;
using app::testing::write_file;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uintmax_t kMebibyte = 1 << 20;

TEST(Disk, IsJudgedByWhatIsFree) {
  EXPECT_EQ(judge_disk({"/d", 30'000 * kMebibyte, 100'000 * kMebibyte}).health, Health::ok);
  EXPECT_EQ(judge_disk({"/d", 2'000 * kMebibyte, 100'000 * kMebibyte}).health, Health::warn);
  EXPECT_EQ(judge_disk({"/d", 500 * kMebibyte, 1'000 * kMebibyte}).health, Health::warn);
  const Finding full = judge_disk({"/d", 10 * kMebibyte, 100'000 * kMebibyte});
  EXPECT_EQ(full.health, Health::fail);
  EXPECT_THAT(full.message, HasSubstr("10 MiB of 100000 MiB are free at /d"));
  EXPECT_THAT(full.advice, HasSubstr("journal.keep_inputs"));
}

TEST(Clock, IsHeldAgainstJournalAndFileSystem) {
  const TimePoint now{std::chrono::hours(24 * 20'000)};
  EXPECT_EQ(judge_clock({now, true, now, now - 1h}).health, Health::ok);
  EXPECT_EQ(judge_clock({now, false, now, {}}).health, Health::warn);
  EXPECT_EQ(judge_clock({now, true, now + 2min, {}}).health, Health::warn);
  EXPECT_EQ(judge_clock({now, true, now, now + 4min}).health, Health::ok);
  const Finding back = judge_clock({now, true, now, now + 2h});
  EXPECT_EQ(back.health, Health::fail);
  EXPECT_THAT(back.message, HasSubstr("7200 s behind the journal's last input"));
}

/// A certificate that ended and one that lasts, as a person makes them.
TEST(Certificate, ItsEndIsTold) {
  const TemporaryFolder folder;
  const std::string make = fmt::format(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj /CN=k -keyout {0}/key -out "
      "{0}/cert 2>/dev/null",
      folder.path().string());
  ASSERT_EQ(std::system(make.c_str()), 0);
  const TimePoint now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  EXPECT_EQ(check_certificate(folder / "cert", now).health, Health::ok);
  EXPECT_THAT(check_certificate(folder / "cert", now).message, ContainsRegex("ends in (89|90) days"));
  EXPECT_EQ(check_certificate(folder / "cert", now + std::chrono::days(70)).health, Health::warn);
  const Finding ended = check_certificate(folder / "cert", now + std::chrono::days(100));
  EXPECT_EQ(ended.health, Health::fail);
  EXPECT_THAT(ended.message, HasSubstr("days ago"));
  EXPECT_EQ(check_certificate(folder / "key", now).health, Health::fail);
  EXPECT_EQ(check_certificate(folder / "none", now).health, Health::fail);
}

struct Installation : TemporaryFolder {
  explicit Installation(const std::string& more = "") {
    std::filesystem::create_directory(path() / "data");
    std::filesystem::permissions(path() / "data", std::filesystem::perms::owner_all);
    write_file(config(), fmt::format("journal: {{path: \"{}\"}}\nrules: {}/rules\nhttp: {{listen: \"127.0.0.1:0\"}}\n"
                                     "clock: event\n{}",
                                     *this / "data/k.db", KENTONGAN_SOURCE_DIR, more));
  }
  [[nodiscard]] std::string config() const { return *this / "kentongan.yaml"; }
};

TEST(Doctor, AGoodInstallationHasALineForEachCheckAndNoFailure) {
  const Installation installation;
  {
    ServiceProcess service(installation.config(), installation / "log");
    ASSERT_TRUE(service.wait_ready()) << service.log();
    const Finished while_it_runs = run_program({"doctor", "--config", installation.config()});
    EXPECT_EQ(while_it_runs.code, 0) << while_it_runs.out;
    EXPECT_THAT(while_it_runs.out, HasSubstr("in use by process"));
    service.send_signal(SIGTERM);
    ASSERT_TRUE(service.wait_end(10s));
  }
  const Finished examined = run_program({"doctor", "--config", installation.config()});
  EXPECT_EQ(examined.code, 0) << examined.out;
  for (const char* check :
       {"configuration", "reference", "roster", "calendar", "rules", "journal", "rights", "disk", "listen", "clock"}) {
    EXPECT_THAT(examined.out, ContainsRegex(fmt::format("(^|\n)(ok|warn) +{} ", check)));
  }
  EXPECT_THAT(examined.out, HasSubstr("read wholly, no damage; no service uses it"));
  EXPECT_THAT(examined.out, HasSubstr(", 0 fail\n"));
  const Finished json = run_program({"doctor", "--config", installation.config(), "--format", "json"});
  EXPECT_THAT(json.out, HasSubstr(R"({"checks":[{"check":"configuration","health":"ok","message":)"));
  EXPECT_THAT(json.out, HasSubstr("\"fail\":0}"));
  EXPECT_FALSE(std::filesystem::exists(installation / "data/.kentongan-doctor"));
}

TEST(Doctor, WhatIsWrongIsAFailureThatSaysWhatToDo) {
  const Installation installation;
  write_file(installation / "data/k.db", std::string(5000, 'x'));
  const Finished damaged = run_program({"doctor", "--config", installation.config()});
  EXPECT_EQ(damaged.code, 1);
  EXPECT_THAT(damaged.out, ContainsRegex("\nfail  journal .*not a Kentongan journal.* -> docs/operations"));
  EXPECT_THAT(damaged.out, HasSubstr(", 1 fail\n"));
}

TEST(Doctor, WrongConfigurationRulesPortAndBrokerAreFailures) {
  const Installation wrong("clok: wall\n");
  const Finished configuration = run_program({"doctor", "--config", wrong.config()});
  EXPECT_EQ(configuration.code, 1);
  EXPECT_THAT(configuration.out, HasSubstr("fail  configuration"));
  EXPECT_THAT(configuration.out, HasSubstr("kentongan.yaml:5:1"));
  EXPECT_THAT(configuration.out, HasSubstr("0 ok, 0 warn, 1 fail"));

  const Installation good;
  const Finished rules = run_program({"doctor", "--config", good.config()}, "", std::nullopt,
                                     {{"KENTONGAN_RULES", good / "nowhere"}, {"KENTONGAN_LATNESS", "1h"}});
  EXPECT_EQ(rules.code, 1);
  EXPECT_THAT(rules.out, ContainsRegex("\nfail  rules .*there is no .*nowhere"));
  EXPECT_THAT(rules.out, ContainsRegex("\nwarn  environment .*KENTONGAN_LATNESS"));

  ServiceProcess service(good.config(), good / "log");
  const auto port = service.wait_ready();
  ASSERT_TRUE(port);
  const Installation second;
  const Finished taken = run_program({"doctor", "--config", second.config()}, "", std::nullopt,
                                     {{"KENTONGAN_HTTP_LISTEN", fmt::format("127.0.0.1:{}", *port)}});
  EXPECT_EQ(taken.code, 1);
  EXPECT_THAT(taken.out, ContainsRegex("\nfail  listen .*cannot be listened on .*ss -ltnp"));

  const Finished broker =
      run_program({"doctor", "--config", good.config()}, "", std::nullopt,
                  {{"KENTONGAN_JOURNAL_TYPE", "kafka"}, {"KENTONGAN_JOURNAL_BROKERS", "127.0.0.1:1"}});
  EXPECT_EQ(broker.code, 1);
  EXPECT_THAT(broker.out, ContainsRegex("\nfail  broker .*journal.brokers"));
}

TEST(Doctor, AFolderOpenToOthersIsAWarning) {
  const Installation installation;
  std::filesystem::permissions(installation.path() / "data", std::filesystem::perms::all);
  const Finished open = run_program({"doctor", "--config", installation.config()});
  EXPECT_EQ(open.code, 0) << open.out;
  EXPECT_THAT(open.out, ContainsRegex("\nwarn  rights .*chmod 700"));
}

TEST(ConfigCommand, ShowsWhatIsInEffectAndWhereItComesFrom) {
  const Installation installation("workers: 1\njournal.x: 1\n");
  EXPECT_EQ(run_program({"config", "check", "--config", installation.config()}).code, 2);
  const Installation good;
  const Finished checked = run_program({"config", "check", "--config", good.config()});
  EXPECT_EQ(checked.code, 0);
  EXPECT_EQ(checked.out, "the configuration is good\n");
  write_file(good / "kafka.yaml",
             "journal: {type: kafka, properties: {sasl.password: \"env:SECRET_OF_OURS\"}, topics: {state: s}}\nclock: "
             "event\n");
  const Finished shown = run_program({"config", "show", "--config", good / "kafka.yaml"}, "", std::nullopt,
                                     {{"SECRET_OF_OURS", "hunter2"}, {"KENTONGAN_LATENESS", "2h"}});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_THAT(shown.out, ContainsRegex("clock +event +file\n"));
  EXPECT_THAT(shown.out, ContainsRegex("lateness +2h +environment\n"));
  EXPECT_THAT(shown.out, ContainsRegex("dedupe +1w +default\n"));
  EXPECT_THAT(shown.out, ContainsRegex("journal.topics.state +s +file\n"));
  EXPECT_THAT(shown.out, ContainsRegex("journal.properties.sasl.password +env:SECRET_OF_OURS +file\n"));
  EXPECT_THAT(shown.out, Not(HasSubstr("hunter2")));
  const Finished json = run_program({"config", "show", "--format", "json"});
  EXPECT_THAT(json.out, HasSubstr(R"({"key":"clock","value":"wall","origin":"default"})"));
}

TEST(BackupCommand, ADestroyedJournalComesBackWithItsOutputs) {
  const Installation installation;
  const std::string config = installation.config(), copy = installation / "copy.db";
  {
    ServiceProcess service(config, installation / "log");
    const auto port = service.wait_ready();
    ASSERT_TRUE(port) << service.log();
    const std::string post = fmt::format(
        "curl -fsS -H 'Content-Type: application/x-ndjson' --data-binary @{}/deploy/example/malang-day.ndjson "
        "http://127.0.0.1:{}/v1/events >/dev/null",
        KENTONGAN_SOURCE_DIR, *port);
    ASSERT_EQ(std::system(post.c_str()), 0);
    const Finished made = run_program({"backup", "--config", config, copy});
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("read wholly, no damage"));
    EXPECT_EQ(run_program({"backup", "--config", config, copy}).code, 2) << "a copy is not overwritten";
    EXPECT_EQ(run_program({"restore", "--config", config, copy}).code, 3) << "the service runs";
    service.send_signal(SIGKILL);
    ASSERT_TRUE(service.wait_end(10s));
  }
  std::filesystem::remove_all(installation.path() / "data");
  const Finished restored = run_program({"restore", "--config", config, copy});
  ASSERT_EQ(restored.code, 0) << restored.err;
  // What was durable and not yet applied when the copy was made is applied now.
  ServiceProcess service(config, installation / "log2");
  ASSERT_TRUE(service.wait_ready()) << service.log();
  const auto until = std::chrono::steady_clock::now() + 60s;
  while (run_program({"doctor", "--config", config}).out.find(" 0 inputs wait") == std::string::npos) {
    ASSERT_LT(std::chrono::steady_clock::now(), until) << service.log();
  }
  const Finished dumped = run_program({"journal", "dump", "--config", config, "--emit", "alerts,risk"});
  const std::string source = KENTONGAN_SOURCE_DIR;
  const Finished replayed =
      run_program({"replay", "--rules", source + "/rules", source + "/deploy/example/malang-day.ndjson"});
  EXPECT_FALSE(dumped.out.empty());
  EXPECT_EQ(dumped.out, replayed.out) << "what the service wrote after all is what a replay of the same day writes";
}

}  // namespace
}  // namespace kentongan::app::doctor
