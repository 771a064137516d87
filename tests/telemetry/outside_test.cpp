// SPDX-License-Identifier: Apache-2.0
// What others read: the documentation, and Prometheus' own linter.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "adapters/telemetry/catalog.hpp"
#include "adapters/telemetry/metrics.hpp"
#include "scrape.hpp"

namespace kentongan::telemetry {
namespace {

std::string row_of(const MetricSpec& spec) {
  const std::string labels = spec.labels.empty() ? " " : " " + std::string(spec.labels) + " ";
  return "| `" + std::string(spec.name) + "` | " + std::string(name_of(spec.type)) + " |" + labels + "| " +
         std::string(spec.help) + " |";
}

TEST(MetricsReference, TheTableIsTheCatalogLineByLine) {
  std::ifstream page(KENTONGAN_SOURCE_DIR "/docs/reference/metrics.md");
  ASSERT_TRUE(page);
  std::string documented;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| `")) documented += line + '\n';
  }
  std::string expected;
  for (const auto& spec : catalog()) expected += row_of(spec) + '\n';
  EXPECT_EQ(documented, expected);
}

bool has_promtool() { return std::system("promtool --version >/dev/null 2>&1") == 0; }

/// What promtool says of a scrape; nothing where it is content.
std::string complaints_of(const std::string& text) {
  const std::string said = testing::TempDir() + "kentongan_promtool.txt";
  FILE* promtool = popen(("promtool check metrics >" + said + " 2>&1").c_str(), "w");
  if (promtool == nullptr) return "promtool cannot be started";
  const bool written = std::fwrite(text.data(), 1, text.size(), promtool) == text.size();
  const int status = pclose(promtool);
  std::ifstream file(said);
  std::string complaints{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::remove(said.c_str());
  if (!written || WEXITSTATUS(status) != 0) complaints += " (it failed)";
  return complaints;
}

/// Skipped where promtool is missing, unless KENTONGAN_REQUIRE_PROMTOOL is set, as in tests/run.
TEST(Promtool, HasNothingToSayAboutTheScrape) {
  if (!has_promtool()) {
    ASSERT_EQ(std::getenv("KENTONGAN_REQUIRE_PROMTOOL"), nullptr) << "promtool is missing: install prometheus";
    GTEST_SKIP() << "promtool is missing: install the package prometheus";
  }
  Metrics metrics({"0.1.0", "abc123"});
  fill(metrics);
  EXPECT_EQ(complaints_of(metrics.text()), "");
}

/// Whatever stands in a label, the scrape stays whole, a line a series, and nothing forges another.
TEST(Promtool, TakesLabelsWithEveryOddCharacter) {
  std::string odd = "quote\" back\\slash {brace=\"x\"} 1\nkentongan_forged 1\r\t\xc3\xa9\xe6\x9d\x91 ";
  for (char c = 1; c < 0x20; ++c) odd += c;
  Metrics metrics({"0.1.0", "abc123"});
  Snapshot snapshot;
  snapshot.areas = {{odd, 41.5, Level::siaga}};
  snapshot.rules.push_back({odd, {}});
  snapshot.rules_version = odd;
  metrics.publish(snapshot);
  const std::string text = metrics.text();
  EXPECT_EQ(text.find("\nkentongan_forged"), std::string::npos);
  EXPECT_NE(text.find("quote\\\" back\\\\slash {brace=\\\"x\\\"} 1\\nkentongan_forged"), std::string::npos);
  EXPECT_EQ(has_promtool() ? complaints_of(text) : "", "");
}

}  // namespace
}  // namespace kentongan::telemetry
