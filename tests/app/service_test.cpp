// SPDX-License-Identifier: Apache-2.0
// `kentongan run` as an operator meets it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <thread>

#include <unistd.h>

#include "process.hpp"
#include "raw_client.hpp"

namespace kentongan::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kRules = std::string(KENTONGAN_SOURCE_DIR) + "/rules";

/// A configuration in a folder of its own.
struct Installation : TemporaryFolder {
  explicit Installation(const std::string& more = "clock: event\n", const std::string& listen = "127.0.0.1:0") {
    write_file(config(), fmt::format("journal: {{path: \"{}\"}}\nrules: {}\nhttp: {{listen: \"{}\"}}\n{}", database(),
                                     kRules, listen, more));
  }
  [[nodiscard]] std::string config() const { return *this / "kentongan.yaml"; }
  [[nodiscard]] std::string database() const { return *this / "data/kentongan.db"; }
  [[nodiscard]] std::string log(const std::string& name = "log") const { return *this / name; }
};

/// Starts, fails, and says why.
Finished refused(const Installation& installation) {
  ServiceProcess service(installation.config(), installation.log());
  EXPECT_FALSE(service.wait_ready());
  const auto ended = service.wait_end(10s);
  if (!ended) {
    ADD_FAILURE() << "it runs";
    return {};
  }
  EXPECT_THAT(ended->err, Not(IsEmpty()));
  return *ended;
}

std::string event(const std::string& id, const std::string& time) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/t","type":"kentongan.report.v1","time":"{}",)"
      R"("data":{{"area":"35.73.02.1004","category":"intimidation","severity":5,"source":"A","content":1,)"
      R"("reporter":{{"ref":"{}"}}}}}})",
      id, time, id);
}

TEST(Run, StopsCleanlyOnSigtermAndSigint) {
  const Installation installation;
  for (const int signal : {SIGTERM, SIGINT}) {
    ServiceProcess service(installation.config(), installation.log());
    ASSERT_TRUE(service.wait_ready()) << service.log();
    service.send_signal(signal);
    const auto ended = service.wait_end(10s);
    ASSERT_TRUE(ended) << "still running after 10 s";
    EXPECT_EQ(ended->code, 0) << ended->err;
  }
}

TEST(Run, StopsCleanlyWithAClientThatHangs) {
  const Installation installation;
  ServiceProcess service(installation.config(), installation.log());
  const auto port = service.wait_ready();
  ASSERT_TRUE(port);
  http::RawClient slow(*port);
  ASSERT_TRUE(slow.send(
      "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));
  service.send_signal(SIGTERM);
  const auto ended = service.wait_end(10s);
  ASSERT_TRUE(ended) << "still running after 10 s";
  EXPECT_EQ(ended->code, 0) << ended->err;
}

TEST(Run, KeepsWhatItAcknowledgedAndTakesActions) {
  const Installation installation;
  std::string alert;
  for (int life = 0; life < 2; ++life) {
    SCOPED_TRACE(life);
    ServiceProcess service(installation.config(), installation.log());
    const auto port = service.wait_ready();
    ASSERT_TRUE(port) << service.log();
    std::string body = "[";
    for (int i = 0; i < 6; ++i) {
      body += event(fmt::format("r-{}", i), fmt::format("2024-11-10T08:0{}:00+07:00", i)) + (i < 5 ? "," : "]");
    }
    // The second time all of them are duplicates, and accepted.
    const auto posted = http::exchange(*port, http::post("/v1/events", "application/cloudevents-batch+json", body));
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->status, 202) << posted->body;
    EXPECT_THAT(posted->body, HasSubstr(R"("accepted":6)"));
    std::string alerts;
    for (int i = 0; i < 200 && alerts.find("35.73-") == std::string::npos; ++i) {
      if (const auto reply = http::exchange(*port, http::get("/v1/alerts"))) alerts = reply->body;
      std::this_thread::sleep_for(10ms);
    }
    const std::size_t at = alerts.find("35.73-");
    ASSERT_NE(at, std::string::npos) << alerts;
    alert = alerts.substr(at, alerts.find('"', at) - at);
    const auto acted = http::exchange(*port, http::post("/v1/alerts/" + alert + "/actions", "application/json",
                                                        R"({"action":"acknowledge","actor":{"ref":"o-1"}})"));
    ASSERT_TRUE(acted);
    EXPECT_EQ(acted->status, 202) << acted->body;
    const auto nobody = http::exchange(*port, http::post("/v1/alerts/35.73-none/actions", "application/json",
                                                         R"({"action":"acknowledge","actor":{"ref":"o-1"}})"));
    ASSERT_TRUE(nobody);
    EXPECT_EQ(nobody->status, 404);
    const auto unsigned_action = http::exchange(
        *port, http::post("/v1/alerts/" + alert + "/actions", "application/json", R"({"action":"acknowledge"})"));
    ASSERT_TRUE(unsigned_action);
    EXPECT_EQ(unsigned_action->status, 400);
    EXPECT_THAT(unsigned_action->body, HasSubstr(R"("pointer":"/actor")"));
    const auto nonsense =
        http::exchange(*port, http::post("/v1/alerts/" + alert + "/actions", "application/json", "nonsense"));
    ASSERT_TRUE(nonsense);
    EXPECT_EQ(nonsense->status, 400);
    EXPECT_THAT(nonsense->body, HasSubstr("byte 0"));
    std::string shown;
    for (int i = 0; i < 200 && shown.find("acknowledged") == std::string::npos; ++i) {
      if (const auto reply = http::exchange(*port, http::get("/v1/alerts/" + alert))) shown = reply->body;
      std::this_thread::sleep_for(10ms);
    }
    EXPECT_THAT(shown, HasSubstr("acknowledged"));
    const auto risk = http::exchange(*port, http::get("/v1/risk"));
    ASSERT_TRUE(risk);
    EXPECT_THAT(risk->body, HasSubstr(R"("area":"35.73.02.1004")"));
    EXPECT_EQ(http::exchange(*port, http::get("/readyz"))->status, 200);
    const auto metrics = http::exchange(*port, http::get("/metrics"));
    EXPECT_THAT(metrics->body,
                HasSubstr(fmt::format("kentongan_events_total{{type=\"kentongan.report.v1\",verdict=\"{}\"}} 6",
                                      life == 0 ? "applied" : "duplicate")));
    service.send_signal(SIGTERM);
    ASSERT_TRUE(service.wait_end(10s));
  }
  const Finished dump = run_program({"journal", "dump", "--config", installation.config()});
  EXPECT_EQ(dump.code, 0) << dump.err;
  EXPECT_THAT(dump.out, HasSubstr(alert));
}

TEST(Run, WrongRulesAreAllNamedAndNothingStarts) {
  Installation installation;
  write_file(installation / "bad/a.yaml",
             "version: 1\nrules:\n  - {id: one, chek: {}}\n  - {id: two, check: {}, alert: {level: x}}\n");
  write_file(installation.config(), fmt::format("rules: {}\nreference: {}/reference\njournal: {{path: \"{}\"}}\n",
                                                installation / "bad", kRules, installation.database()));
  const Finished ended = refused(installation);
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("a.yaml:3:"));
  EXPECT_THAT(ended.err, HasSubstr("a.yaml:4:"));
  EXPECT_FALSE(std::filesystem::exists(installation.database()));
}

TEST(Run, RulesOfTheCommandLineWin) {
  Installation installation;
  write_file(installation / "bad/a.yaml", "version: 1\nrules:\n  - {id: one, chek: {}}\n");
  const Finished ended = run_program({"run", "--config", installation.config(), "--rules", installation / "bad",
                                      "--reference", std::string(kRules) + "/reference"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("bad/a.yaml:3:"));
}

TEST(Run, AWrongConfigurationIsExitCode2) {
  const Installation installation("clok: event\nlateness: long\n");
  const Finished ended = refused(installation);
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("clock"));
  EXPECT_THAT(ended.err, HasSubstr("lateness"));
  const Installation elsewhere("clock: event\n", "nowhere");
  EXPECT_EQ(refused(elsewhere).code, 2);
  const Installation open("clock: event\n", "0.0.0.0:0");
  EXPECT_EQ(refused(open).code, 2) << "without tokens only loopback is served";
  EXPECT_FALSE(std::filesystem::exists(open.database()));
}

TEST(Run, APortInUseAndADatabaseInUseAreSaid) {
  const Installation first;
  ServiceProcess running(first.config(), first.log());
  const auto port = running.wait_ready();
  ASSERT_TRUE(port);
  const Installation second("clock: event\n", fmt::format("127.0.0.1:{}", *port));
  const Finished no_port = refused(second);
  EXPECT_EQ(no_port.code, 3) << no_port.err;
  EXPECT_THAT(no_port.err, HasSubstr(std::to_string(*port)));
  ServiceProcess again(first.config(), first.log("log2"));
  EXPECT_FALSE(again.wait_ready());
  const auto ended = again.wait_end(10s);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 3);
  EXPECT_THAT(ended->err, HasSubstr("kentongan.db"));
  running.send_signal(SIGTERM);
  ASSERT_TRUE(running.wait_end(10s));
}

TEST(Run, ADamagedDatabaseIsRefused) {
  const Installation installation;
  write_file(installation.database(), std::string(10'000, 'x'));
  const Finished ended = refused(installation);
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("kentongan.db"));
  const Finished dump = run_program({"journal", "dump", "--config", installation.config()});
  EXPECT_EQ(dump.code, 3);
}

TEST(Run, ADatabaseDeletedWhileItRunsEndsItsReadiness) {
  const Installation installation;
  ServiceProcess service(installation.config(), installation.log());
  const auto port = service.wait_ready();
  ASSERT_TRUE(port) << service.log();
  std::filesystem::remove(installation.database());
  const auto posted =
      http::exchange(*port, http::post("/v1/events", "application/json", event("r-1", "2024-11-10T08:00:00+07:00")));
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->status, 503) << posted->body;
  EXPECT_THAT(posted->body, HasSubstr("this file was deleted or moved away"));
  std::string why;
  for (int i = 0; i < 300 && why.find("deleted") == std::string::npos; ++i) {
    if (const auto ready = http::exchange(*port, http::get("/readyz")); ready && ready->status == 503) {
      why = ready->body;
    }
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_THAT(why, HasSubstr("this file was deleted or moved away"));
  service.send_signal(SIGTERM);
  const auto ended = service.wait_end(10s);
  ASSERT_TRUE(ended);
  EXPECT_THAT(ended->err, HasSubstr("level=error"));
  EXPECT_FALSE(std::filesystem::exists(installation.database()));
}

TEST(Run, TheCommandLineWinsOverFileAndEnvironment) {
  const Installation installation("clock: event\nreference: /no/such/reference\n");
  write_file(installation / "empty/nothing.txt", "");
  const Finished ended = run_program({"run", "--config", installation.config(), "--rules", installation / "gone",
                                      "--reference", kRules + "/reference"},
                                     "", std::nullopt, {{"KENTONGAN_RULES", installation / "empty"}});
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.err, HasSubstr("there is no " + (installation / "gone")));
  const Finished reference = run_program({"run", "--config", installation.config(), "--reference", "/no/such/other"});
  EXPECT_EQ(reference.code, 2);
  EXPECT_THAT(reference.err, HasSubstr("/no/such/other"));
  EXPECT_FALSE(std::filesystem::exists(installation.database()));
}

TEST(Run, WarnsOfAFolderWithoutRulesAndOfAMisspeltVariable) {
  const Installation installation("clock: event\nreference: " + kRules + "/reference\n");
  write_file(installation / "empty/nothing.txt", "");
  ServiceProcess service(installation.config(), installation.log(),
                         {{"KENTONGAN_RULES", installation / "empty"}, {"KENTONGAN_LATNESS", "1h"}});
  ASSERT_TRUE(service.wait_ready()) << service.log();
  EXPECT_THAT(service.log(), HasSubstr("no rules in " + (installation / "empty")));
  EXPECT_THAT(service.log(), HasSubstr("KENTONGAN_LATNESS is not read; did you mean KENTONGAN_LATENESS?"));
  service.send_signal(SIGTERM);
  const auto ended = service.wait_end(10s);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 0);
}

TEST(Run, AFolderThatCannotBeWrittenIsRefused) {
  const Installation installation;
  write_file(installation / "data", "a file where a folder should be");
  const Finished ended = refused(installation);
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("data"));
}

TEST(JournalDump, WithoutADatabaseIsExitCode3) {
  const Installation installation;
  const Finished dump = run_program({"journal", "dump", "--config", installation.config()});
  EXPECT_THAT(dump.code, AnyOf(Eq(2), Eq(3)));
  EXPECT_THAT(dump.err, HasSubstr("kentongan.db"));
  EXPECT_THAT(dump.out, IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(installation.database())) << "looking makes no database";
}

}  // namespace
}  // namespace kentongan::app::testing
