// SPDX-License-Identifier: Apache-2.0
// kentongan explain, as a user runs it: an event, an alert of a file, an alert of a journal.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <ctime>
#include <map>
#include <thread>

#include "process.hpp"
#include "raw_client.hpp"

namespace kentongan::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kSource = KENTONGAN_SOURCE_DIR;
const std::string kRules = kSource + "/rules";
const std::string kReference = kSource + "/rules/reference";
const std::string kDay = kSource + "/deploy/example/malang-day.ndjson";

std::string event(const std::string& id, const std::string& type, const std::string& time, const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/t","type":"kentongan.{}.v1","time":"{}","data":{{{}}}}})", id, type,
      time, data);
}

std::string report(const std::string& id, const std::string& time, const std::string& more = "",
                   const std::string& reporter = "a") {
  return event(id, "report", time,
               fmt::format(R"("area":"35.73.02.1004","category":"intimidation","severity":3,"reporter":{{"ref":"{}"}},)"
                           R"("text":"rahasia warga"{}{})",
                           reporter, more.empty() ? "" : ",", more));
}

std::string at(const std::string& clock) { return "2024-11-10T" + clock + ":00+07:00"; }

constexpr const char* kRepeated = R"(version: 1
rules:
  - id: repeated
    title: {id: Intimidasi berulang, en: Repeated intimidation}
    legal: UU 10/2016 art. 182A
    match: {category: intimidation, kind: incident}
    when: report.severity >= 2
    count: {at_least: 4, distinct: report.reporter.ref, within: 24h, per: area}
    alert:
      level: siaga
      message: {id: "{{ distinct }} pelapor", en: "{{ distinct }} reporters"}
      to: [lurah]
      quiet_for: 6h
  - id: big-crowd
    match: {category: intimidation}
    when: report.crowd > 100 || report.severity == 5
    check: {}
    alert: {level: waspada, message: {id: m}}
  - id: pressure
    match: {category: intimidation}
    score: {add: 40, half_life: 3d}
  - id: high
    level: {at: waspada}
    alert: {message: {id: m}}
)";

/// Rules, and files beside them.
struct Folder : TemporaryFolder {
  explicit Folder(const std::string& rules = kRepeated) { write_file(*this / "rules/a.yaml", rules); }
  std::string file(const std::string& name, const std::vector<std::string>& lines) const {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    write_file(*this / name, text);
    return *this / name;
  }
  [[nodiscard]] Finished explain(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"explain", "--rules", *this / "rules", "--reference", kReference});
    return run_program(arguments);
  }
};

std::vector<std::string> three_reporters() {
  return {report("r-1", at("08:00"), "", "a"), report("r-2", at("09:00"), "", "b"), report("r-3", at("10:00"), "", "b"),
          report("r-5", at("13:00"), "", "c")};
}

TEST(ExplainEvent, TellsWhatTheWindowHolds) {
  const Folder folder;
  const std::string file = folder.file("e.ndjson", three_reporters());
  const Finished english = folder.explain({"--event", file, "--rule", "repeated"});
  EXPECT_EQ(english.code, 0) << english.err;
  EXPECT_THAT(english.out, HasSubstr("3 of 4 reporters in the 24 h until 10 Nov 2024 13:00; those of r-1, r-2, r-5"));
  EXPECT_THAT(english.out, HasSubstr("yes   when report.severity >= 2 [severity: 3]"));
  EXPECT_THAT(english.out, HasSubstr("result: the event counts, but is not enough yet"));
  const Finished indonesian = folder.explain({"--event", file, "--rule", "repeated", "--lang", "id"});
  EXPECT_THAT(indonesian.out,
              HasSubstr("3 dari 4 pelapor berbeda dalam 24 jam sampai 10 Nov 2024 13:00; dari r-1, r-2, r-5"));
  EXPECT_THAT(indonesian.out, HasSubstr("Intimidasi berulang"));
}

TEST(ExplainEvent, RepeatsNoFreeTextAndNoReporter) {
  const Folder folder;
  const std::string file = folder.file("e.ndjson", {report("r-1", at("08:00"), "", "budi-77")});
  for (const std::string format : {"text", "json"}) {
    const Finished told = folder.explain({"--event", file, "--rule", "repeated", "--format", format});
    EXPECT_EQ(told.code, 0);
    EXPECT_THAT(told.out, Not(HasSubstr("rahasia")));
    EXPECT_THAT(told.out, Not(HasSubstr("budi-77")));
  }
}

TEST(ExplainEvent, MarksTheFirstThatFailsAndNamesErrors) {
  const Folder folder;
  const std::string weak = folder.file(
      "weak.ndjson",
      {event(
          "r-1", "report", at("08:00"),
          R"("area":"35.73.02.1004","category":"intimidation","severity":1,"kind":"information","reporter":{"ref":"a"})")});
  const Finished told = folder.explain({"--event", weak, "--rule", "repeated"});
  EXPECT_THAT(told.out, HasSubstr("NO    match kind: incident [information]   <- the first that fails\n"
                                  "  NO    when report.severity >= 2 [severity: 1]\n"));
  EXPECT_THAT(told.out, HasSubstr("result: it does not hold: match kind: incident [information]"));
  const Finished error = folder.explain({"--event", weak, "--rule", "big-crowd"});
  EXPECT_THAT(error.out,
              HasSubstr("ERROR when report.crowd > 100 || report.severity == 5 [crowd: missing, severity: 1]"));
  EXPECT_THAT(error.out, HasSubstr("(no such field or key: report.crowd)   <- the first that fails"));
}

TEST(ExplainEvent, WritesConditionsOnOneLine) {
  const Folder folder(R"(version: 1
rules:
  - id: long
    when: |
      report.severity >= 2
        && (report.crowd > 5
            || report.crowd == 1)
    check: {}
    alert: {level: siaga, message: {id: m}}
)");
  const std::string file = folder.file("e.ndjson", {report("r-1", at("08:00"), R"("crowd":3)")});
  const Finished told = folder.explain({"--event", file, "--rule", "long"});
  EXPECT_THAT(told.out, HasSubstr("report.crowd > 5 || report.crowd == 1 [crowd: 3]")) << told.err;
}

TEST(ExplainEvent, GroupsAllRules) {
  const Folder folder;
  const Finished told = folder.explain({"--event", folder.file("e.ndjson", three_reporters())});
  EXPECT_EQ(told.code, 0) << told.err;
  const auto matched = told.out.find("matched:\n");
  const auto nearly = told.out.find("nearly:\n");
  const auto none = told.out.find("not:\n");
  ASSERT_LT(matched, nearly);
  ASSERT_LT(nearly, none);
  const std::map<std::string, std::pair<std::size_t, std::size_t>> groups{
      {"  pressure: it holds and adds", {matched, nearly}},
      {"  high: the event raises alert 35.73-", {matched, nearly}},
      {"  repeated: the event counts", {nearly, none}},
      {"  big-crowd: it does not hold", {nearly, none}}};
  for (const auto& [line, group] : groups) {
    const auto found = told.out.find(line);
    EXPECT_GT(found, group.first) << line << told.out;
    EXPECT_LT(found, group.second) << line << told.out;
  }
}

TEST(ExplainEvent, SpeaksJson) {
  const Folder folder;
  auto lines = three_reporters();
  lines.push_back(report("r-6", at("14:00"), "", "d"));
  const Finished told =
      folder.explain({"--event", folder.file("e.ndjson", lines), "--rule", "repeated", "--format", "json"});
  EXPECT_THAT(told.out, StartsWith(R"({"event":{"id":"r-6","source":"/t","type":"kentongan.report.v1",)"));
  EXPECT_THAT(told.out,
              HasSubstr(R"("rule":"repeated","title":"Repeated intimidation","kind":"count","group":"matched",)"
                        R"("outcome":"fired","conditions":[{"on":"report","satisfied":true,"lines":[)"
                        R"({"part":"match category","outcome":"yes","wanted":"intimidation",)"
                        R"("actual":"intimidation"})"));
  EXPECT_THAT(told.out, HasSubstr(R"("enough":true,"count":5,"distinct":4,"events":[{"id":"r-1","source":"/t",)"));
  EXPECT_THAT(told.out, HasSubstr(R"("step":"fired","level":"siaga"}]}]})"));
}

TEST(ExplainEvent, HistoryEndsWhereTheEventItselfStands) {
  const Folder folder;
  const std::string history = folder.file("all.ndjson", three_reporters());
  const std::string second = folder.file("one.ndjson", {three_reporters()[1]});
  const Finished told = folder.explain({"--event", second, "--history", history, "--rule", "repeated"});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("2 of 4 reporters in the 24 h until 10 Nov 2024 09:00; those of r-1, r-2"));
}

TEST(ExplainEvent, MayStandOnSeveralLines) {
  const Folder folder;
  std::string pretty = report("r-1", at("08:00"));
  pretty.insert(pretty.find("\"data\""), "\n  ");
  const Finished told = folder.explain({"--event", folder.file("p.json", {pretty}), "--rule", "repeated"});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("1 of 4 reporters"));
}

TEST(ExplainEvent, SaysWhatIsWrongWithIt) {
  const Folder folder;
  const auto explain = [&](const std::string& raw) {
    return folder.explain({"--event", folder.file("e.json", {raw}), "--rule", "repeated"});
  };
  const Finished unknown = explain(event("r-1", "report", at("08:00"), R"("area":"35.73.99.9999")"));
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.out, IsEmpty());
  EXPECT_THAT(unknown.err, HasSubstr("the event is a dead letter, invalid_event at /data/category"));
  EXPECT_THAT(explain("{\"id\":").err, HasSubstr("malformed_json"));
  EXPECT_THAT(explain("{\n \"id\":\n").err, HasSubstr("malformed_json"));
  EXPECT_EQ(explain("").code, 1);
  const Finished again = folder.explain(
      {"--event", folder.file("two.ndjson", {report("r-1", at("08:00")), report("r-1", at("08:00"), R"("crowd":7)")})});
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("duplicate: id r-1 of source /t"));
}

TEST(ExplainEvent, LateEventsCountInNoWindow) {
  const Folder folder;
  const std::string file =
      folder.file("e.ndjson", {report("r-1", "2024-11-12T08:00:00+07:00"), report("r-0", at("08:00"), "", "b")});
  const Finished told = folder.explain({"--event", file, "--rule", "repeated"});
  EXPECT_THAT(told.out, HasSubstr("NO    lateness: <= 24 h [2 days]"));
  EXPECT_THAT(told.out, HasSubstr("came too late to count"));
  EXPECT_EQ(folder.explain({"--event", file, "--rule", "repeated", "--lateness", "3d"}).out.find("too late"),
            std::string::npos);
}

constexpr const char* kPatterns = R"(version: 1
rules:
  - id: chain
    sequence: {within: 6h, steps: [{match: {category: hoax}}, {not: true, match: {kind: information}}, {match: {category: mass_clash}}]}
    alert: {level: siaga, message: {id: m}}
  - id: late-box
    absence: {after: {on: consignment, match: {step: dispatched}}, expect: {on: consignment, match: {step: arrived}}, within: 4h, per: consignment}
    alert: {level: siaga, message: {id: m}}
  - id: many
    match: {category: hoax}
    spike: {method: ears_c1}
    alert: {level: waspada, message: {id: m}}
  - id: close
    on: campaign
    clash: {within: 500m}
    alert: {level: siaga, message: {id: m}}
  - id: full
    on: campaign
    quota: {at_most: 1, per: city}
    alert: {level: siaga, message: {id: m}}
)";

TEST(ExplainEvent, TellsWhatEachKindOfRuleHolds) {
  const Folder folder(kPatterns);
  const auto told = [&](const std::vector<std::string>& events, const std::string& rule) {
    const Finished finished = folder.explain({"--event", folder.file("e.ndjson", events), "--rule", rule});
    EXPECT_EQ(finished.code, 0) << finished.err;
    return finished.out;
  };
  const auto say = [](const std::string& id, const std::string& clock, const std::string& category) {
    return event(id, "report", at(clock),
                 fmt::format(R"("area":"35.73.02.1004","category":"{}","severity":3,"reporter":{{"ref":"a"}}{})",
                             category, category == "public_order" ? R"(,"kind":"information")" : ""));
  };
  EXPECT_THAT(
      told({say("r-1", "08:00", "hoax")}, "chain"),
      HasSubstr("1 of 2 steps have come in their order (r-1); the next one must come before 10 Nov 2024 14:00"));
  EXPECT_THAT(
      told({say("r-1", "08:00", "hoax"), say("r-2", "09:00", "public_order"), say("r-3", "10:00", "mass_clash")},
           "chain"),
      HasSubstr("(r-1); r-2 came, which must not"));
  const std::string box =
      event("k-1", "consignment", at("08:00"), R"("consignment":"box-1","area":"35.73.02","step":"dispatched")");
  EXPECT_THAT(told({box}, "late-box"),
              HasSubstr("consignment box-1: k-1 (10 Nov 2024 08:00) waits for its answer until "
                        "10 Nov 2024 12:00 (it has 4 h)"));
  const std::string came =
      event("k-2", "consignment", at("09:00"), R"("consignment":"box-1","area":"35.73.02","step":"arrived")");
  EXPECT_THAT(told({box, came}, "late-box"), HasSubstr("all is answered, last by k-2"));
  EXPECT_THAT(told({say("r-1", "08:00", "hoax")}, "many"), HasSubstr("7 days before are needed to compare with"));
  const auto entry = [](const std::string& id, const std::string& campaign, double lat) {
    return event(
        id, "campaign", at("08:00"),
        fmt::format(R"("campaign":"{}","status":"planned","party":"P1","method":"rally","areas":["35.73.02.1004"],)"
                    R"("location":{{"lat":{},"lon":112.63}},"starts_at":"2024-11-12T09:00:00+07:00",)"
                    R"("ends_at":"2024-11-12T12:00:00+07:00")",
                    campaign, lat));
  };
  EXPECT_THAT(told({entry("c-1", "one", -7.98), entry("c-2", "two", -7.9)}, "close"),
              HasSubstr("compared with 1 other entries: 0 near, 1 at the same time, 0 both"));
  EXPECT_THAT(told({entry("c-1", "one", -7.98), entry("c-2", "two", -7.98)}, "close"), HasSubstr("it meets one"));
  EXPECT_THAT(told({entry("c-1", "one", -7.98), entry("c-2", "two", -7.98)}, "full"),
              HasSubstr("2 campaign entries on 12 Nov 2024 in 35.73, at most 1 are allowed"));
}

std::string first_alert(const std::string& events, const std::string& rule) {
  for (std::size_t from = 0; from < events.size();) {
    const std::size_t end = std::min(events.find('\n', from), events.size());
    const std::string line = events.substr(from, end - from);
    from = end + 1;
    if (line.find("\"rule\":\"" + rule + "\"") == std::string::npos) continue;
    const auto begin = line.find("\"alert\":\"") + 9;
    return line.substr(begin, line.find('"', begin) - begin);
  }
  return {};
}

TEST(ExplainAlert, TellsTheWholeStoryOfOneInAFile) {
  const Finished replayed = run_program({"replay", "--rules", kRules, "--emit", "alerts", kDay});
  const std::string alert = first_alert(replayed.out, "repeated-intimidation");
  const Finished told = run_program({"explain", alert, "--rules", kRules, kDay});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("at least 3 different reporters within 24 h in one kelurahan"));
  EXPECT_THAT(told.out, HasSubstr("legal basis: UU 10/2016 art. 182A; UU 7/2017 art. 531"));
  EXPECT_THAT(told.out,
              HasSubstr("as it fired: 3 reporters in the 24 h until 23 Nov 2024 12:40 (at least 3 are needed); "
                        "those of kotalama-1, kotalama-3, kotalama-4 (4 reports in all)"));
  EXPECT_THAT(told.out, HasSubstr("conditions at kotalama-4:\n  yes   match category: intimidation [intimidation]"));
  EXPECT_THAT(told.out, HasSubstr("escalated to tier 1, to camat: nobody has acknowledged it within 15m"));
  EXPECT_THAT(told.out, HasSubstr("state: firing, still open, no officer has acknowledged it; it ends 6 h after"));
  EXPECT_THAT(told.out,
              HasSubstr("  kotalama-1, report, 23 Nov 2024 08:10, Kotalama (35.73.03.1001): rw 05, kind incident"));
  const Finished later =
      run_program({"explain", alert, "--rules", kRules, "--until", "2024-11-25T00:00:00+07:00", kDay});
  EXPECT_THAT(later.out, HasSubstr("state: resolved, the condition has not held for 6h"));
}

TEST(ExplainAlert, OfALevelNamesWhatContributes) {
  const Finished replayed = run_program({"replay", "--rules", kRules, "--emit", "alerts", kDay});
  const std::string area = first_alert(replayed.out, "area-siaga");
  const Finished json = run_program({"explain", area, "--rules", kRules, "--format", "json", "--lang", "id", kDay});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_THAT(json.out, HasSubstr(R"("contributions":[{"event":"kotalama-4","rule":"pressure-serious","weight":)"));
  EXPECT_THAT(json.out, HasSubstr("siaga mulai dari 25 dengan 2 pelapor, sekarang 3"));
  const std::string district = first_alert(replayed.out, "district-siaga");
  const Finished text = run_program({"explain", district, "--rules", kRules, kDay});
  EXPECT_THAT(text.out, HasSubstr("it fired because its time had come, not at an event"));
}

TEST(ExplainAlert, RefusesWhatItCannotFind) {
  const auto explain = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"explain", "--rules", kRules});
    return run_program(arguments);
  };
  const Finished unknown = explain({"35.73-0000000000000000", kDay});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.out, IsEmpty());
  EXPECT_THAT(unknown.err, HasSubstr("no alert 35.73-0000000000000000 comes of"));
  const Finished other = explain({"35.07-0000000000000000", kDay});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("begins with no city of the reference data, which has `35.73`"));
  const TemporaryFolder folder;
  write_file(folder / "none.ndjson", "");
  EXPECT_THAT(explain({"35.73-0000000000000000", folder / "none.ndjson"}).err, HasSubstr("holds no event of 35.73"));
}

/// A service that took these events; returns its configuration.
std::string after_a_service(const Folder& folder, const std::string& clock, const std::vector<std::string>& events) {
  std::string config = folder / "kentongan.yaml";
  write_file(config, fmt::format("journal: {{path: \"{}\"}}\nrules: {}\nreference: {}\nhttp: {{listen: "
                                 "\"127.0.0.1:0\"}}\nclock: {}\n",
                                 folder / "data/kentongan.db", folder / "rules", kReference, clock));
  ServiceProcess service(config, folder / "log");
  const auto port = service.wait_ready();
  if (!port) {
    ADD_FAILURE() << service.log();
    return config;
  }
  std::string body;
  for (const std::string& one : events) body += one + '\n';
  const auto posted = http::exchange(*port, http::post("/v1/events", "application/x-ndjson", body));
  EXPECT_TRUE(posted && posted->status == 202) << (posted ? posted->body : "");
  std::string alerts;
  for (int i = 0; i < 300 && alerts.find("\"rule\":\"repeated\"") == std::string::npos; ++i) {
    if (const auto reply = http::exchange(*port, http::get("/v1/alerts"))) alerts = reply->body;
    std::this_thread::sleep_for(10ms);
  }
  service.send_signal(SIGTERM);
  EXPECT_TRUE(service.wait_end(10s));
  return config;
}

TEST(ExplainAlert, OfAServiceComesFromItsJournal) {
  const Folder folder;
  auto events = three_reporters();
  events.push_back(report("r-6", at("14:00"), "", "d"));
  const std::string config = after_a_service(folder, "event", events);
  const Finished dumped = run_program({"journal", "dump", "--config", config, "--emit", "alerts"});
  const std::string alert = first_alert(dumped.out, "repeated");
  ASSERT_THAT(alert, Not(IsEmpty())) << dumped.err;
  const Finished told = run_program({"explain", alert, "--config", config});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("message: 4 reporters"));
  EXPECT_THAT(told.out,
              HasSubstr("as it fired: 4 reporters in the 24 h until 10 Nov 2024 14:00 (at least 4 are needed)"));
  EXPECT_THAT(told.out, HasSubstr("conditions at r-6:"));
  EXPECT_THAT(told.out, Not(HasSubstr("note:")));
  const Finished unknown = run_program({"explain", "35.73-0000000000000000", "--config", config});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.err, HasSubstr("the journal knows no alert 35.73-0000000000000000"));
  // Other rules do not give it again, and it says so.
  write_file(folder / "rules/a.yaml", "version: 1\nrules: []\n");
  const Finished changed = run_program({"explain", alert, "--config", config});
  EXPECT_EQ(changed.code, 0) << changed.err;
  EXPECT_THAT(changed.out, HasSubstr("message: 4 reporters"));
  EXPECT_THAT(changed.out, HasSubstr("note: the inputs that the journal still keeps do not give this alert again"));
}

TEST(ExplainAlert, OfAServiceWithAWallClockIsTheOneNearestToIt) {
  const Folder folder;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - 1h;
  std::vector<std::string> events;
  for (int i = 0; i < 4; ++i) {
    const auto seconds = (now + std::chrono::minutes(i)).time_since_epoch().count();
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    events.push_back(report(fmt::format("w-{}", i), text, "", fmt::format("p{}", i)));
  }
  const std::string config = after_a_service(folder, "wall", events);
  const Finished dumped = run_program({"journal", "dump", "--config", config, "--emit", "alerts"});
  const std::string alert = first_alert(dumped.out, "repeated");
  ASSERT_THAT(alert, Not(IsEmpty())) << dumped.err;
  const Finished told = run_program({"explain", alert, "--config", config});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("as it fired: 4 reporters in the 24 h"));
  EXPECT_THAT(told.out, HasSubstr("conditions at w-3:"));
}

TEST(ExplainUsage, IsExitCode2AndSaysWhy) {
  const Folder folder;
  const std::string file = folder.file("e.ndjson", three_reporters());
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"--event", file, "--rule", "repeted"},
                                             {"--event", "/no/such/file"},
                                             {"--event", file, "35.73-1"},
                                             {"--event", file, "--lang", "jv"},
                                             {"--event", file, "--dedupe", "7"},
                                             {"35.73-1", file, "--rule", "repeated"},
                                             {"35.73-1", file, "--until", "tomorrow"},
                                             {"35.73-1", "-"},
                                             {"35.73-1", file, "--config", "/no/such/file"},
                                             {"35.73-1", "--config", "/no/such/file"}}) {
    const Finished finished = folder.explain(arguments);
    EXPECT_EQ(finished.code, 2) << fmt::format("{} ", arguments.empty() ? "" : arguments.back()) << finished.err;
    EXPECT_THAT(finished.err + finished.out, Not(IsEmpty()));
  }
  EXPECT_EQ(folder.explain({"--event", file, "--history", "/no/such/file"}).code, 3);
  EXPECT_THAT(folder.explain({"--event", file, "--rule", "repeted"}).err, HasSubstr("did you mean `repeated`?"));
  const Folder wrong("version: 1\nrules:\n  - {id: one, chek: {}}\n");
  const Finished bad = wrong.explain({"--event", file});
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.out, IsEmpty());
}

}  // namespace
}  // namespace kentongan::app::testing
