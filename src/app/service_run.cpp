// SPDX-License-Identifier: Apache-2.0
#include "app/service_run.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "adapters/http/server.hpp"
#include "app/access/open_access.hpp"
#include "app/build_info.hpp"
#include "app/clock_jumps.hpp"
#include "app/exit_codes.hpp"
#include "app/intake.hpp"
#include "app/log/line.hpp"
#include "app/notify/answer_desk.hpp"
#include "app/notify/notifying.hpp"
#include "app/service.hpp"
#include "app/service_manager.hpp"
#include "app/watchdog.hpp"

namespace kentongan::app {
namespace {

/// Nothing can be waited for any more. What is not committed will be read again by the next process.
[[noreturn]] void end_process(const ShardStall& stall) {
  spdlog::critical("msg=\"ended without progress, to be started anew\" seconds={} reason=\"{}\"",
                   stall.since.count() / 1000, stall.why);
  spdlog::default_logger()->flush();
  std::_Exit(kFailed);
}

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

void tell_certificates(bool good, const std::string& line) {
  spdlog::log(good ? spdlog::level::info : spdlog::level::err, "msg={}", log_text(line));
}

RulesInUse in_use(LoadedRules loaded, const RuleSource& source) {
  RulesInUse rules;
  rules.version = version_of(loaded, source);
  rules.loaded = std::move(loaded);
  rules.since = wall_now();
  return rules;
}

/// The thread that feeds the stream.
class Feeding {
 public:
  explicit Feeding(const std::function<void(const std::atomic<bool>&)>& feed) {
    if (feed) thread_ = std::jthread([this, feed] { feed(stop_); });
  }
  ~Feeding() { stop(); }
  Feeding(const Feeding&) = delete;
  Feeding& operator=(const Feeding&) = delete;
  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::atomic<bool> stop_{false};
  std::jthread thread_;
};

/// Empty where no links are made.
std::function<std::string(const std::string&, const std::string&)> link_maker(const AnswerDesk& desk) {
  if (!desk.makes_links()) return {};
  return [&desk](const std::string& alert, const std::string& person) { return desk.link(alert, person); };
}

}  // namespace

ServiceRun::ServiceRun(const Config& config, LoadedRules loaded, std::size_t shards)
    : config_(config),
      source_{{config.rules}, config.reference},
      book_(in_use(std::move(loaded), source_)),
      metrics_({kVersion, kCommit}),
      board_(metrics_, shards) {
  metrics_.set_rules_reload(true, book_.current()->since);
  if (config.clock == ClockKind::wall) wall_ = wall_now;
  engine_options_.dedupe = config.dedupe;
  engine_options_.lateness = config.lateness;
}

ServiceRun::~ServiceRun() = default;

Shard& ServiceRun::add_shard(ports::Journal& journal, std::function<void()> interrupt, std::function<Lag()> lag,
                             ShardOptions options) {
  OneShard& one = shards_.emplace_back();
  one.telling = std::make_unique<ShardTelling>(metrics_, board_, shards_.size() - 1, book_, std::move(lag));
  options.wall = wall_;
  options.stuck_after = config_.watchdog / 2;
  one.shard = std::make_unique<Shard>(
      journal,
      [this] {
        const auto rules = book_.current();
        return std::make_unique<Processor>(rules->loaded.rules.set, rules->loaded.reference, engine_options_);
      },
      std::move(interrupt), std::move(options), *one.telling);
  return *one.shard;
}

KeeperPlan ServiceRun::plan_of(Shards& shards) {
  KeeperPlan plan;
  plan.source = source_;
  plan.swap = [&shards](std::function<void(bool)> done) { shards.renew(std::move(done)); };
  plan.now = wall_now;
  plan.tell = [this](const ReloadOutcome& outcome) {
    note_deed(record_.get(), {"system", "reload", "rules " + book_.current()->version, "",
                              outcome.good ? "in use" : "refused; those of before stay in use"});
    metrics_.set_rules_reload(outcome.good, outcome.good ? std::optional(outcome.when) : std::nullopt, outcome.owners);
  };
  return plan;
}

Result<void> ServiceRun::open_access_of() {
  auto access = open_access(config_);
  if (!access) return tl::unexpected(access.error());
  auto record = open_record(config_);
  if (!record) return tl::unexpected(record.error());
  access_ = *std::move(access);
  record_ = *std::move(record);
  return {};
}

Result<void> ServiceRun::serve(ports::Inbox& inbox, ports::AlertReader& alerts, const ports::RiskReader* risks,
                               const SignalWait& signals, const std::function<void()>& stop) {
  std::vector<Shard*> all;
  for (const OneShard& one : shards_) all.push_back(one.shard.get());
  all_ = std::make_unique<Shards>(std::move(all));
  if (auto opened = open_access_of(); !opened) {
    stop();
    return opened;
  }
  Shards& shards = *all_;
  Intake intake([this] { return book_.at_door()->loaded.reference; }, inbox, wall_, engine_options_.future_tolerance);
  keeper_ = std::make_unique<RuleKeeper>(book_, plan_of(shards));
  Service service({intake, shards, alerts, risks, book_, *keeper_, [this] { return metrics_.text(); }, wall_now,
                   config_.clock == ClockKind::event, record_.get()});
  HttpTelling http_telling(metrics_);
  http::Options http_options;
  http_options.listen = config_.http_listen;
  http_options.access = access_.get();
  http_options.tls = {config_.tls.certificate, config_.tls.key, config_.tls.client_ca};
  http_options.tell = tell_certificates;
  const auto book = [this] {
    const auto rules = book_.at_door();
    return DutyBook{rules->loaded.roster, rules->loaded.reference};
  };
  const auto desk = AnswerDesk::open(config_.notify, {service, book, wall_now});
  auto server = desk ? http::Server::start(http_options, service, &http_telling, {desk->get(), &ring_})
                     : Result<std::unique_ptr<http::Server>>(tl::unexpected(desk.error()));
  auto notifying = server ? Notifying::start(config_, {service, metrics_, book, link_maker(**desk), open_log_})
                          : Result<std::unique_ptr<Notifying>>(nullptr);
  if (!server || !notifying) {
    keeper_->stop();
    if (server) (*server)->stop();
    if (record_) record_->stop();
    stop();
    return tl::unexpected(server ? notifying.error() : server.error());
  }
  spdlog::info("msg=ready listen=\"{}\" port={} clock={}", config_.http_listen, (*server)->port(),
               wall_ ? "wall" : "event");
  if (*notifying) {
    (*desk)->connect([&notifying](std::vector<notify::ButtonPress> presses, std::function<void(bool)> told) {
      return (*notifying)->press(std::move(presses), std::move(told));
    });
  }
  Feeding feeding(feed_);
  ServiceManager manager = ServiceManager::from_environment();
  manager.ready(fmt::format("listening on {}", config_.http_listen));
  ClockJumps jumps;
  const auto look_around = [this, &manager, &jumps](std::chrono::milliseconds since) {
    metrics_.set_stalled(since);
    const auto now = std::chrono::steady_clock::now();
    manager.alive(now);
    const auto jump = jumps.look(std::chrono::system_clock::now(), now);
    if (jump) spdlog::warn("{}", jump_line(*jump, static_cast<bool>(wall_)));
  };
  Watchdog watchdog(
      {config_.watchdog, std::chrono::seconds(1), [&shards] { return shards.stall(); }, look_around, end_process});
  std::string_view signal = signals.wait();
  for (; signal == kReloadSignal; signal = signals.wait()) {
    spdlog::info("msg=\"reading the rules again\" signal={}", signal);
    keeper_->ask();
  }
  manager.stopping();
  watchdog.stop();
  spdlog::info("msg=stopping signal={}", signal);
  keeper_->stop();
  (*desk)->connect({});
  notifying->reset();
  (*server)->stop();
  feeding.stop();
  if (record_) record_->stop();  // what it calls back is the service's
  stop();
  return {};
}

}  // namespace kentongan::app
