// SPDX-License-Identifier: Apache-2.0
#include "app/notify/notifying.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <vector>

#include "app/notify/notifying_threads.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

constexpr Duration kReadWait = 200ms;
constexpr Duration kAfterFailure = 1s;
constexpr Duration kCountEvery = 2s;
constexpr Duration kForgetEvery = 1h;

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

}  // namespace

TimePoint notify_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

Result<void> Notifying::Threads::prepare() {
  auto channels = channels_of(config_.notify, client_);
  if (!channels) return tl::unexpected(channels.error());
  channels_ = *std::move(channels);
  auto telegram = telegram_of(config_.notify);
  if (!telegram) return tl::unexpected(telegram.error());
  telegram_ = *std::move(telegram);
  auto whatsapp = whatsapp_of(config_.notify);
  if (!whatsapp) return tl::unexpected(whatsapp.error());
  whatsapp_ = *std::move(whatsapp);
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
  if (whatsapp_ && whatsapp_->buttons) run(&Threads::press_loop);
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
    const TimePoint now = notify_now();
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

Notifying::Notifying(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}
Notifying::~Notifying() = default;

bool Notifying::press(std::vector<notify::ButtonPress> presses, std::function<void(bool)> told) {
  return threads_->press(std::move(presses), std::move(told));
}

Result<std::unique_ptr<Notifying>> Notifying::start(const Config& config, const NotifyParts& parts) {
  if (!config.notify.wanted()) return nullptr;
  auto threads = std::make_unique<Threads>(config, parts);
  if (auto started = threads->start(); !started) return tl::unexpected(started.error());
  return std::unique_ptr<Notifying>(new Notifying(std::move(threads)));
}

}  // namespace kentongan::app
