// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "app/build_info.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "rules/diagnostic_github.hpp"
#include "rules/diagnostic_output.hpp"
#include "rules/diagnostic_sarif.hpp"

namespace kentongan::app {
namespace {

void print(const LoadedRules& loaded, const std::string& format, said::Language language) {
  const rules::Diagnostics& diagnostics = loaded.rules.diagnostics;
  if (format == "json") {
    fmt::print("{}\n", rules::to_json(diagnostics, loaded.rules.files, loaded.rules.rules, language));
  } else if (format == "sarif") {
    fmt::print("{}\n", rules::to_sarif(diagnostics, kVersion, language));
  } else if (format == "github") {
    fmt::print("{}", rules::to_github(diagnostics, language));
  } else {
    fmt::print("{}", describe(loaded, wants_colour(STDOUT_FILENO), language));
  }
}

}  // namespace

int check(const CheckArguments& arguments) {
  const auto loaded = load_rules(arguments.source);
  if (!loaded) return complain("check", loaded.error());
  warn_without_rules("check", *loaded, arguments.source);
  const rules::Diagnostics& diagnostics = loaded->rules.diagnostics;
  print(*loaded, arguments.format, language_for(arguments.language, arguments.format == "text"));
  if (diagnostics.has_errors()) return kWrong;
  return arguments.strict && diagnostics.warnings() > 0 ? kWrong : kGood;
}

}  // namespace kentongan::app
