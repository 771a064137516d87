// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <thread>
#include <utility>

#include "adapters/kafka/alert_log.hpp"
#include "adapters/kafka/inbox.hpp"
#include "adapters/kafka/read_model.hpp"
#include "adapters/kafka/topics.hpp"
#include "adapters/kafka/worker_journal.hpp"
#include "app/kafka_settings.hpp"
#include "app/log/line.hpp"
#include "app/random_hex.hpp"
#include "app/service_manager.hpp"
#include "app/service_run.hpp"
#include "app/stop_guard.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

constexpr int kAskMs = 3000;
constexpr std::size_t kBatch = 16'384;
/// A transaction costs milliseconds whatever is in it: those without an alert wait for company.
constexpr auto kGather = 100ms;
constexpr auto kInboxStop = 2s;
constexpr auto kLeave = 1s;
/// A broker that does not answer must not keep the service from ending. What is uncommitted then, the broker aborts.
constexpr auto kLongestStop = 8s;

void write_log(kafka::Severity severity, const std::string& text) {
  // What librdkafka calls an error it retries by itself: what it could not mend comes as an error of ours.
  const auto level = severity == kafka::Severity::info ? spdlog::level::debug : spdlog::level::warn;
  spdlog::log(level, "msg=kafka text={}", log_text(text));
}

/// Waits until a broker says that the topics are as they must be. False: a signal came before.
Result<bool> wait_for_topics(kafka::Settings& settings, const SignalWait& signals) {
  std::string told;
  for (;;) {
    const auto topics = kafka::describe_topics(settings, kAskMs);
    if (topics) {
      if (auto good = kafka::require_good(*topics); !good) return tl::unexpected(good.error());
      for (const kafka::TopicState& topic : *topics) {
        for (const std::string& warning : topic.warnings) {
          spdlog::warn("msg=\"topic {} {}\"", topic.name, warning);
        }
      }
      settings.deadletter_bytes = kafka::deadletter_bytes(*topics);
      return true;
    }
    if (topics.error().kind == Error::Kind::usage) return tl::unexpected(topics.error());
    if (topics.error().message != told) {
      spdlog::warn("msg=\"waiting for Kafka\" error={}", log_text(topics.error().message));
      ServiceManager::from_environment().status("waiting for Kafka");
    }
    told = topics.error().message;
    if (signals.wait_for(1s)) return false;
  }
}

kafka::WorkerEvents events_of(telemetry::Metrics& metrics, std::uint32_t worker, std::shared_ptr<Pulse> pulse) {
  kafka::WorkerEvents events;
  events.restoring = [&metrics, worker, pulse = std::move(pulse)](std::int64_t read, std::int64_t ahead) {
    pulse->beat();
    metrics.set_restore_records(static_cast<std::uint64_t>(read));
    if (ahead > 0) spdlog::info("msg=restoring worker={} records={} offsets_to_go={}", worker, read, ahead);
  };
  events.assigned = [worker](std::size_t partitions) {
    spdlog::info("msg=assigned worker={} partitions={}", worker, partitions);
  };
  return events;
}

}  // namespace

Result<void> run_on_kafka(const Config& config, LoadedRules loaded, const SignalWait& signals) {
  auto made = kafka_settings(config);
  if (!made) return tl::unexpected(made.error());
  kafka::Settings& settings = *made;
  settings.log = write_log;
  const auto found = wait_for_topics(settings, signals);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return {};

  const bool is_static = !settings.instance.empty();
  const std::string name = fmt::format("{}.{}", settings.group, is_static ? settings.instance : random_hex(2));
  std::unique_ptr<StopGuard> guard;  // ends behind all the rest
  ServiceRun run(config, std::move(loaded), config.workers);
  kafka::ReadModel model(settings);
  kafka::KafkaInbox inbox(settings, name + ".inbox", {});
  std::vector<std::unique_ptr<kafka::WorkerJournal>> journals;
  std::vector<Shard*> shards;
  ShardOptions options;
  options.batch = kBatch;
  options.gather = kGather;
  options.patient = true;
  for (std::uint32_t i = 0; i < config.workers; ++i) {
    options.pulse = std::make_shared<Pulse>();
    journals.push_back(std::make_unique<kafka::WorkerJournal>(settings, fmt::format("{}.{}", name, i), is_static,
                                                              events_of(run.metrics(), i, options.pulse)));
    kafka::WorkerJournal& journal = *journals.back();
    const auto lag = [&journal, &model, &run] {
      run.metrics().set_read_model_lag(model.behind());
      const kafka::WorkerStatus status = journal.status();
      return Lag{status.behind, status.behind_since, status.partitions};
    };
    shards.push_back(&run.add_shard(
        journal, [&journal] { journal.interrupt(); }, lag, options));
  }
  const auto stop = [&] {
    guard = std::make_unique<StopGuard>(kLongestStop, "stopped without waiting for Kafka");
    for (const auto& journal : journals) journal->request_stop();
    for (Shard* shard : shards) shard->stop();
    inbox.stop(kInboxStop);
    for (const auto& journal : journals) journal->close(kLeave);
    model.stop();
  };
  run.tell_from([&settings](const std::atomic<bool>& stop) -> Result<std::unique_ptr<ports::AlertLog>> {
    return kafka::KafkaAlertLog::open(settings, stop);
  });
  model.hand_on([&run](const std::string& partition, std::int64_t offset, ports::OutputTopic topic, std::string event) {
    run.ring().publish(partition, offset, topic, std::move(event));
  });
  run.stream_from([&model, &run](const std::atomic<bool>& stop) {
    while (!stop && !model.caught_up()) std::this_thread::sleep_for(kGather);
    run.ring().set_live(!stop);
  });
  model.start();
  for (Shard* shard : shards) {
    if (auto started = shard->start(); !started) {
      stop();
      return started;
    }
  }
  if (auto served = run.serve(inbox, model, &model, signals, stop); !served) return served;
  spdlog::info("msg=stopped");
  return {};
}

}  // namespace kentongan::app
