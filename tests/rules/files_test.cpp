// SPDX-License-Identifier: Apache-2.0
// Every *.bad.yaml of files/ against the whole text that the checker prints (NAME.expected beside it), and
// every *.good.yaml against silence. KENTONGAN_UPDATE=1 writes the expected texts anew: read the difference.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rules/diagnostic_output.hpp"
#include "support.hpp"

namespace kentongan::rules {
namespace {

namespace fs = std::filesystem;

fs::path folder() { return fs::path(KENTONGAN_SOURCE_DIR) / "tests/rules/files"; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> names_ending(const std::string& ending) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder())) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(ending)) names.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

class BadFile : public testing::TestWithParam<std::string> {};

TEST_P(BadFile, PrintsWhatIsExpected) {
  const std::string name = GetParam() + ".bad.yaml";
  const Loaded loaded = load_text(read(folder() / name), name);
  const std::string actual = to_text(loaded.diagnostics);
  const fs::path expected = folder() / (GetParam() + ".expected");
  if (std::getenv("KENTONGAN_UPDATE") != nullptr) std::ofstream(expected, std::ios::binary) << actual;
  EXPECT_EQ(actual, read(expected));
  EXPECT_FALSE(loaded.diagnostics.all.empty());
  EXPECT_EQ(loaded.set == nullptr, loaded.diagnostics.has_errors());
}

INSTANTIATE_TEST_SUITE_P(Files, BadFile, testing::ValuesIn(names_ending(".bad.yaml")), test_name);

class GoodFile : public testing::TestWithParam<std::string> {};

TEST_P(GoodFile, SaysNothing) {
  const std::string name = GetParam() + ".good.yaml";
  const Loaded loaded = load_text(read(folder() / name), name);
  EXPECT_EQ(to_text(loaded.diagnostics), "");
  EXPECT_NE(loaded.set, nullptr);
}

INSTANTIATE_TEST_SUITE_P(Files, GoodFile, testing::ValuesIn(names_ending(".good.yaml")), test_name);

}  // namespace
}  // namespace kentongan::rules
