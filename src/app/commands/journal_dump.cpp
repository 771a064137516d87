// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "adapters/sqlite/dump.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"

namespace kentongan::app {

int journal_dump(const JournalDumpArguments& arguments) {
  const auto topics = parse_emit(arguments.emit);
  if (!topics) return complain("journal dump", topics.error());
  const auto config = load_config(arguments.config);
  if (!config) return complain("journal dump", config.error());
  auto dump = sqlite::Dump::open(config->journal_path);
  if (!dump) return complain("journal dump", dump.error());
  LineWriter out(STDOUT_FILENO);
  const auto visited = dump->visit(*topics, [&](const sqlite::DumpedOutput& output) {
    out.write(output.value);
    return true;
  });
  if (!visited) return complain("journal dump", visited.error());
  if (!out.flush()) return complain("journal dump", {Error::Kind::failed, "cannot write to standard output"});
  return kGood;
}

}  // namespace kentongan::app
