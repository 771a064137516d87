// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/backup.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/exit_codes.hpp"

namespace kentongan::app {
namespace {

Result<Config> embedded(const std::optional<std::filesystem::path>& path) {
  auto config = load_config(path);
  if (config && config->journal != JournalKind::sqlite) {
    return fail(Error::Kind::usage,
                "the journal of this configuration is Kafka, whose topics are copied on the brokers: give them a "
                "replication of 3, and mirror them to another cluster where that is not enough");
  }
  return config;
}

/// One line that is written anew, on a terminal only.
class Share {
 public:
  void show(double share) {
    if (!terminal_) return;
    fmt::print(stderr, "\r{:3.0f} % copied\033[K", share * 100);
    shown_ = true;
  }
  ~Share() {
    if (shown_) fmt::print(stderr, "\r\033[K");
  }

 private:
  bool terminal_ = ::isatty(STDERR_FILENO) != 0;
  bool shown_ = false;
};

sqlite::CopyProgress progress_of(Share& share) {
  return [&share](double part) { share.show(part); };
}

std::string told(const sqlite::Copied& copied) {
  return fmt::format("{} bytes, {} inputs, {} of them applied, {} outputs, schema {}; read wholly, no damage",
                     copied.bytes, copied.last_input, copied.committed, copied.outputs, copied.schema);
}

}  // namespace

int backup(const BackupArguments& arguments) {
  const auto config = embedded(arguments.config);
  if (!config) return complain("backup", config.error());
  const auto copied = [&] {
    Share share;
    return sqlite::back_up(config->journal_path, arguments.file, progress_of(share));
  }();
  if (!copied) return complain("backup", copied.error());
  fmt::print("{}: {}\n", arguments.file.string(), told(*copied));
  return kGood;
}

int restore(const BackupArguments& arguments) {
  const auto config = embedded(arguments.config);
  if (!config) return complain("restore", config.error());
  const auto restored = [&] {
    Share share;
    return sqlite::restore(arguments.file, config->journal_path, progress_of(share));
  }();
  if (!restored) return complain("restore", restored.error());
  if (restored->replaced) {
    fmt::print("the journal that was there is kept as {}; delete it when all is well\n", restored->replaced->string());
  }
  fmt::print("{}: {}\n", config->journal_path.string(), told(restored->copied));
  return kGood;
}

}  // namespace kentongan::app
