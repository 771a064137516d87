// SPDX-License-Identifier: Apache-2.0
// Each endpoint over a socket: what the port is asked, and what its answers look like on the wire.
#include <gmock/gmock.h>

#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

using ports::BodyKind;
using ::testing::HasSubstr;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kProblem = "application/problem+json";

class EndpointsTest : public ServerTest {
 protected:
  void SetUp() override { start(); }
  void answer(ports::IntakeAnswer intake) {
    api.set([&](FakeApi& fake) { fake.intake_ = std::move(intake); });
  }
  void store_alert() {
    using namespace std::chrono_literals;
    const TimePoint fired = std::chrono::sys_days(std::chrono::year(2024) / 11 / 10) + 6h;
    ports::StoredAlert alert;
    alert.data = R"({"alert":"35.73-a1","message":{"id":"\"since\":\"x+09:00"},"since":"2024-11-10T13:00:00+07:00"})";
    alert.city = "35.73";
    alert.steps = {{"fired", fired}, {"acknowledged", fired + 90s + 5ms}};
    api.set([&](FakeApi& fake) { fake.stored_["35.73-a1"] = alert; });
  }
};

constexpr std::string_view kAlert =
    R"({"alert":"35.73-a1","message":{"id":"\"since\":\"x+09:00"},"since":"2024-11-10T13:00:00+07:00",)"
    R"("steps":[{"step":"fired","time":"2024-11-10T13:00:00+07:00"},)"
    R"({"step":"acknowledged","time":"2024-11-10T13:01:30.005+07:00"}]})";

TEST_F(EndpointsTest, EveryContentTypeOfEventsReachesThePortAsItsKind) {
  const std::vector<std::pair<std::string, BodyKind>> table{
      {"application/cloudevents+json", BodyKind::single},
      {"application/cloudevents-batch+json", BodyKind::batch},
      {"application/x-ndjson", BodyKind::ndjson},
      {"application/json", BodyKind::by_shape},
      {"Application/CloudEvents+JSON; charset=UTF-8", BodyKind::single},
      {"application/json;charset=\"utf-8\"; v=1", BodyKind::by_shape}};
  for (const auto& [type, kind] : table) {
    EXPECT_EQ(ask(post("/v1/events", type, "{}")).status, 202) << type;
    EXPECT_EQ(api.submitted().back().kind, kind) << type;
    EXPECT_EQ(api.submitted().back().body, "{}") << type;
  }
}

TEST_F(EndpointsTest, OtherContentTypesAre415) {
  for (const auto* type : {"text/plain", "application/xml", "application/json; charset=latin1", "", "json"}) {
    const auto reply = ask(post("/v1/events", type, "{}"));
    EXPECT_EQ(reply.status, 415) << type;
    EXPECT_EQ(reply.header("Content-Type"), kProblem) << type;
  }
  EXPECT_EQ(ask("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}").status, 415);
  EXPECT_EQ(ask("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")
                .status,
            415);
  EXPECT_TRUE(api.submitted().empty());
}

TEST_F(EndpointsTest, SomeAcceptedIs202WithTheRejectedOnes) {
  answer(
      {.accepted = 2, .rejected = {{1, RejectReason::unknown_area, "/data/area", "no \"such\" area"}}, .message = {}});
  const auto reply = ask(post("/v1/events", "application/x-ndjson", "1\n2\n3"));
  EXPECT_EQ(reply.status, 202);
  EXPECT_EQ(reply.header("Content-Type"), kJson);
  EXPECT_EQ(reply.body, R"({"accepted":2,"rejected":[{"index":1,"reason":"unknown_area","pointer":"/data/area",)"
                        R"("message":"no \"such\" area"}]})");
}

TEST_F(EndpointsTest, AllAcceptedIs202WithAnEmptyList) {
  EXPECT_EQ(ask(post("/v1/events", kJson, "{}")).body, R"({"accepted":1,"rejected":[]})");
}

TEST_F(EndpointsTest, NoneAcceptedIsAProblemWithTheRejectedOnes) {
  answer({.accepted = 0, .rejected = {{0, RejectReason::malformed_json, "", "m"}}, .message = {}});
  const auto reply = ask(post("/v1/events", kJson, "{"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.header("Content-Type"), kProblem);
  EXPECT_EQ(reply.body, R"({"type":"about:blank","title":"Bad Request","status":400,)"
                        R"("detail":"No event of the body was accepted.",)"
                        R"("rejected":[{"index":0,"reason":"malformed_json","pointer":"","message":"m"}]})");
}

TEST_F(EndpointsTest, AnEmptyBatchIs400) {
  answer({.accepted = 0, .rejected = {}, .message = {}});
  EXPECT_EQ(ask(post("/v1/events", kJson, "[]")).status, 400);
  EXPECT_EQ(ask("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n").status, 400);
}

TEST_F(EndpointsTest, BusyIs429AndUnavailableIs503BothWithRetryAfter) {
  answer({.status = ports::IntakeAnswer::Status::busy, .rejected = {}, .message = {}});
  auto reply = ask(post("/v1/events", kJson, "{}"));
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.header("Retry-After"), "1");
  answer({.status = ports::IntakeAnswer::Status::unavailable, .rejected = {}, .message = "disk full"});
  reply = ask(post("/v1/events", kJson, "{}"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("Retry-After"), "5");
  EXPECT_THAT(reply.body, HasSubstr("disk full"));
}

TEST_F(EndpointsTest, AlertsCarryTheirStepsInTheOffsetOfTheirCity) {
  store_alert();
  const auto reply = ask(get("/v1/alerts?state=firing&next=a%2Bb"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{\"alerts\":[" + std::string(kAlert) + "],\"next\":null}");
  EXPECT_EQ(api.asked(), "firing|a+b");
  api.set([](FakeApi& fake) { fake.next_ = "page2"; });
  EXPECT_THAT(ask(get("/v1/alerts")).body, HasSubstr(R"("next":"page2"})"));
  EXPECT_EQ(api.asked(), "|");
}

TEST_F(EndpointsTest, AnUnknownStateIs400) {
  EXPECT_EQ(ask(get("/v1/alerts?state=open")).status, 400);
  EXPECT_EQ(ask(get("/v1/alerts?state=%zz")).status, 400);
}

TEST_F(EndpointsTest, ABrokenDatabaseIs503) {
  api.set([](FakeApi& fake) { fake.broken_ = true; });
  const auto reply = ask(get("/v1/alerts"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.body, HasSubstr("the database is locked"));
}

TEST_F(EndpointsTest, OneAlert) {
  store_alert();
  EXPECT_EQ(ask(get("/v1/alerts/35.73-a1")).body, kAlert);
  const auto missing = ask(get("/v1/alerts/35.73-a2"));
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Content-Type"), kProblem);
}

TEST_F(EndpointsTest, ActionsOnAnAlert) {
  store_alert();
  const auto reply = ask(post("/v1/alerts/35.73-a1/actions", kJson, R"({"action":"acknowledge"})"));
  EXPECT_EQ(reply.status, 202);
  EXPECT_EQ(reply.body, R"({"accepted":1,"rejected":[]})");
  ASSERT_EQ(api.acted().size(), 1U);
  EXPECT_EQ(api.acted()[0].first, "35.73-a1");
  EXPECT_EQ(api.acted()[0].second, R"({"action":"acknowledge"})");
  EXPECT_EQ(ask(post("/v1/alerts/x/actions", kJson, "{}")).status, 404);
  EXPECT_EQ(ask(post("/v1/alerts/35.73-a1/actions", "text/plain", "{}")).status, 415);
}

TEST_F(EndpointsTest, RiskAndOneArea) {
  ports::PlaceRisk place{"35.73.02.1004", "Klojen", 41.5, Level::siaga, true, {{"r-1", "x", 12.0}}};
  api.set([&](FakeApi& fake) { fake.places_ = {place}; });
  EXPECT_EQ(ask(get("/v1/risk")).body,
            R"({"areas":[{"area":"35.73.02.1004","name":"Klojen","score":41.5,"level":"siaga","rising":true}]})");
  EXPECT_EQ(ask(get("/v1/areas/35.73.02.1004")).body,
            R"({"area":"35.73.02.1004","name":"Klojen","score":41.5,"level":"siaga","rising":true,)"
            R"("contributions":[{"event":"r-1","rule":"x","weight":12.0}]})");
  EXPECT_EQ(ask(get("/v1/areas/35.73.99.1004")).status, 404);
}

TEST_F(EndpointsTest, TheMapHasAPointForEachKelurahan) {
  ports::PlaceRisk one{"35.73.02.1004", "Klojen \"Kota\"", 41.5, Level::siaga, true, {}, {-7.9786, 112.6304}};
  ports::PlaceRisk two{"35.73.02.1005", "Kasin", 0, Level::aman, false, {}, {-8, 112}};
  api.set([&](FakeApi& fake) { fake.places_ = {one, two}; });
  const auto reply = ask(get("/geo/areas.geojson"));
  EXPECT_EQ(reply.header("Content-Type"), "application/geo+json");
  EXPECT_EQ(reply.body,
            R"({"type":"FeatureCollection","features":[)"
            R"({"type":"Feature","id":"35.73.02.1004","geometry":{"type":"Point","coordinates":[112.6304,-7.9786]},)"
            R"("properties":{"area":"35.73.02.1004","name":"Klojen \"Kota\"","score":41.5,"level":"siaga",)"
            R"("level_number":2}},)"
            R"({"type":"Feature","id":"35.73.02.1005","geometry":{"type":"Point","coordinates":[112.0,-8.0]},)"
            R"("properties":{"area":"35.73.02.1005","name":"Kasin","score":0.0,"level":"aman","level_number":0}}]})");
  api.set([](FakeApi& fake) { fake.places_.clear(); });
  EXPECT_EQ(ask(get("/geo/areas.geojson")).body, R"({"type":"FeatureCollection","features":[]})");
}

TEST_F(EndpointsTest, Probes) {
  EXPECT_EQ(ask(get("/livez")).status, 200);
  EXPECT_EQ(ask(get("/readyz")).status, 200);
  api.set([](FakeApi& fake) { fake.readiness_ = {false, "restoring the state"}; });
  const auto reply = ask(get("/readyz"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.body, HasSubstr("restoring the state"));
  EXPECT_EQ(ask(get("/livez")).status, 200);
}

TEST_F(EndpointsTest, MetricsAreTheTextFormat) {
  const auto reply = ask(get("/metrics"));
  EXPECT_EQ(reply.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(reply.body, HasSubstr("up 1\n"));
}

TEST_F(EndpointsTest, TheIndexListsThePaths) {
  const auto reply = ask(get("/"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr(R"("path":"/v1/alerts/{id}/actions","methods":"POST")"));
}

TEST_F(EndpointsTest, HeadIsGetWithoutTheBody) {
  for (const auto* path : {"/", "/v1/alerts", "/v1/risk", "/livez", "/readyz", "/metrics"}) {
    const auto full = ask(get(path));
    RawClient client(server->port());
    client.send("HEAD " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/livez"));
    const auto head = client.read_reply(true);
    ASSERT_TRUE(head) << path;
    EXPECT_EQ(head->status, 200) << path;
    EXPECT_EQ(head->header("Content-Length"), std::to_string(full.body.size())) << path;
    const auto next = client.read_reply();
    ASSERT_TRUE(next) << path;
    EXPECT_EQ(next->body, R"({"status":"live"})") << path;
  }
}

TEST_F(EndpointsTest, OtherPathsAndMethods) {
  struct Case {
    std::string line;
    int status;
    std::string allow;
  };
  const std::vector<Case> table{
      {"GET /v2", 404, ""},
      {"GET /v1/alerts/", 404, ""},
      {"GET /v1/alerts//actions", 404, ""},
      {"GET /v1/alerts/a/b", 404, ""},
      {"GET /livez/", 404, ""},
      {"GET /LIVEZ", 404, ""},
      {"POST /nothing", 404, ""},
      {"GET /v1/events", 405, "POST"},
      {"HEAD /v1/events", 405, "POST"},
      {"DELETE /v1/alerts", 405, "GET, HEAD"},
      {"OPTIONS /v1/alerts", 405, "GET, HEAD"},
      {"PUT /v1/alerts/a/actions", 405, "POST"},
      {"POST /metrics", 405, "GET, HEAD"},
      {"QUERY /v1/risk", 405, "GET, HEAD"},
      {"BREW /metrics", 501, ""},
      {"get /metrics", 501, ""},
  };
  for (const auto& row : table) {
    const auto reply = ask(row.line + " HTTP/1.1\r\nHost: localhost\r\n\r\n", row.line.starts_with("HEAD"));
    EXPECT_EQ(reply.status, row.status) << row.line;
    EXPECT_EQ(reply.header("Allow"), row.allow) << row.line;
    EXPECT_EQ(reply.header("Content-Type"), kProblem) << row.line;
  }
}

TEST_F(EndpointsTest, RulesAreListedWithTheLastReload) {
  api.set([](FakeApi& fake) {
    fake.rules_.version = "0123456789abcdef";
    fake.rules_.since = TimePoint{};
    fake.rules_.rules = {{"a", {"Judul", "Title"}, "count", "live", "kpu", "rules/a.yaml", 7},
                         {"b", {"", ""}, "check", "off", "", "rules/\"b\".yaml", 3}};
    fake.rules_.last.good = false;
    fake.rules_.last.message = "no rules";
    fake.rules_.last.findings = R"({"files":1,"rules":2,"errors":[],"warnings":[]})";
    fake.rules_.last.errors = 1;
    fake.rules_.last.owners = {"kpu"};
  });
  const auto reply = ask(get("/v1/rules"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body,
            R"({"version":"0123456789abcdef","since":"1970-01-01T00:00:00Z",)"
            R"("reload":{"ok":false,"time":"1970-01-01T00:00:00Z","message":"no rules","errors":1,"warnings":0,)"
            R"("owners":["kpu"],"findings":{"files":1,"rules":2,"errors":[],"warnings":[]}},"rules":[)"
            R"({"id":"a","title":{"id":"Judul","en":"Title"},"kind":"count","status":"live","owner":"kpu",)"
            R"("file":"rules/a.yaml","line":7},{"id":"b","title":{"id":""},"kind":"check","status":"off","owner":"",)"
            R"("file":"rules/\"b\".yaml","line":3}]})");
}

TEST_F(EndpointsTest, APostedRuleFileIsCheckedUnderItsName) {
  api.set([](FakeApi& fake) { fake.check_.findings = R"({"files":1,"rules":0,"errors":[],"warnings":[]})"; });
  for (const auto* type : {"application/yaml", "text/yaml; charset=utf-8", "Application/X-YAML"}) {
    const auto reply = ask(post("/v1/rules/check?file=sub/a.yml", type, "version: 1"));
    EXPECT_EQ(reply.status, 200) << type;
    EXPECT_EQ(reply.header("Content-Type"), kJson);
    EXPECT_EQ(reply.body, R"({"files":1,"rules":0,"errors":[],"warnings":[]})");
  }
  EXPECT_EQ(ask(post("/v1/rules/check", "application/yaml", "x")).status, 200);
  api.set([](FakeApi& fake) {
    ASSERT_EQ(fake.checked_.size(), 4U);
    EXPECT_EQ(fake.checked_[0], std::pair(std::string("sub/a.yml"), std::string("version: 1")));
    EXPECT_EQ(fake.checked_[3].first, "posted.yaml");
  });
}

TEST_F(EndpointsTest, AChecksFaultsAreSaid) {
  for (const auto* name : {"../a.yaml", "/etc/a.yaml", "a/../../b.yaml", "a.txt", "a%0a.yaml"}) {
    EXPECT_EQ(ask(post(std::string("/v1/rules/check?file=") + name, "application/yaml", "x")).status, 400) << name;
  }
  EXPECT_EQ(ask(post("/v1/rules/check?file=" + std::string(300, 'a') + ".yaml", "application/yaml", "x")).status, 400);
  for (const auto* type : {"application/json", "text/plain", "application/yaml; charset=latin1", ""}) {
    EXPECT_EQ(ask(post("/v1/rules/check", type, "x")).status, 415) << type;
  }
  EXPECT_EQ(ask(get("/v1/rules/check")).status, 405);
  using Status = ports::RulesCheck::Status;
  for (const auto& [status, code] : {std::pair(Status::busy, 429), std::pair(Status::unavailable, 503)}) {
    api.set([status = status](FakeApi& fake) { fake.check_ = {status, "", "later"}; });
    const auto reply = ask(post("/v1/rules/check", "application/yaml", "x"));
    EXPECT_EQ(reply.status, code);
    EXPECT_NE(reply.header("Retry-After"), "");
    EXPECT_THAT(reply.body, HasSubstr("later"));
  }
}

}  // namespace
}  // namespace kentongan::http
