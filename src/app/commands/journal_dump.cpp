// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <vector>

#include "adapters/kafka/dump.hpp"
#include "adapters/sqlite/dump.hpp"
#include "app/access/open_access.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "app/kafka_settings.hpp"

namespace kentongan::app {

namespace {

using Topics = std::vector<ports::OutputTopic>;

Result<void> dump_embedded(const Config& config, const Topics& topics, LineWriter& out) {
  auto dump = sqlite::Dump::open(config.journal_path);
  if (!dump) return tl::unexpected(dump.error());
  const auto visited = dump->visit(topics, [&](const sqlite::DumpedOutput& output) {
    out.write(output.value);
    return true;
  });
  if (!visited) return tl::unexpected(visited.error());
  return {};
}

Result<void> dump_kafka(const Config& config, const Topics& topics, LineWriter& out) {
  const auto settings = kafka_settings(config);
  if (!settings) return tl::unexpected(settings.error());
  return kafka::dump_outputs(*settings, topics, [&](std::string_view event) {
    out.write(event);
    return true;
  });
}

}  // namespace

int journal_dump(const JournalDumpArguments& arguments) {
  const auto topics = parse_emit(arguments.emit);
  if (!topics) return complain("journal dump", topics.error());
  const auto config = load_config(arguments.config);
  if (!config) return complain("journal dump", config.error());
  if (auto kept = record_command(*config, "dump", "journal", arguments.emit); !kept) {
    return complain("journal dump", kept.error());
  }
  LineWriter out(STDOUT_FILENO);
  const auto visited =
      config->journal == JournalKind::kafka ? dump_kafka(*config, *topics, out) : dump_embedded(*config, *topics, out);
  if (!visited) return complain("journal dump", visited.error());
  if (!out.flush()) return complain("journal dump", {Error::Kind::failed, "cannot write to standard output"});
  return kGood;
}

}  // namespace kentongan::app
