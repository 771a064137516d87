// SPDX-License-Identifier: Apache-2.0
// An author changes rules under a running service.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <filesystem>
#include <optional>
#include <sstream>
#include <thread>

#include "process.hpp"
#include "raw_client.hpp"

namespace kentongan::app::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kReference = std::string(KENTONGAN_SOURCE_DIR) + "/rules/reference";

constexpr const char* kBefore = R"(version: 1
risk: {levels: {waspada: 4, siaga: 30, awas: 90}}
rules:
  - id: severe
    owner: polsek-owner
    match: {category: intimidation}
    check: {}
    alert: {level: siaga, message: {id: "Berat {{ area.name }}"}, to: [lurah], quiet_for: 2h}
  - {id: many, count: {at_least: 3, within: 1d}, alert: {level: waspada, message: {id: "{{ count }}"}, quiet_for: 1d}}
  - {id: rumour, match: {category: hoax}, check: {}, alert: {level: waspada, message: {id: m}, quiet_for: 5d}}
  - {id: weight, score: {add: 6, half_life: 1d, spill: 0.1}}
  - {id: level, level: {at: waspada}, alert: {message: {id: m}}}
)";
constexpr const char* kAfter = R"(version: 1
risk: {levels: {waspada: 4, siaga: 30, awas: 90}, voice: {factor: 0.7}}
rules:
  - id: severe
    owner: polsek-owner
    match: {category: intimidation, severity: 5}
    check: {}
    alert: {level: awas, message: {id: "Sangat berat {{ area.name }}"}, to: [camat], quiet_for: 30m}
  - {id: many, count: {at_least: 2, within: 1d, distinct: reporter.ref}, alert: {level: siaga, message: {id: "{{ distinct }}"}}}
  - {id: weight, score: {add: 3, half_life: 2d}}
  - {id: level, level: {at: siaga}, alert: {message: {id: m}}}
  - {id: near, count: {at_least: 4, within: 2d, per: district}, alert: {level: siaga, message: {id: m}}}
)";

/// A service over one rule file, and events for it.
struct Town : TemporaryFolder {
  explicit Town(const std::string& rules = kBefore, const std::string& reference = kReference) {
    write_rules(rules);
    write_file(config(), fmt::format("journal: {{path: \"{}\"}}\nrules: {}\nreference: {}\nhttp: {{listen: "
                                     "\"127.0.0.1:0\"}}\nclock: event\n",
                                     *this / "data/k.db", *this / "rules", reference));
  }
  /// As an author's editor does: beside it, then in its place.
  void write_rules(const std::string& text) const {
    write_file(*this / "rules/a.tmp", text);
    fs::rename(*this / "rules/a.tmp", *this / "rules/a.yaml");
  }
  [[nodiscard]] std::string config() const { return *this / "kentongan.yaml"; }
  void start() {
    service.emplace(config(), *this / "log");
    const auto found = service->wait_ready();
    ASSERT_TRUE(found) << service->log();
    port = *found;
  }
  void stop() {
    service->send_signal(SIGTERM);
    const auto ended = service->wait_end(10s);
    ASSERT_TRUE(ended) << "still running after 10 s";
    EXPECT_EQ(ended->code, 0) << ended->err;
  }
  [[nodiscard]] std::string body_of(const std::string& path) const {
    const auto reply = http::exchange(port, http::get(path));
    return reply ? reply->body : "";
  }
  /// Until the answer holds this; the answer.
  [[nodiscard]] std::string wait_for(const std::string& path, const std::string& part) const {
    std::string body;
    for (int i = 0; i < 2000; ++i) {
      body = body_of(path);
      if (body.find(part) != std::string::npos) break;
      std::this_thread::sleep_for(10ms);
    }
    EXPECT_THAT(body, HasSubstr(part));
    return body;
  }
  [[nodiscard]] int post(int first, int end) const {
    std::string body;
    for (int i = first; i < end; ++i) body += event(i) + "\n";
    const auto reply = http::exchange(port, http::post("/v1/events", "application/x-ndjson", body));
    return reply ? reply->status : 0;
  }
  void wait_log(const std::string& part) const {
    for (int i = 0; i < 2000 && service->log().find(part) == std::string::npos; ++i) std::this_thread::sleep_for(5ms);
    EXPECT_THAT(service->log(), HasSubstr(part));
  }
  void wait_applied(int events) const {
    (void)wait_for("/metrics", fmt::format("type=\"kentongan.report.v1\",verdict=\"applied\"}} {}\n", events));
  }
  void wait_rules(const std::string& part) const { (void)wait_for("/v1/rules", part); }
  [[nodiscard]] std::string dump() const {
    const Finished dumped = run_program({"journal", "dump", "--config", config(), "--emit", "alerts,risk,deadletters"});
    EXPECT_EQ(dumped.code, 0) << dumped.err;
    return dumped.out;
  }
  static std::string event(int i) {
    constexpr const char* kCategories[] = {"intimidation", "hoax", "vote_buying"};
    constexpr const char* kAreas[] = {"35.73.02.1004", "35.73.02.1005", "35.73.02.1004", "35.73.01.1001"};
    const int minute = i * 7;
    return fmt::format(R"({{"specversion":"1.0","id":"r-{}","source":"/t","type":"kentongan.report.v1",)"
                       R"("time":"2024-11-10T{:02}:{:02}:00+07:00","data":{{"area":"{}","category":"{}","severity":{},)"
                       R"("source":"A","content":1,"reporter":{{"ref":"p{}"}}}}}})",
                       i, 8 + minute / 60, minute % 60, kAreas[i % 4], kCategories[i % 3], 1 + i % 5, i % 6);
  }

  std::optional<ServiceProcess> service;
  std::uint16_t port = 0;
};

TEST(Reload, IsTheSameAsARestart) {
  Town reloaded;
  reloaded.start();
  ASSERT_EQ(reloaded.post(0, 40), 202);
  reloaded.wait_applied(40);
  reloaded.write_rules(kAfter);
  reloaded.wait_rules(R"("id":"near")");
  // The list shows the new rules a moment before the shard has them.
  reloaded.wait_log("rules swapped");
  ASSERT_EQ(reloaded.post(40, 80), 202);
  reloaded.wait_applied(80);
  reloaded.stop();

  Town restarted;
  restarted.start();
  ASSERT_EQ(restarted.post(0, 40), 202);
  restarted.wait_applied(40);
  restarted.stop();
  restarted.write_rules(kAfter);
  restarted.start();
  ASSERT_EQ(restarted.post(40, 80), 202);
  restarted.wait_applied(40);
  restarted.stop();

  const std::string dump = reloaded.dump();
  EXPECT_EQ(dump, restarted.dump());
  EXPECT_THAT(dump, HasSubstr("rule_removed"));
  EXPECT_THAT(dump, HasSubstr("Sangat berat"));
  EXPECT_THAT(dump, HasSubstr(R"("rule":"near")"));
  const std::string log = reloaded.service->log();
  EXPECT_THAT(log, HasSubstr("msg=\"rule changed\" rule=severe"));
  EXPECT_THAT(log, HasSubstr("msg=\"rule removed\" rule=rumour"));
  EXPECT_THAT(log, HasSubstr("rule=rumour scopes_kept=0 alerts_kept=0"));
  EXPECT_THAT(log, HasSubstr("rule=severe scopes_kept="));
  EXPECT_THAT(log, HasSubstr("events=dropped"));
}

TEST(Reload, WrongRulesChangeNothingAndAreTold) {
  Town town;
  town.start();
  ASSERT_EQ(town.post(0, 10), 202);
  town.wait_applied(10);
  town.write_rules("version: 1\nrules:\n  - {id: severe, owner: polsek-owner, chek: {}}\n");
  const std::string rules = town.wait_for("/v1/rules", R"("ok":false)");
  EXPECT_THAT(rules, HasSubstr("unknown-key"));
  EXPECT_THAT(rules, HasSubstr(R"("owners":["polsek-owner"])"));
  EXPECT_THAT(rules, HasSubstr(R"("id":"rumour")"));
  EXPECT_EQ(http::exchange(town.port, http::get("/readyz"))->status, 200);
  const std::string metrics = town.body_of("/metrics");
  EXPECT_THAT(metrics, HasSubstr("\nkentongan_rules_reload_success 0\n"));
  EXPECT_THAT(metrics, HasSubstr("\nkentongan_rules_reloads_total{outcome=\"failed\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nkentongan_rules_wrong{owner=\"polsek-owner\"} 1\n"));
  const std::string log = town.service->log();
  EXPECT_THAT(log, HasSubstr("level=error msg=\"changed rules are wrong; the rules before stay in use\" errors=1 "
                             "owners=\"polsek-owner\""));
  EXPECT_THAT(log, HasSubstr("a.yaml\" line=3 column=39 code=unknown-key"));
  ASSERT_EQ(town.post(10, 20), 202);
  town.wait_applied(20);
  town.write_rules(kAfter);
  (void)town.wait_for("/v1/rules", R"("ok":true)");
  (void)town.wait_for("/metrics", "\nkentongan_rules_reload_success 1\n");
  EXPECT_THAT(town.body_of("/metrics"), HasSubstr("\nkentongan_rules_wrong{owner=\"polsek-owner\"} 0\n"));
  town.stop();
  EXPECT_THAT(town.dump(), HasSubstr(R"("rule":"rumour")"));
}

TEST(Reload, ASignalAsksForIt) {
  Town town;
  town.start();
  town.service->send_signal(SIGHUP);
  (void)town.wait_for("/metrics", "\nkentongan_rules_reloads_total{outcome=\"good\"} 2\n");
  EXPECT_THAT(town.service->log(), HasSubstr("signal=SIGHUP"));
  town.stop();
}

TEST(Reload, NoEventIsLostOrCountedTwice) {
  Town town;
  town.start();
  std::atomic<bool> done{false};
  std::thread author([&] {
    for (int i = 0; !done; ++i) {
      town.write_rules(fmt::format("{}# {}\n", i % 2 == 0 ? kAfter : kBefore, i));
      std::this_thread::sleep_for(50ms);
    }
  });
  int accepted = 0;
  for (int i = 0; i < 100; ++i) {
    if (town.post(i, i + 1) == 202) ++accepted;
    std::this_thread::sleep_for(30ms);
  }
  done = true;
  author.join();
  EXPECT_EQ(accepted, 100);
  town.wait_applied(100);
  town.wait_log("rules swapped");
  EXPECT_THAT(town.service->log(), Not(HasSubstr("level=error")));
  town.stop();
}

TEST(Reload, StopsInTheMiddleOfIt) {
  Town town;
  std::string many = "version: 1\nrules:\n";
  for (int i = 0; i < 3000; ++i) {
    many += fmt::format(
        "  - {{id: r{}, when: report.severity >= {} && report.crowd > {}, count: {{at_least: {}, "
        "within: 1d}}, alert: {{level: siaga, message: {{id: m}}}}}}\n",
        i, 1 + i % 4, i, 2 + i % 5);
  }
  town.start();
  town.write_rules(many);
  town.service->send_signal(SIGHUP);
  std::this_thread::sleep_for(30ms);
  town.stop();
}

/// The lines of the reference data without those that name a place.
void copy_reference_without(const std::string& place, const fs::path& to) {
  for (const auto& entry : fs::directory_iterator(kReference)) {
    std::istringstream lines(read_file(entry.path()));
    std::string kept;
    for (std::string line; std::getline(lines, line);) {
      if (place.empty() || line.find(place) == std::string::npos) kept += line + "\n";
    }
    write_file(to / entry.path().filename(), kept);
  }
}

TEST(Reload, APlaceThatIsGoneTakesItsAlertsWithIt) {
  TemporaryFolder data;
  copy_reference_without("", data.path() / "reference");
  Town town(kBefore, data / "reference");
  town.start();
  ASSERT_EQ(town.post(0, 20), 202);
  town.wait_applied(20);
  copy_reference_without("35.73.02.1004", data.path() / "reference");
  (void)town.wait_for("/v1/areas/35.73.02.1004", "404");
  EXPECT_EQ(town.post(20, 21), 400) << "an event of that place";
  ASSERT_EQ(town.post(21, 22), 202);
  town.wait_applied(21);
  EXPECT_THAT(town.body_of("/v1/risk"), Not(HasSubstr("35.73.02.1004")));
  EXPECT_EQ(http::exchange(town.port, http::get("/readyz"))->status, 200);
  town.stop();
  EXPECT_THAT(town.dump(), HasSubstr("place_removed"));
}

TEST(Reload, APostedFileIsCheckedAgainstTheRulesInUse) {
  Town town;
  town.start();
  const auto check = [&](const std::string& query, const std::string& text) {
    const auto reply = http::exchange(town.port, http::post("/v1/rules/check" + query, "application/yaml", text));
    EXPECT_EQ(reply->status, 200);
    return reply->body;
  };
  EXPECT_THAT(check("?file=a.yaml", kAfter), HasSubstr(R"("errors":[])"));
  EXPECT_THAT(check("?file=b.yaml", kAfter), HasSubstr("duplicate-rule"));
  EXPECT_THAT(check("", "version: 1\nrules: 7\n"), HasSubstr("posted.yaml"));
  EXPECT_THAT(town.body_of("/v1/rules"), HasSubstr(R"("id":"rumour")"));
  town.stop();
}

}  // namespace
}  // namespace kentongan::app::testing
