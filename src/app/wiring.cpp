// SPDX-License-Identifier: Apache-2.0
#include "app/wiring.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <memory>

#include "adapters/http/server.hpp"
#include "adapters/sqlite/embedded_journal.hpp"
#include "adapters/telemetry/metrics.hpp"
#include "app/build_info.hpp"
#include "app/intake.hpp"
#include "app/rule_source.hpp"
#include "app/service.hpp"
#include "app/shard.hpp"
#include "app/signals.hpp"
#include "app/telling.hpp"

namespace kentongan::app {
namespace {

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

/// The commit and the rest of a clean stop must fit into ten seconds.
constexpr Duration kJournalStop = std::chrono::seconds(3);

void log_to_stderr() {
  auto logger = spdlog::stderr_logger_mt("kentongan");
  logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

Result<LoadedRules> rules_of(const Config& config) {
  auto loaded = load_rules({{config.rules}, config.reference});
  if (!loaded) return loaded;
  if (!loaded->ok())
    return fail(Error::Kind::usage, "the rules are wrong; nothing was started\n" + describe(*loaded, false));
  return loaded;
}

}  // namespace

Result<void> run_service(const Config& config) {
  const SignalWait signals;  // before any thread, so that all of them leave the signals to it
  log_to_stderr();
  const auto loaded = rules_of(config);
  if (!loaded) return tl::unexpected(loaded.error());
  spdlog::info("msg=\"rules loaded\" rules={} files={} warnings={} path=\"{}\"", loaded->rules.set->rules.size(),
               loaded->rules.files, loaded->rules.diagnostics.warnings(), config.rules.string());

  sqlite::Options journal_options;
  journal_options.path = config.journal_path;
  journal_options.keep_inputs = config.keep_inputs;
  auto opened = sqlite::EmbeddedJournal::open(std::move(journal_options));
  if (!opened) return tl::unexpected(opened.error());
  sqlite::EmbeddedJournal& journal = **opened;
  spdlog::info("msg=\"journal open\" path=\"{}\" new={} recovered={} committed={} waiting={}",
               config.journal_path.string(), journal.created(), journal.recovered(), journal.status().committed.value(),
               journal.status().last_input.value() - journal.status().committed.value());

  const bool wall = config.clock == ClockKind::wall;
  const std::function<TimePoint()> wall_clock = wall ? wall_now : std::function<TimePoint()>{};
  engine::Options engine_options;
  engine_options.dedupe = config.dedupe;
  engine_options.lateness = config.lateness;
  telemetry::Metrics metrics({kVersion, kCommit});
  ShardTelling telling(metrics, *loaded->rules.set, *loaded->reference, [&journal] {
    const auto status = journal.status();
    return static_cast<std::uint64_t>(status.last_input.value() - status.committed.value());
  });
  ShardOptions shard_options;
  shard_options.wall = wall_clock;
  Shard shard(
      journal.journal(),
      [&] { return std::make_unique<Processor>(loaded->rules.set, loaded->reference, engine_options); },
      [&journal] { journal.interrupt(); }, shard_options, telling);
  if (auto started = shard.start(); !started) return started;

  Intake intake(loaded->reference, journal.inbox(), wall_clock, engine_options.future_tolerance);
  Service service(
      intake, shard, journal.alerts(), [&metrics] { return metrics.text(); }, wall_now, !wall);
  HttpTelling http_telling(metrics);
  http::Options http_options;
  http_options.listen = config.http_listen;
  auto server = http::Server::start(http_options, service, &http_telling);
  if (!server) {
    shard.stop();
    return tl::unexpected(server.error());
  }
  spdlog::info("msg=ready listen=\"{}\" port={} clock={}", config.http_listen, (*server)->port(),
               wall ? "wall" : "event");

  const std::string_view signal = signals.wait();
  spdlog::info("msg=stopping signal={}", signal);
  (*server)->stop();
  shard.stop();
  if (auto stopped = journal.stop(kJournalStop); !stopped) {
    spdlog::warn("msg=\"the journal was not closed cleanly\" error=\"{}\"", stopped.error().message);
  }
  spdlog::info("msg=stopped");
  return {};
}

}  // namespace kentongan::app
