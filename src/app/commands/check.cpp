// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "app/build_info.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "app/replace_file.hpp"
#include "app/unified_diff.hpp"
#include "rules/diagnostic_github.hpp"
#include "rules/diagnostic_output.hpp"
#include "rules/diagnostic_sarif.hpp"
#include "rules/duty_coverage.hpp"
#include "rules/said/say.hpp"

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

int verdict(const CheckArguments& arguments, const LoadedRules& loaded) {
  const rules::Diagnostics& diagnostics = loaded.rules.diagnostics;
  if (diagnostics.has_errors()) return kWrong;
  return arguments.strict && diagnostics.warnings() > 0 ? kWrong : kGood;
}

/// What only rules and roster together show.
void look_at_duty(LoadedRules& loaded) {
  if (loaded.ok()) rules::check_duty(*loaded.rules.set, *loaded.reference, *loaded.roster, loaded.rules.diagnostics);
}

/// Everything is repaired before the first file is written: what is reported is what stands there then.
int repair(const CheckArguments& arguments) {
  auto repaired = repair_rules(arguments.source);
  if (!repaired) return complain("check", repaired.error());
  look_at_duty(repaired->loaded);
  const said::Language language = language_for(arguments.language, arguments.format == "text");
  if (arguments.dry_run) {
    for (const Repaired& file : repaired->files) {
      fmt::print("{}", unified_diff(file.path.string(), file.before, file.after));
    }
    return verdict(arguments, repaired->loaded);
  }
  for (const Repaired& file : repaired->files) {
    if (const auto written = replace_file(file.path, file.before, file.after); !written) {
      return complain("check", written.error());
    }
  }
  if (arguments.format == "text") {
    const std::size_t files = repaired->files.size();
    const said::Text done = files == 1 ? said::say("repaired: {} in 1 file", repaired->fixes)
                                       : said::say("repaired: {} in {} files", repaired->fixes, files);
    fmt::print("{}\n", done.in(language));
  }
  print(repaired->loaded, arguments.format, language);
  return verdict(arguments, repaired->loaded);
}

}  // namespace

int check(const CheckArguments& arguments) {
  if (arguments.fix) return repair(arguments);
  auto loaded = load_rules(arguments.source);
  if (!loaded) return complain("check", loaded.error());
  look_at_duty(*loaded);
  warn_without_rules("check", *loaded, arguments.source);
  print(*loaded, arguments.format, language_for(arguments.language, arguments.format == "text"));
  return verdict(arguments, *loaded);
}

}  // namespace kentongan::app
