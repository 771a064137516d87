// SPDX-License-Identifier: Apache-2.0
// Tokens and the record as an operator meets them: the commands beside the running service.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <thread>

#include "app/access/caller_limits.hpp"
#include "process.hpp"
#include "raw_client.hpp"

namespace kentongan::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kRules = std::string(KENTONGAN_SOURCE_DIR) + "/rules";

struct Office : TemporaryFolder {
  Office() {
    write_file(config(), fmt::format("journal: {{path: \"{0}/data/kentongan.db\"}}\nrules: {1}\nhttp: {{listen: "
                                     "\"127.0.0.1:0\"}}\nclock: event\naccess: {{tokens: \"{0}/data/tokens.json\"}}\n",
                                     path().string(), kRules));
  }
  [[nodiscard]] std::string config() const { return *this / "kentongan.yaml"; }
  [[nodiscard]] Finished run(std::vector<std::string> words) const {
    words.insert(words.end(), {"--config", config()});
    return run_program(words);
  }
  /// A new token, without the line break.
  [[nodiscard]] std::string token(std::vector<std::string> words) const {
    words.insert(words.begin(), {"token", "create"});
    const Finished made = run(words);
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, ContainsRegex("^ktg_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n$"));
    return made.out.substr(0, made.out.find('\n'));
  }
};

std::string with(const std::string& token, std::string request) {
  return request.insert(request.find("\r\n") + 2, "Authorization: Bearer " + token + "\r\n");
}

int status_of(std::uint16_t port, const std::string& request) {
  const auto reply = http::exchange(port, request);
  return reply ? reply->status : 0;
}

std::string report(const std::string& id, const std::string& minute, const std::string& area) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{0}","source":"/t","type":"kentongan.report.v1","time":"2024-11-10T08:{1}:00+07:00",)"
      R"("data":{{"area":"{2}","category":"intimidation","severity":5,"source":"A","content":1,)"
      R"("recommendation":"jaga pos","reporter":{{"ref":"{0}"}}}}}})",
      id, minute, area);
}

std::string posted(const std::string& body) { return http::post("/v1/events", "application/json", body); }

TEST(Access, TheServiceNeedsItsTokensAndTheirFileToBeItsOwn) {
  const Office office;
  EXPECT_EQ(office.run({"run"}).code, 2) << "there is no file";
  ASSERT_THAT(office.token({"--role", "admin"}), Not(IsEmpty()));
  ::chmod((office / "data/tokens.json").c_str(), 0644);
  const Finished open = office.run({"run"});
  EXPECT_EQ(open.code, 2);
  EXPECT_THAT(open.err, HasSubstr("chmod 600"));
}

TEST(Access, WrongWishesForATokenAreToldAndMakeNone) {
  const Office office;
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong{
      {{"--role", "king"}, "--role"},
      {{"--role", "viewer", "--areas", "35.73.99"}, "no place with this code"},
      {{"--role", "viewer", "--areas", "malang"}, "no code of a place"},
      {{"--role", "viewer", "--expires", "soon"}, "no duration"},
      {{"--role", "viewer", "--expires", "2020-01-01T00:00:00Z"}, "no time to come"},
      {{"--role", "viewer", "--name", "Budi Santoso"}, "a pseudonym"},
      {{}, "--role"}};
  for (const auto& [words, said] : wrong) {
    std::vector<std::string> all{"token", "create"};
    all.insert(all.end(), words.begin(), words.end());
    const Finished made = office.run(all);
    EXPECT_EQ(made.code, 2) << said;
    EXPECT_THAT(made.out + made.err, HasSubstr(said));
    EXPECT_THAT(made.out, Not(HasSubstr("ktg_")));
  }
  EXPECT_FALSE(std::filesystem::exists(office / "data/tokens.json"));
  EXPECT_EQ(office.run({"token", "revoke", "nobody"}).code, 2);
}

TEST(Access, ADayOfAnOffice) {
  const Office office;
  const std::string reporter = office.token({"--role", "reporter", "--areas", "35.73.02", "--name", "kauman-gateway"});
  const std::string officer =
      office.token({"--role", "officer", "--duty", "lurah", "--name", "o-7", "--expires", "30d"});
  const std::string viewer = office.token({"--role", "viewer"});
  EXPECT_EQ(office.run({"token", "create", "--role", "viewer", "--name", "o-7"}).code, 2) << "the name is taken";
  ServiceProcess service(office.config(), office / "log");
  const auto port = service.wait_ready();
  ASSERT_TRUE(port) << service.log();

  // Reports: of its areas only, and a body is taken whole or not at all.
  EXPECT_EQ(status_of(*port, posted(report("r-0", "00", "35.73.02.1004"))), 401);
  const std::string mixed = '[' + report("r-0", "00", "35.73.02.1004") + ',' + report("x", "00", "35.73.03.1001") + ']';
  const auto refused = http::exchange(*port, with(reporter, posted(mixed)));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 403);
  EXPECT_THAT(refused->body, HasSubstr("Event 1 of the body is about 35.73.03.1001"));
  std::string body = "[";
  for (int i = 0; i < 6; ++i) {
    body += report(fmt::format("r-{}", i), fmt::format("0{}", i), "35.73.02.1004") + (i < 5 ? "," : "]");
  }
  EXPECT_EQ(status_of(*port, with(reporter, posted(body))), 202);
  EXPECT_EQ(status_of(*port, with(reporter, http::get("/v1/alerts"))), 403);

  // Alerts: a viewer sees no free text, and may not act.
  std::string alerts;
  for (int i = 0; i < 500 && alerts.find("35.73-") == std::string::npos; ++i) {
    if (const auto reply = http::exchange(*port, with(officer, http::get("/v1/alerts")))) alerts = reply->body;
    std::this_thread::sleep_for(10ms);
  }
  const std::size_t at = alerts.find("35.73-");
  ASSERT_NE(at, std::string::npos) << alerts << service.log();
  const std::string alert = alerts.substr(at, alerts.find('"', at) - at);
  EXPECT_THAT(alerts, HasSubstr("jaga pos"));
  const auto seen = http::exchange(*port, with(viewer, http::get("/v1/alerts/" + alert)));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->status, 200);
  EXPECT_THAT(seen->body, Not(HasSubstr("jaga pos")));
  const auto act = [&](const std::string& token, const std::string& said) {
    return status_of(*port, with(token, http::post("/v1/alerts/" + alert + "/actions", "application/json", said)));
  };
  EXPECT_EQ(act(viewer, R"({"action":"acknowledge"})"), 403);
  EXPECT_EQ(act(officer, R"({"action":"acknowledge","actor":{"ref":"o-8"}})"), 403) << "under another name";
  EXPECT_EQ(act(officer, R"({"action":"acknowledge"})"), 202) << "the token says who acts";
  const std::string as_event = fmt::format(
      R"({{"specversion":"1.0","id":"a-1","source":"/t","type":"kentongan.action.v1","time":"2024-11-10T08:10:00+07:00",)"
      R"("data":{{"alert":"{}","action":"resolve","actor":{{"ref":"o-8"}}}}}})",
      alert);
  EXPECT_EQ(status_of(*port, with(officer, posted(as_event))), 403) << "not by the way of the events either";

  // A revoked token is none within a second, also on a connection that was open before.
  http::RawClient connection(*port);
  ASSERT_TRUE(connection.send(with(viewer, http::get("/v1/risk"))));
  EXPECT_EQ(connection.read_reply()->status, 200);
  EXPECT_EQ(office.run({"token", "revoke", "viewer"}).code, 0);
  int status = 200;
  for (int i = 0; i < 500 && status == 200; ++i) {
    ASSERT_TRUE(connection.send(with(viewer, http::get("/v1/risk"))));
    status = connection.read_reply()->status;
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(status, 401);
  const Finished list = office.run({"token", "list"});
  EXPECT_THAT(list.out, AllOf(ContainsRegex("valid +officer +o-7 +lurah"), ContainsRegex("revoked +viewer")));
  EXPECT_THAT(list.out, Not(HasSubstr(officer.substr(17)))) << "secrets are nowhere";
  EXPECT_THAT(service.log(), Not(HasSubstr(officer.substr(17))));

  // What was done is on record, in a whole chain, beside the running service.
  const Finished record = office.run({"audit", "list"});
  EXPECT_EQ(record.code, 0) << record.err;
  EXPECT_THAT(record.out, AllOf(ContainsRegex("user [a-z]+.* token-create +token [0-9a-f]{12} .*o-7 role officer"),
                                ContainsRegex("\\(viewer\\) +read +" + alert + " +127.0.0.1"),
                                ContainsRegex("\\(o-7\\) +acknowledge +" + alert + " +127.0.0.1 +as o-7 \\(lurah\\)"),
                                HasSubstr("token-revoke")));
  EXPECT_THAT(record.out, Not(HasSubstr("o-8")));
  const Finished whole = office.run({"audit", "verify"});
  EXPECT_EQ(whole.code, 0) << whole.err;
  EXPECT_THAT(whole.out, ContainsRegex("^whole: [0-9]+ entries"));
  const std::string end = whole.out.substr(whole.out.find('\n') + 1, whole.out.rfind('\n') - whole.out.find('\n') - 1);
  EXPECT_EQ(office.run({"audit", "verify", "--expect", end}).code, 0);
  service.send_signal(SIGTERM);
  const auto ended = service.wait_end(10s);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 0) << ended->err;

  // And the record shows it when somebody changes it behind its back.
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((office / "data/audit.db").c_str(), &database), SQLITE_OK);
  ASSERT_EQ(
      sqlite3_exec(database, "DROP TRIGGER entries_stay; UPDATE entries SET who = 'nobody' WHERE what = 'acknowledge'",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(database);
  const Finished broken = office.run({"audit", "verify"});
  EXPECT_EQ(broken.code, 1);
  EXPECT_THAT(broken.err, HasSubstr("the record is broken at entry "));
  EXPECT_EQ(office.run({"audit", "verify", "--expect", "nonsense"}).code, 1) << "the break counts more";
}

TEST(Access, ReloadsAndReadsOfTheJournalAreOnRecord) {
  const Office office;
  ASSERT_THAT(office.token({"--role", "admin"}), Not(IsEmpty()));
  {
    ServiceProcess service(office.config(), office / "log");
    ASSERT_TRUE(service.wait_ready()) << service.log();
    service.send_signal(SIGHUP);
    std::string list;
    for (int i = 0; i < 500 && list.find("reload") == std::string::npos; ++i) {
      list = office.run({"audit", "list"}).out;
      std::this_thread::sleep_for(10ms);
    }
    EXPECT_THAT(list, ContainsRegex("system +reload +rules [0-9a-f]{16} +in use"));
    service.send_signal(SIGTERM);
    ASSERT_TRUE(service.wait_end(10s));
  }
  EXPECT_EQ(office.run({"journal", "dump"}).code, 0);
  EXPECT_THAT(office.run({"audit", "list", "--what", "dump", "--format", "json"}).out,
              AllOf(HasSubstr(R"("what":"dump","on":"journal")"), Not(HasSubstr("reload"))));
}

TEST(Access, TheDoctorLooksAtTokensAndRecord) {
  const Office office;
  const Finished none = office.run({"doctor"});
  EXPECT_EQ(none.code, 1);
  EXPECT_THAT(none.out, ContainsRegex("fail +tokens .*kentongan token create"));
  ASSERT_THAT(office.token({"--role", "admin"}), Not(IsEmpty()));
  const Finished good = office.run({"doctor"});
  EXPECT_THAT(good.out,
              AllOf(ContainsRegex("ok +tokens +1 of 1 are valid"), ContainsRegex("ok +record +whole, 1 entries")));
  ASSERT_EQ(office.run({"token", "revoke", "admin"}).code, 0);
  EXPECT_THAT(office.run({"doctor"}).out, ContainsRegex("warn +tokens .*no token that is valid"));
}

TEST(Access, AnActionTakesTheActorOfItsCaller) {
  ports::Caller officer;
  officer.role = ports::Role::officer;
  officer.actor = ports::Caller::Actor{"o-7", "lurah"};
  EXPECT_EQ(*with_actor(officer, R"({"action":"resolve","note":"a \"b\""})"),
            R"({"actor":{"ref":"o-7","role":"lurah"},"action":"resolve","note":"a \"b\""})");
  EXPECT_EQ(*with_actor(officer, "{}"), R"({"actor":{"ref":"o-7","role":"lurah"}})");
  EXPECT_EQ(*with_actor(officer, R"({"actor":{"ref":"o-7","role":"mayor"}})"),
            R"({"actor":{"ref":"o-7","role":"lurah"}})")
      << "nor under another duty";
  for (const char* other : {R"({"actor":5})", R"({"actor":{"ref":""}})", R"({"actor":null})"}) {
    EXPECT_EQ(*with_actor(officer, other), R"({"actor":{"ref":"o-7","role":"lurah"}})") << other;
  }
  EXPECT_FALSE(with_actor(officer, R"({"actor":{"ref":"o-8"}})"));
  ports::Caller admin = officer;
  admin.role = ports::Role::admin;
  EXPECT_EQ(*with_actor(admin, R"({"actor":{"ref":"o-8"}})"), R"({"actor":{"ref":"o-8"}})");
  EXPECT_EQ(*with_actor(admin, "{}"), R"({"actor":{"ref":"o-7","role":"lurah"}})");
  EXPECT_EQ(*with_actor({}, "{}"), "{}") << "without tokens the body says it";
}

TEST(Access, OnlyAKnownWordStandsInTheRecord) {
  EXPECT_EQ(what_of_action(R"({"action":"snooze"})"), "snooze");
  EXPECT_EQ(what_of_action(R"({"action":"Pak Budi"})"), "action");
  EXPECT_EQ(what_of_action("{}"), "action");
}

}  // namespace
}  // namespace kentongan::app::testing
