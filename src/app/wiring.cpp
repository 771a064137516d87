// SPDX-License-Identifier: Apache-2.0
#include "app/wiring.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <utility>

#include "adapters/sqlite/alert_log.hpp"
#include "adapters/sqlite/embedded_journal.hpp"
#include "app/log/line.hpp"
#include "app/service_run.hpp"
#include "app/stop_guard.hpp"
#include "app/stream/journal_stream.hpp"

namespace kentongan::app {
namespace {

/// The commit and the rest of a clean stop must fit into ten seconds.
constexpr Duration kJournalStop = std::chrono::seconds(3);
/// Behind the server's five seconds. By then the journal is closed, and only a check of many rules can still go on.
constexpr Duration kLongestStop = std::chrono::milliseconds(4500);

Result<LoadedRules> rules_of(const Config& config) {
  auto loaded = load_rules({{config.rules}, config.reference});
  if (!loaded) return loaded;
  if (!loaded->ok())
    return fail(Error::Kind::usage, "the rules are wrong; nothing was started\n" + describe(*loaded, false));
  return loaded;
}

Result<void> run_embedded(const Config& config, LoadedRules loaded, const SignalWait& signals) {
  sqlite::Options journal_options;
  journal_options.path = config.journal_path;
  journal_options.keep_inputs = config.keep_inputs;
  journal_options.keep_outputs = config.keep_outputs;
  journal_options.tell_retention = [](const std::string& line) { spdlog::info("msg=\"removed as old\" {}", line); };
  auto opened = sqlite::EmbeddedJournal::open(std::move(journal_options));
  if (!opened) return tl::unexpected(opened.error());
  sqlite::EmbeddedJournal& journal = **opened;
  spdlog::info("msg=\"journal open\" path=\"{}\" new={} recovered={} committed={} waiting={}",
               config.journal_path.string(), journal.created(), journal.recovered(), journal.status().committed.value(),
               journal.status().last_input.value() - journal.status().committed.value());

  std::unique_ptr<StopGuard> guard;  // ends behind the rest
  ServiceRun run(config, std::move(loaded), 1);
  Shard& shard = run.add_shard(
      journal.journal(), [&journal] { journal.interrupt(); },
      [&journal] {
        const auto status = journal.status();
        return Lag{static_cast<std::uint64_t>(status.last_input.value() - status.committed.value()), {}, 0};
      },
      {});
  run.tell_from([&config](const std::atomic<bool>& stop) -> Result<std::unique_ptr<ports::AlertLog>> {
    return sqlite::JournalAlertLog::open(config.journal_path, stop);
  });
  run.stream_from(
      [&config, &run](const std::atomic<bool>& stop) { stream_journal(config.journal_path, run.ring(), stop); });
  if (auto started = shard.start(); !started) return started;
  auto served = run.serve(journal.inbox(), journal.alerts(), nullptr, signals, [&] {
    guard = std::make_unique<StopGuard>(kLongestStop, "stopped in the middle of checking rules");
    shard.stop();
  });
  if (!served) return served;
  if (auto stopped = journal.stop(kJournalStop); !stopped) {
    spdlog::warn("msg=\"the journal was not closed cleanly\" error=\"{}\"", stopped.error().message);
  }
  spdlog::info("msg=stopped");
  return {};
}

}  // namespace

Result<void> run_service(const Config& config) {
  const SignalWait signals;  // before any thread, so that all of them leave the signals to it
  start_log(config.log);
  for (const std::string& line : misspelt_variables()) spdlog::warn("msg={}", log_text(line));
  auto loaded = rules_of(config);
  if (!loaded) return tl::unexpected(loaded.error());
  spdlog::info("msg=\"rules loaded\" rules={} files={} warnings={} path=\"{}\"", loaded->rules.set->rules.size(),
               loaded->rules.files, loaded->rules.diagnostics.warnings(), config.rules.string());
  if (const std::string none = without_rules(*loaded, {config.rules}); !none.empty()) {
    spdlog::warn("msg=\"{}; nothing will be found\"", none);
  }
  return config.journal == JournalKind::kafka ? run_on_kafka(config, *std::move(loaded), signals)
                                              : run_embedded(config, *std::move(loaded), signals);
}

}  // namespace kentongan::app
