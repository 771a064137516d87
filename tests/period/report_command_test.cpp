// SPDX-License-Identifier: Apache-2.0
// `kentongan report` as an office meets it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <thread>

#include <algorithm>
#include <map>

#include "process.hpp"
#include "raw_client.hpp"

namespace kentongan::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kHere = std::string(KENTONGAN_SOURCE_DIR) + "/tests/period";
const std::string kStory = kHere + "/story.ndjson";
const std::vector<std::string> kFormats{"md", "html", "json", "csv"};

Finished report(std::vector<std::string> more, const std::string& from = "2024-11-05",
                const std::string& to = "2024-11-08") {
  std::vector<std::string> arguments{"report", "--rules", kHere + "/story", "--from", from, "--to", to};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(std::move(arguments));
}

/// table/key/measure -> value of a CSV report.
std::map<std::string, std::int64_t> values_of(const std::string& csv) {
  std::map<std::string, std::int64_t> values;
  for (std::size_t at = csv.find('\n') + 1; at < csv.size();) {
    const std::size_t end = csv.find('\n', at);
    std::string line = csv.substr(at, end - at);
    const std::size_t comma = line.rfind(',');
    std::string name = line.substr(0, comma);
    std::replace(name.begin(), name.end(), ',', '/');
    values[name] = std::stoll(line.substr(comma + 1));
    at = end + 1;
  }
  return values;
}

/// tests/period/golden holds what the story gives; after a wanted change write it anew with the command of the message.
TEST(Report, OfTheStoryIsAsKept) {
  for (const std::string& format : kFormats) {
    const Finished told = report({"--events", kStory, "--format", format});
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_EQ(told.out, read_file(kHere + "/golden/story." + format))
        << "kentongan report --rules tests/period/story --events tests/period/story.ndjson --from 2024-11-05 --to "
           "2024-11-08 --format "
        << format << " > tests/period/golden/story." << format;
  }
}

TEST(Report, OneSheetShowsTheLargestAndCountsTheOthers) {
  const auto of_the_city = [](const std::string& format) {
    return run_program({"report", "--rules", std::string(KENTONGAN_SOURCE_DIR) + "/rules", "--events", kStory, "--from",
                        "2024-11-05", "--to", "2024-11-08", "--lang", "en", "--format", format})
        .out;
  };
  EXPECT_THAT(of_the_city("html"), HasSubstr("<td>45 others</td>"));
  EXPECT_THAT(of_the_city("html"), HasSubstr("region Kota Malang"));
  EXPECT_THAT(of_the_city("md"), Not(HasSubstr("45 others")));
}

TEST(Report, NamesNobody) {
  for (const std::string& format : kFormats) {
    const Finished told = report({"--events", kStory, "--format", format});
    for (const char* secret : {"Budi", "ref-", "rahasia", "o-7", "P1", "P2", "berkata"}) {
      EXPECT_THAT(told.out, Not(HasSubstr(secret))) << format;
    }
  }
}

TEST(Report, TextsOfTheReferenceDataAreEscaped) {
  EXPECT_THAT(report({"--events", kStory, "--format", "html"}).out, HasSubstr("Dua &lt;b&gt;&amp;&quot;M&quot;|x"));
  EXPECT_THAT(report({"--events", kStory, "--format", "md"}).out, HasSubstr("Dua \\<b\\>\\&\"M\"\\|x"));
}

TEST(Report, OfAnEmptyPeriodSaysSo) {
  for (const std::string& format : kFormats) {
    const Finished told = report({"--events", kStory, "--format", format}, "2020-01-01", "2020-01-02");
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_NE(told.out, "");
  }
  EXPECT_THAT(report({"--events", kStory}, "2020-01-01", "2020-01-02").out,
              HasSubstr("Tidak ada peringatan dalam masa ini."));
  EXPECT_THAT(report({"--events", kStory, "--lang", "en"}, "2020-01-01", "2020-01-02").out,
              HasSubstr("No alert fired in this period."));
}

TEST(Report, RefusesWhatItCannotTell) {
  EXPECT_EQ(report({"--events", kStory}, "2024-11-08", "2024-11-05").code, 2);
  EXPECT_EQ(report({"--events", kStory}, "x", "2024-11-05").code, 2);
  EXPECT_EQ(report({"--events", kStory, "--format", "pdf"}).code, 2);
  EXPECT_EQ(report({"--events", kStory, "--lang", "jv"}).code, 2);
  EXPECT_EQ(report({"--events", kStory, "--config", "x.yaml"}).code, 2);
  EXPECT_EQ(report({"--events", kHere + "/none.ndjson"}).code, 3);
  EXPECT_EQ(run_program({"report", "--events", kStory}).code, 2);
}

/// Whatever a campaign holds, what is counted as read is what a replay counts, and open alerts balance.
TEST(Report, SumsBalanceWithAReplay) {
  const TemporaryFolder folder;
  const std::string rules = std::string(KENTONGAN_SOURCE_DIR) + "/rules";
  for (int seed = 1; seed <= 4; ++seed) {
    const Finished events =
        run_program({"generate", "--seed", std::to_string(seed), "--days", std::to_string(8 * seed), "--events", "4000",
                     "--malformed", "0.02", "--duplicates", "0.03", "--late", "0.05"});
    write_file(folder / "events.ndjson", events.out);
    const Finished replayed =
        run_program({"replay", "--rules", rules, "--summary", folder / "summary.json", folder / "events.ndjson"});
    ASSERT_EQ(replayed.code, 0) << replayed.err;
    const std::string summary = read_file(folder / "summary.json");
    const Finished told = run_program({"report", "--rules", rules, "--events", folder / "events.ndjson", "--from",
                                       "2024-01-01", "--to", "2025-01-31", "--format", "csv"});
    ASSERT_EQ(told.code, 0) << told.err;
    auto values = values_of(told.out);
    for (const char* count : {"read", "applied", "duplicate", "late", "dead_letter"}) {
      EXPECT_THAT(summary, HasSubstr(fmt::format("\"{}\":{}", count, values[fmt::format("events/all/{}", count)])));
    }
    EXPECT_THAT(summary,
                HasSubstr(fmt::format("\"alerts\":{},", values["alerts/all/fired"] + values["alerts/all/shadow"])));
    EXPECT_EQ(values["alerts/all/open_before"] + values["alerts/all/fired"],
              values["alerts/all/resolved"] + values["alerts/all/expired"] + values["alerts/all/withdrawn"] +
                  values["alerts/all/open_after"]);
    std::int64_t by_area = 0;
    std::int64_t by_role = 0;
    for (const auto& [name, value] : values) {
      if (name.starts_with("places/35.73.") && name.ends_with("/reports") && name.size() == 28) by_area += value;
      if (name.starts_with("roles/")) by_role += value;
    }
    EXPECT_EQ(by_area, values["places/35.73/reports"]);
    EXPECT_EQ(by_role, values["places/35.73/reports"]);
    EXPECT_EQ(values["types/report/accepted"],
              by_role + values["quality/reports/corrections"] + values["quality/reports/refutations"]);
  }
}

/// A service with a clock of events that took the story: its journal and the file say the same.
TEST(Report, OfAJournalIsThatOfItsInputs) {
  const TemporaryFolder folder;
  const std::string config = folder / "kentongan.yaml";
  write_file(config, fmt::format("journal: {{path: \"{}\"}}\nrules: {}/story\nhttp: {{listen: \"127.0.0.1:0\"}}\n"
                                 "clock: event\n",
                                 folder / "data/kentongan.db", kHere));
  // What the door refuses never reaches the journal.
  std::string events;
  std::string all = read_file(kStory);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at);
    const std::string line = all.substr(at, end + 1 - at);
    if (line.starts_with("{\"spec") && line.find("99.99") == std::string::npos) events += line;
    at = end + 1;
  }
  write_file(folder / "events.ndjson", events);
  {
    ServiceProcess service(config, folder / "log");
    const auto port = service.wait_ready();
    ASSERT_TRUE(port) << service.log();
    const auto posted = http::exchange(*port, http::post("/v1/events", "application/x-ndjson", events));
    ASSERT_TRUE(posted && posted->status == 202);
    std::string metrics;
    for (int i = 0;
         i < 500 && metrics.find("kentongan_dead_letters_total{reason=\"unknown_alert\"} 1") == std::string::npos;
         ++i) {
      if (const auto reply = http::exchange(*port, http::get("/metrics"))) metrics = reply->body;
      std::this_thread::sleep_for(10ms);
    }
    service.send_signal(SIGTERM);
    ASSERT_TRUE(service.wait_end(10s));
  }
  for (const std::string& format : kFormats) {
    const Finished journal =
        run_program({"report", "--config", config, "--from", "2024-11-05", "--to", "2024-11-08", "--format", format});
    EXPECT_EQ(journal.code, 0) << journal.err;
    EXPECT_EQ(journal.out, report({"--events", folder / "events.ndjson", "--format", format}).out);
  }
}

}  // namespace
}  // namespace kentongan::app::testing
