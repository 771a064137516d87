// SPDX-License-Identifier: Apache-2.0
#include "app/commands/pages.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"

namespace kentongan::app {
namespace {

int write_all(const std::filesystem::path& folder, const CommandPage& program, std::string_view version) {
  for (const CommandPage* page : all_pages(program)) {
    const auto path = folder / man_file(*page);
    std::ofstream file(path, std::ios::binary);
    file << man_page(*page, version);
    if (!file.flush()) {
      return complain("man", {Error::Kind::failed,
                              fmt::format("{} cannot be written; name a folder that is there and may be written to",
                                          path.string())});
    }
  }
  return kGood;
}

}  // namespace

int man(const ManArguments& arguments, const CommandPage& program, std::string_view version) {
  if (arguments.folder) return write_all(*arguments.folder, program, version);
  for (const CommandPage* page : all_pages(program)) {
    if (page->path != arguments.command) continue;
    fmt::print("{}", man_page(*page, version));
    return kGood;
  }
  return complain("man", {Error::Kind::usage, fmt::format("there is no command `{}`; `kentongan --help` lists them",
                                                          fmt::join(arguments.command, " "))});
}

int print_completion(const std::string& shell, const CommandPage& program) {
  fmt::print("{}", completion(program, shell));
  return kGood;
}

}  // namespace kentongan::app
