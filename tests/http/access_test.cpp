// SPDX-License-Identifier: Apache-2.0
// Who may do what over HTTP: roles, areas, and what strangers are told.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <sstream>

#include "adapters/http/authority.hpp"
#include "adapters/http/permissions.hpp"
#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

using ports::Admission;
using ports::Role;
using ::testing::HasSubstr;
using ::testing::Not;

/// Tokens are the names of roles, with areas behind a slash: "viewer/35.73.02".
class FakeAccess : public ports::Access {
 public:
  void ask(std::string authorization, std::string from, std::function<void(Admission)> done) override {
    Admission admission;
    const std::string token = authorization.substr(std::min(authorization.size(), std::string("Bearer ").size()));
    const auto role = ports::read_role(token.substr(0, token.find('/')));
    if (authorization.empty()) {
      admission.verdict = Admission::Verdict::missing;
    } else if (token == "slow") {
      admission.verdict = Admission::Verdict::slow_down;
      admission.retry_after = 7;
    } else if (token == "busy") {
      admission.verdict = Admission::Verdict::busy;
    } else if (role) {
      admission.verdict = Admission::Verdict::admitted;
      admission.caller.who = token;
      admission.caller.role = role;
      admission.caller.from = from;
      if (const auto slash = token.find('/'); slash != std::string::npos) {
        admission.caller.areas = {token.substr(slash + 1)};
      }
    }
    done(std::move(admission));
  }
};

ports::StoredAlert alert_in(const std::string& id, const std::string& area) {
  return {fmt::format(R"({{"alert":"{}","area":"{}","since":"2024-11-10T08:00:00+07:00","level":"siaga",)"
                      R"("recommendations":["jaga \"pos\""],"count":4}})",
                      id, area),
          "35.73",
          {}};
}

class AccessTest : public ServerTest {
 protected:
  void SetUp() override {
    api.set([](FakeApi& a) {
      a.stored_["35.73-a"] = alert_in("35.73-a", "35.73.02.1004");
      a.stored_["35.73-b"] = alert_in("35.73-b", "35.73.03.1001");
      a.places_ = {{"35.73.02.1004", "Kauman", 1, Level::aman, false, {}, {}},
                   {"35.73.021.1004", "Elsewhere", 1, Level::aman, false, {}, {}}};
    });
    Options options;
    options.access = &access;
    start(options);
  }
  [[nodiscard]] WireReply as(const std::string& token, std::string request) const {
    const auto at = request.find("\r\n") + 2;
    return ask(request.insert(at, "Authorization: Bearer " + token + "\r\n"));
  }

  FakeAccess access;
};

const std::string kAction = R"({"action":"acknowledge"})";

std::string request_of(const RouteSpec& route) {
  std::string path(route.pattern);
  if (const auto open = path.find('{'); open != std::string::npos) {
    const bool area = path.find("{code}") != std::string::npos;
    path.replace(open, path.find('}') - open + 1, area ? "35.73.02.1004" : "35.73-a");
  }
  if (!route.posts) return get(path);
  return post(path, route.route == Route::rules_check ? "application/yaml" : "application/json", kAction);
}

TEST_F(AccessTest, EveryRouteAsksEveryRoleAsTheTableSays) {
  for (const RouteSpec& route : all_routes()) {
    for (const std::string_view word : ports::kRoles) {
      const bool allowed = may(*ports::read_role(word), need_of(route.route)) || !needs_token(route.route, "127.0.0.1");
      const WireReply reply = as(std::string(word), request_of(route));
      EXPECT_EQ(reply.status != 403, allowed) << word << ' ' << route.pattern << ' ' << reply.status;
      EXPECT_NE(reply.status, 401) << word << ' ' << route.pattern;
    }
  }
}

/// The table of docs/reference/access.md, whose rows begin with the path.
TEST_F(AccessTest, TheTableOfThePageIsTheOneInForce) {
  std::ifstream file(KENTONGAN_SOURCE_DIR "/docs/reference/access.md");
  std::map<std::string, std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `/")) continue;
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, '|');) row.push_back(cell);
    for (std::string path = row.at(1); path.find('`') != std::string::npos;) {
      const auto from = path.find('`') + 1;
      const auto to = path.find('`', from);
      rows[path.substr(from, to - from)] = row;
      path = path.substr(to + 1);
    }
  }
  for (const RouteSpec& route : all_routes()) {
    const auto row = rows.find(std::string(route.pattern));
    ASSERT_NE(row, rows.end()) << route.pattern << " has no row in docs/reference/access.md";
    for (std::size_t i = 0; i < ports::kRoles.size(); ++i) {
      const bool yes = row->second.at(i + 2).find("yes") != std::string::npos;
      EXPECT_EQ(yes, may(static_cast<Role>(i), need_of(route.route))) << ports::kRoles[i] << ' ' << route.pattern;
    }
  }
}

TEST_F(AccessTest, StrangersAreToldWhatIsMissing) {
  for (const RouteSpec& route : all_routes()) {
    const WireReply reply = ask(request_of(route));
    if (!needs_token(route.route, "127.0.0.1")) {
      EXPECT_NE(reply.status, 401) << route.pattern;
      continue;
    }
    EXPECT_EQ(reply.status, 401) << route.pattern;
    EXPECT_EQ(reply.header("WWW-Authenticate"), "Bearer realm=\"kentongan\"");
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
  }
  EXPECT_TRUE(api.callers().empty());
  EXPECT_TRUE(needs_token(Route::metrics, "192.0.2.1")) << "to other machines";
}

TEST_F(AccessTest, WrongTokensAndTooManyAreToldApart) {
  const WireReply wrong = as("king", get("/v1/alerts"));
  EXPECT_EQ(wrong.status, 401);
  EXPECT_THAT(wrong.header("WWW-Authenticate"), HasSubstr("error=\"invalid_token\""));
  const WireReply slow = as("slow", get("/v1/alerts"));
  EXPECT_EQ(slow.status, 429);
  EXPECT_EQ(slow.header("Retry-After"), "7");
  EXPECT_EQ(as("busy", get("/v1/alerts")).status, 503);
  const WireReply role = as("viewer", post("/v1/events", "application/json", "{}"));
  EXPECT_EQ(role.status, 403);
  EXPECT_THAT(role.header("WWW-Authenticate"), HasSubstr("insufficient_scope"));
}

TEST_F(AccessTest, ABodyOfAStrangerIsNotRead) {
  RawClient client(server->port());
  client.send(
      "POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 8000000\r\n\r\n");
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 401);
  EXPECT_EQ(reply->header("Connection"), "close");
}

TEST_F(AccessTest, AHugeOrDoubleAuthorizationIsRefused) {
  EXPECT_EQ(as(std::string(20'000, 'a'), get("/v1/alerts")).status, 431);
  EXPECT_EQ(as(std::string(10'000, 'a'), get("/v1/alerts")).status, 401);
  EXPECT_EQ(as("viewer\r\nAuthorization: Bearer admin", get("/v1/alerts")).status, 400);
}

TEST_F(AccessTest, AreasHoldForWhatIsRead) {
  const std::string here = "viewer/35.73.02";
  const WireReply all = as(here, get("/v1/alerts"));
  EXPECT_THAT(all.body, HasSubstr("35.73-a"));
  EXPECT_THAT(all.body, Not(HasSubstr("35.73-b")));
  EXPECT_EQ(as(here, get("/v1/alerts/35.73-a")).status, 200);
  EXPECT_EQ(as(here, get("/v1/alerts/35.73-b")).status, 403);
  EXPECT_THAT(as(here, get("/v1/risk")).body, Not(HasSubstr("Elsewhere"))) << "35.73.021 only begins like 35.73.02";
  EXPECT_THAT(as(here, get("/geo/areas.geojson")).body, Not(HasSubstr("Elsewhere")));
  EXPECT_EQ(as(here, get("/v1/areas/35.73.02.1004")).status, 200);
  EXPECT_EQ(as(here, get("/v1/areas/35.73.021.1004")).status, 403);
  EXPECT_EQ(as(here, get("/v1/areas/35.73")).status, 403) << "the city is more than the kecamatan";
}

TEST_F(AccessTest, AreasHoldForActions) {
  const std::string here = "officer/35.73.02";
  EXPECT_EQ(as(here, post("/v1/alerts/35.73-a/actions", "application/json", kAction)).status, 202);
  EXPECT_EQ(as(here, post("/v1/alerts/35.73-b/actions", "application/json", kAction)).status, 403);
  EXPECT_EQ(as(here, post("/v1/alerts/35.73-c/actions", "application/json", kAction)).status, 404);
  ASSERT_EQ(api.acted().size(), 1U);
  EXPECT_EQ(api.callers().back().who, here);
}

TEST_F(AccessTest, FreeTextIsForThoseWhoNeedIt) {
  for (const char* path : {"/v1/alerts", "/v1/alerts/35.73-a"}) {
    for (const char* role : {"officer", "admin"}) {
      EXPECT_THAT(as(role, get(path)).body, HasSubstr(R"("recommendations":["jaga \"pos\""],"count":4)")) << role;
    }
    for (const char* role : {"viewer", "author"}) {
      const std::string body = as(role, get(path)).body;
      EXPECT_THAT(body, Not(HasSubstr("recommendations"))) << role;
      EXPECT_THAT(body, HasSubstr(R"("level":"siaga","count":4)")) << role;
    }
  }
}

TEST_F(AccessTest, AReadOfOneAlertCarriesWhoReads) {
  EXPECT_EQ(as("viewer", get("/v1/alerts/35.73-a")).status, 200);
  ASSERT_EQ(api.callers().size(), 1U);
  EXPECT_EQ(api.callers()[0].who, "viewer");
  EXPECT_EQ(api.callers()[0].from, "127.0.0.1");
}

TEST_F(AccessTest, WithTokensEveryHostIsServedAndAPagePostsToItsOwn) {
  const std::string host = "Host: posko.example.org\r\n";
  const std::string head = "Authorization: Bearer reporter\r\nContent-Type: application/json\r\nContent-Length: 2\r\n";
  EXPECT_EQ(as("viewer", "GET /v1/alerts HTTP/1.1\r\n" + host + "\r\n").status, 200);
  const auto posted = [&](const std::string& origin) {
    return ask("POST /v1/events HTTP/1.1\r\n" + host + head + "Origin: " + origin + "\r\n\r\n{}").status;
  };
  EXPECT_EQ(posted("https://posko.example.org"), 202);
  for (const char* foreign : {"https://example.org", "https://posko.example.org:81", "null"}) {
    EXPECT_EQ(posted(foreign), 403) << foreign;
  }
}

TEST(ListenAddress, OtherMachinesAreServedWithTokensOnly) {
  EXPECT_FALSE(parse_listen("0.0.0.0:80"));
  EXPECT_TRUE(parse_listen("0.0.0.0:80", true));
  EXPECT_TRUE(parse_listen("[::]:80", true));
  EXPECT_FALSE(parse_listen("example.org:80", true));
}

TEST(Covers, APlaceAndWhatLiesInIt) {
  EXPECT_TRUE(ports::covers({}, "35.73"));
  EXPECT_TRUE(ports::covers({"35.73.02"}, "35.73.02"));
  EXPECT_TRUE(ports::covers({"35.73.02"}, "35.73.02.1004"));
  EXPECT_FALSE(ports::covers({"35.73.02"}, "35.73.021"));
  EXPECT_FALSE(ports::covers({"35.73.02"}, "35.73"));
  EXPECT_FALSE(ports::covers({"35.73.02"}, ""));
}

ports::StreamedEvent streamed(ports::OutputTopic topic, std::string value) {
  return {"journal:7", topic, "35.73.02.1004", std::make_shared<const std::string>(std::move(value))};
}

ports::Caller caller_of(Role role) {
  ports::Caller caller;
  caller.role = role;
  return caller;
}

constexpr std::string_view kOwnAlert =
    R"({"specversion":"1.0","id":"a-2","subject":"35.73.02.1004","data":{"alert":"a","step":"acknowledged",)"
    R"("recommendations":["jaga \"pos\""],"note":"Pak RT tahu","count":4}})";

TEST(StreamForCaller, ViewersAndAuthorsGetAlertsWithoutWhatPeopleWrote) {
  for (const Role role : {Role::viewer, Role::author}) {
    const auto shown = for_caller(caller_of(role), streamed(ports::OutputTopic::alerts, std::string(kOwnAlert)));
    EXPECT_EQ(*shown.value, R"({"specversion":"1.0","id":"a-2","subject":"35.73.02.1004","data":{"alert":"a",)"
                            R"("step":"acknowledged","count":4}})");
    EXPECT_EQ(shown.id, "journal:7");
    EXPECT_EQ(shown.area, "35.73.02.1004");
  }
}

TEST(StreamForCaller, OfficersAdminsAndAnOpenServiceGetAllOfIt) {
  for (const ports::Caller& caller : {caller_of(Role::officer), caller_of(Role::admin), ports::Caller{}}) {
    EXPECT_EQ(*for_caller(caller, streamed(ports::OutputTopic::alerts, std::string(kOwnAlert))).value, kOwnAlert);
  }
}

TEST(StreamForCaller, WhatCannotBePartedIsNotShown) {
  for (const std::string foreign :
       {R"({"note":"Pak RT"})", R"({"id":"1","data":{"note":"Pak RT")", "", "note", R"({"id":"1","data":"note}})",
        R"({"id":"1","data":[{"note":"Pak RT"}})", R"({"id":"1","data":["note"]})"}) {
    const auto shown = for_caller(caller_of(Role::viewer), streamed(ports::OutputTopic::alerts, foreign));
    EXPECT_THAT(*shown.value, Not(HasSubstr("note"))) << foreign;
  }
}

TEST(StreamForCaller, RiskHoldsNoFreeText) {
  const std::string risk = R"({"id":"1","data":{"area":"35.73.02.1004","level":"siaga"}})";
  EXPECT_EQ(*for_caller(caller_of(Role::viewer), streamed(ports::OutputTopic::risk, risk)).value, risk);
}

}  // namespace
}  // namespace kentongan::http
