// SPDX-License-Identifier: Apache-2.0
// Manual pages and completions against the help of the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

#include "app/pages/command_page.hpp"
#include "process.hpp"

namespace kentongan::app {
namespace {

using ::testing::ElementsAre;
using testing::Finished;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run_program;
using testing::TemporaryFolder;

struct Example {
  Example() {
    app.footer("exit codes\n.not a request");
    CLI::App* group = app.add_subcommand("journal", "look 'into' [it]: a\\b");
    CLI::App* leaf = group->add_subcommand("dump", "write");
    leaf->add_option("--format,-f", format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    leaf->add_option("FILE", file, "where to");
    leaf->add_flag("--strict", strict, "be strict");
  }
  CLI::App app{"a program", "kentongan"};
  std::string format = "text", file;
  bool strict = false;
};

TEST(CommandPage, IsTheCommandLine) {
  const Example example;
  const CommandPage page = page_of(example.app);
  ASSERT_EQ(all_pages(page).size(), 3U);
  const CommandPage& dump = *all_pages(page)[2];
  EXPECT_EQ(dump.name(), "journal dump");
  ASSERT_EQ(dump.options.size(), 4U);
  EXPECT_THAT(dump.options[1].names, ElementsAre("-f", "--format"));
  EXPECT_THAT(dump.options[1].choices, ElementsAre("text", "json"));
  EXPECT_EQ(dump.options[1].value, "TEXT");
  EXPECT_EQ(dump.options[1].standard, "text");
  EXPECT_EQ(dump.options[2].argument, "FILE");
  EXPECT_FALSE(dump.options[3].takes_value());
}

TEST(ManPage, TextIsNeverARequestOfRoff) {
  const Example example;
  const CommandPage page = page_of(example.app);
  const std::string text = man_page(page, "1.0");
  EXPECT_THAT(text, HasSubstr("\n\\&.not a request\n"));
  EXPECT_THAT(text, HasSubstr("a\\eb"));
  EXPECT_EQ(man_file(*all_pages(page)[2]), "kentongan-journal-dump.1");
}

/// Every command and option that the help of some command names stands in all three scripts and in its manual page.
TEST(Completion, NamesAllThatTheHelpNames) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_program({"man", "--write", folder.path().string()}).code, 0);
  const std::string bash = run_program({"completion", "bash"}).out;
  const std::string zsh = run_program({"completion", "zsh"}).out;
  const std::string fish = run_program({"completion", "fish"}).out;
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"run"}, {"replay"}, {"check"}, {"journal", "dump"}, {"topics", "create"}, {"doctor"}, {"config", "show"}}) {
    auto arguments = command;
    arguments.emplace_back("--help");
    const std::string help = run_program(arguments).out;
    std::string page;
    for (const std::string& part : command) page += "-" + part;
    const std::string man = testing::read_file(folder / ("kentongan" + page + ".1"));
    std::size_t options = 0;
    for (std::size_t at = 0; (at = help.find("  --", at)) != std::string::npos; ++at) {
      const std::size_t begin = at + 4;
      const std::string name = help.substr(begin, help.find_first_of(" ,\n", begin) - begin);
      EXPECT_THAT(bash, HasSubstr("--" + name));
      EXPECT_THAT(zsh, HasSubstr("--" + name));
      EXPECT_THAT(fish, HasSubstr("-l " + name));
      std::string escaped = "\\-\\-";
      for (const char c : name) escaped += c == '-' ? "\\-" : std::string(1, c);
      EXPECT_THAT(man, HasSubstr(escaped));
      ++options;
    }
    EXPECT_GT(options, 0U) << help;
  }
}

TEST(Man, AnUnknownCommandIsExitCode2) {
  const Finished unknown = run_program({"man", "nonsense"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("no command `nonsense`"));
  EXPECT_EQ(run_program({"man", "--write", "/nowhere/at/all"}).code, 3);
  EXPECT_EQ(run_program({"completion", "tcsh"}).code, 2);
}

}  // namespace
}  // namespace kentongan::app
