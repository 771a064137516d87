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

/// Skipped where promtool is missing, unless KENTONGAN_REQUIRE_PROMTOOL is set, as in tests/run.
TEST(Promtool, HasNothingToSayAboutTheScrape) {
  if (!has_promtool()) {
    ASSERT_EQ(std::getenv("KENTONGAN_REQUIRE_PROMTOOL"), nullptr) << "promtool is missing: install prometheus";
    GTEST_SKIP() << "promtool is missing: install the package prometheus";
  }
  Metrics metrics({"0.1.0", "abc123"});
  fill(metrics);
  const std::string said = testing::TempDir() + "kentongan_promtool.txt";
  FILE* promtool = popen(("promtool check metrics >" + said + " 2>&1").c_str(), "w");
  ASSERT_NE(promtool, nullptr);
  const auto text = metrics.text();
  EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), promtool), text.size());
  const int status = pclose(promtool);
  std::ifstream file(said);
  const std::string complaints{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::remove(said.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 0) << complaints;
  EXPECT_EQ(complaints, "");
}

}  // namespace
}  // namespace kentongan::telemetry
