// SPDX-License-Identifier: Apache-2.0
#include "app/notify/notifying.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

#include "adapters/notify/alertmanager.hpp"
#include "adapters/notify/heartbeat.hpp"
#include "adapters/notify/telegram_updates.hpp"
#include "adapters/outbox/sqlite_outbox.hpp"
#include "app/notify/answering.hpp"
#include "app/notify/bell.hpp"
#include "app/notify/channels_of.hpp"
#include "notify/courier.hpp"
#include "notify/wording.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

constexpr Duration kReadWait = 200ms;
constexpr Duration kAfterFailure = 1s;
constexpr Duration kCountEvery = 2s;
constexpr Duration kForgetEvery = 1h;
constexpr auto kLongPoll = 25s;
constexpr auto kPollAgain = 5s;
constexpr std::size_t kMostMirrored = 500;  ///< alerts in one request to Alertmanager

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

std::optional<ports::Way> trouble_of(const NotifyConfig& notify) {
  const std::size_t space = notify.trouble.find(' ');
  if (space == std::string::npos) return std::nullopt;
  return ports::Way{notify.trouble.substr(0, space), notify.trouble.substr(space + 1)};
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    std::string part = text.substr(at, end - at);
    while (part.ends_with('/')) part.pop_back();
    parts.push_back(std::move(part));
    at = end + 1;
  }
  return parts;
}

/// The host of a webhook: what fails together.
std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string::npos) return url;
  return url.substr(begin + 3, url.find_first_of("/?#", begin + 3) - begin - 3);
}

}  // namespace

class Notifying::Threads {
 public:
  Threads(const Config& config, const NotifyParts& parts)
      : config_(config), parts_(parts), client_(client_of(config.notify, &stop_)) {}
  ~Threads() {
    stop_ = true;
    bell_.ring();
    threads_.clear();  // joins
  }

  [[nodiscard]] Result<void> start();

 private:
  [[nodiscard]] Result<void> prepare();
  [[nodiscard]] PlanningPlan planning_plan() const;
  [[nodiscard]] notify::CourierPlan courier_plan(const std::string& channel);
  void run(void (Threads::*loop)()) {
    threads_.emplace_back([this, loop] { (this->*loop)(); });
  }
  void plan_loop();
  void carry_loop(ports::Channel& channel);
  void answer_loop();
  void mirror_loop(const std::string& url);
  void heart_loop();
  void count_waiting();
  void forget_old(TimePoint now);
  void complain(std::string& told, std::string_view what, const std::string& why) const;
  [[nodiscard]] bool sleep(std::chrono::milliseconds time, unsigned& heard) {
    bell_.wait(time, heard);
    return !stop_;
  }

  const Config& config_;
  NotifyParts parts_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> planning_well_{true};
  Bell bell_;
  web::Client client_;
  std::unique_ptr<outbox::SqliteOutbox> outbox_;
  std::unique_ptr<ports::AlertLog> log_;
  std::vector<std::unique_ptr<ports::Channel>> channels_;
  std::optional<notify::TelegramSettings> telegram_;
  TimePoint counted_{}, forgotten_{};
  std::vector<std::jthread> threads_;  ///< end first
};

Result<void> Notifying::Threads::prepare() {
  auto channels = channels_of(config_.notify, client_);
  if (!channels) return tl::unexpected(channels.error());
  channels_ = *std::move(channels);
  auto telegram = telegram_of(config_.notify);
  if (!telegram) return tl::unexpected(telegram.error());
  telegram_ = *std::move(telegram);
  const auto trouble = trouble_of(config_.notify);
  const auto is_trouble = [&](const auto& channel) { return channel->name() == trouble->channel; };
  if (trouble && std::none_of(channels_.begin(), channels_.end(), is_trouble)) {
    return fail(Error::Kind::usage,
                fmt::format("notify.trouble: there is no channel {} below notify", trouble->channel));
  }
  auto outbox = outbox::SqliteOutbox::open(outbox_path(config_), outbox::SqliteOutbox::Use::serve);
  if (!outbox) return tl::unexpected(outbox.error());
  outbox_ = *std::move(outbox);
  auto log = parts_.open_log(stop_);
  if (!log) return tl::unexpected(log.error());
  log_ = *std::move(log);
  return {};
}

Result<void> Notifying::Threads::start() {
  if (auto prepared = prepare(); !prepared) return prepared;
  for (const auto& channel : channels_) {
    parts_.metrics.add_channel(channel->name());
    threads_.emplace_back([this, &channel] { carry_loop(*channel); });
  }
  run(&Threads::plan_loop);
  if (telegram_) run(&Threads::answer_loop);
  if (!config_.notify.alertmanager.urls.empty()) parts_.metrics.add_channel("alertmanager");
  for (const std::string& url : split(config_.notify.alertmanager.urls)) {
    threads_.emplace_back([this, url] { mirror_loop(url); });
  }
  if (!config_.notify.heartbeat.url.empty()) run(&Threads::heart_loop);
  spdlog::info("msg=\"telling people\" channels={} outbox=\"{}\"", channels_.size(), outbox_path(config_).string());
  return {};
}

PlanningPlan Notifying::Threads::planning_plan() const {
  PlanningPlan plan;
  plan.duty.group_wait = config_.notify.group_wait;
  plan.duty.group_window = config_.notify.group_window;
  for (const auto& channel : channels_) plan.channels.emplace(channel->name());
  plan.mirrors = !config_.notify.alertmanager.urls.empty();
  plan.event_clock = config_.clock == ClockKind::event;
  plan.oldest = plan.event_clock ? Duration(0) : config_.notify.oldest;
  plan.trouble = trouble_of(config_.notify);
  plan.book = parts_.book;
  plan.link = parts_.link;
  plan.dropped = [&metrics = parts_.metrics](std::uint64_t steps) {
    metrics.count_deliveries("any", "dropped", steps);
    spdlog::warn("msg=\"not told: older than notify.oldest\" steps={}", steps);
  };
  plan.nobody = [&metrics = parts_.metrics](const std::string& text) {
    metrics.count_deliveries("any", "failed", 1);
    spdlog::error("msg=\"nobody was told\" text=\"{}\"", text);
  };
  return plan;
}

void Notifying::Threads::complain(std::string& told, std::string_view what, const std::string& why) const {
  if (!stop_ && why != told) spdlog::error("msg=\"{}\" error=\"{}\"", what, why);
  told = why;
}

void Notifying::Threads::plan_loop() {
  Planning planning(*log_, *outbox_, planning_plan());
  std::string told;
  unsigned heard = 0;
  std::optional<TimePoint> behind_since;
  while (!stop_) {
    const TimePoint now = wall_now();
    const auto more = planning.step(now, kReadWait);
    planning_well_ = more.has_value();
    const bool behind = !more || *more;
    if (!behind) behind_since.reset();
    if (behind && !behind_since) behind_since = now;
    parts_.metrics.set_notify_lag(behind_since ? now - *behind_since : Duration(0));
    if (now - counted_ >= kCountEvery) {
      counted_ = now;
      count_waiting();
    }
    if (now - forgotten_ >= kForgetEvery) {
      forgotten_ = now;
      forget_old(now);
    }
    if (more) {
      told.clear();
      continue;
    }
    complain(told, "alerts are not planned", more.error().message);
    if (!sleep(kAfterFailure, heard)) return;
  }
}

void Notifying::Threads::count_waiting() {
  const auto waiting = outbox_->waiting();
  if (!waiting) return;
  for (const auto& channel : channels_) {
    const auto found = waiting->find(std::string(channel->name()));
    parts_.metrics.set_deliveries_waiting(channel->name(), found == waiting->end() ? 0 : found->second);
  }
}

void Notifying::Threads::forget_old(TimePoint now) {
  const auto gone = outbox_->forget(now - config_.notify.keep);
  if (gone && *gone > 0) spdlog::info("msg=\"old notices are forgotten\" notices={}", *gone);
}

notify::CourierPlan Notifying::Threads::courier_plan(const std::string& channel) {
  notify::CourierPlan plan;
  plan.pacing.patience = config_.notify.patience;
  plan.pacing.give_up = config_.notify.give_up;
  plan.rates = notify::rates_of(channel);
  if (channel == "webhook") plan.circuit = host_of;
  plan.tell = [&metrics = parts_.metrics, channel](notify::Told told, std::chrono::nanoseconds took) {
    const char* const outcome = told == notify::Told::delivered ? "delivered"
                                : told == notify::Told::retried ? "retried"
                                                                : "failed";
    metrics.count_deliveries(channel, outcome, 1);
    if (took.count() > 0) metrics.observe_delivery(channel, took);
  };
  return plan;
}

void Notifying::Threads::carry_loop(ports::Channel& channel) {
  const std::string name(channel.name());
  notify::Courier courier(channel, *outbox_, courier_plan(name));
  std::string told;
  unsigned heard = 0;
  while (!stop_) {
    const TimePoint now = wall_now();
    const auto next = courier.step(now);
    parts_.metrics.set_channel_open(name, courier.open());
    if (!next) complain(told, "the outbox does not work", next.error().message);
    const Duration wait = next ? std::clamp<Duration>(*next - wall_now(), Duration(0), kReadWait) : kAfterFailure;
    if (wait.count() > 0 && !sleep(wait, heard)) return;
  }
}

void Notifying::Threads::answer_loop() {
  const notify::TelegramUpdates updates(client_, *telegram_, kLongPoll);
  std::string told;
  unsigned heard = 0;
  const auto saved = outbox_->memory("telegram");
  std::int64_t offset = saved && !saved->empty() ? std::strtoll(saved->c_str(), nullptr, 10) : 0;
  while (!stop_) {
    const auto batch = updates.poll(offset);
    if (!batch) {
      complain(told, "answers of Telegram do not come in", batch.error().message);
      if (!sleep(kPollAgain, heard)) return;
      continue;
    }
    told.clear();
    for (const notify::ButtonPress& press : batch->presses) {
      const auto verdict = notify::judge_press(*outbox_, "telegram", press);
      const std::string line = verdict ? answer_press(parts_.api, *parts_.book().roster, *verdict)
                                       : notify::phrases(ports::Tongue::id).try_again;
      spdlog::info("msg=\"a button was pressed\" action={} person=\"{}\"",
                   verdict && verdict->wanted ? word_of(verdict->wanted->action) : "refused",
                   verdict && verdict->wanted ? verdict->wanted->person : "");
      updates.answer(press, line);
    }
    if (batch->next == offset) continue;
    offset = batch->next;
    if (auto noted = outbox_->remember("telegram", fmt::format("{}", offset)); !noted) {
      complain(told, "the outbox does not work", noted.error().message);
    }
  }
}

void Notifying::Threads::mirror_loop(const std::string& url) {
  const notify::Alertmanager replica(client_, url);
  std::string told;
  unsigned heard = 0;
  TimePoint sent{};
  std::string last;
  while (!stop_) {
    const TimePoint now = wall_now();
    const auto alerts = outbox_->mirrored(now - notify::kBeyond);
    std::string state;
    if (alerts) {
      for (const auto& one : *alerts) state += one.labels + one.annotations + (one.ends ? "e" : "a");
    }
    const bool due = alerts && !alerts->empty() && (state != last || now - sent >= notify::kResentEvery);
    Duration wait = 500ms;
    if (due) {
      bool well = true;
      for (std::size_t i = 0; well && i < alerts->size(); i += kMostMirrored) {
        const auto end = std::min(alerts->size(), i + kMostMirrored);
        const std::vector<ports::MirroredAlert> some(alerts->begin() + static_cast<std::ptrdiff_t>(i),
                                                     alerts->begin() + static_cast<std::ptrdiff_t>(end));
        const auto begun = std::chrono::steady_clock::now();
        const auto outcome = replica.send(notify::alerts_body(some, now));
        well = outcome.fate == ports::Fate::delivered;
        parts_.metrics.count_deliveries("alertmanager", well ? "delivered" : "retried", 1);
        parts_.metrics.observe_delivery("alertmanager", std::chrono::steady_clock::now() - begun);
        if (!well) complain(told, "Alertmanager does not take alerts", outcome.detail);
      }
      parts_.metrics.set_channel_open("alertmanager", !well);
      if (well) {
        told.clear();
        sent = now;
        last = state;
      } else {
        wait = kPollAgain;
      }
    }
    if (!sleep(wait, heard)) return;
  }
}

void Notifying::Threads::heart_loop() {
  std::string told;
  unsigned heard = 0;
  while (!stop_) {
    const ports::Readiness readiness = parts_.api.readiness();
    if (!readiness.ready || !planning_well_) {
      parts_.metrics.count_heartbeat("withheld");
    } else {
      const std::string why = notify::beat(client_, config_.notify.heartbeat.url);
      parts_.metrics.count_heartbeat(why.empty() ? "sent" : "failed");
      if (!why.empty()) complain(told, "the heartbeat is not heard", why);
      if (why.empty()) told.clear();
    }
    if (!sleep(config_.notify.heartbeat.every, heard)) return;
  }
}

Notifying::Notifying(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}
Notifying::~Notifying() = default;

Result<std::unique_ptr<Notifying>> Notifying::start(const Config& config, const NotifyParts& parts) {
  if (!config.notify.wanted()) return nullptr;
  auto threads = std::make_unique<Threads>(config, parts);
  if (auto started = threads->start(); !started) return tl::unexpected(started.error());
  return std::unique_ptr<Notifying>(new Notifying(std::move(threads)));
}

}  // namespace kentongan::app
