// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace kentongan::app {

/// An option, flag or argument of a command, as `--help` tells it.
struct OptionPage {
  std::vector<std::string> names;  ///< "-h", "--help"; empty: an argument without a name
  std::string argument;            ///< its name where it has none of these: "FILE"
  std::string description;
  std::string value;                 ///< "TEXT", "INT"; empty: a flag
  std::string standard;              ///< what holds without it; may be empty
  std::vector<std::string> choices;  ///< the words it takes; empty: others

  [[nodiscard]] bool takes_value() const { return !value.empty(); }
};

/// A command with all that stands below it.
struct CommandPage {
  std::vector<std::string> path;  ///< "journal", "dump"; of the program itself empty
  std::string description;
  std::string footer;  ///< examples and remarks
  std::vector<OptionPage> options;
  std::vector<CommandPage> commands;

  /// "journal dump", or with another separator.
  [[nodiscard]] std::string name(std::string_view separator = " ") const;
};

/// The program's own command line, which is where manual pages and completions come from.
[[nodiscard]] CommandPage page_of(const CLI::App& app);

/// The page itself and all below it, each before those below it.
[[nodiscard]] std::vector<const CommandPage*> all_pages(const CommandPage& page);

/// A manual page (man 1) in roff. `version` stands in its footer. Equal pages are equal bytes.
[[nodiscard]] std::string man_page(const CommandPage& page, std::string_view version);
/// "kentongan-journal-dump.1".
[[nodiscard]] std::string man_file(const CommandPage& page);

/// A script for this shell: bash, zsh or fish.
[[nodiscard]] std::string completion(const CommandPage& program, std::string_view shell);

}  // namespace kentongan::app
