// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>

#include "adapters/notify/heartbeat.hpp"
#include "adapters/notify/telegram_updates.hpp"
#include "adapters/notify/whatsapp_callback.hpp"
#include "app/notify/answering.hpp"
#include "app/notify/mirror.hpp"
#include "app/notify/notifying_threads.hpp"
#include "notify/wording.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLookAgain = 200ms;
constexpr Duration kAfterFailure = 1s;
constexpr auto kLongPoll = 25s;
constexpr auto kPollAgain = 5s;
constexpr std::size_t kMostPresses = 200;

/// The host of a webhook: what fails together.
std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string::npos) return url;
  return url.substr(begin + 3, url.find_first_of("/?#", begin + 3) - begin - 3);
}

}  // namespace

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
    const TimePoint now = notify_now();
    const auto next = courier.step(now);
    parts_.metrics.set_channel_open(name, courier.open());
    if (!next) complain(told, "the outbox does not work", next.error().message);
    const Duration wait = next ? std::clamp<Duration>(*next - notify_now(), Duration(0), kLookAgain) : kAfterFailure;
    if (wait.count() > 0 && !sleep(wait, heard)) return;
  }
}

std::optional<std::string> Notifying::Threads::answer_to(std::string_view channel,
                                                         const notify::ButtonPress& press) const {
  const auto verdict = notify::judge_press(*outbox_, channel, press);
  if (!verdict) return std::nullopt;
  const std::string line = answer_press(parts_.api, *parts_.book().roster, *verdict);
  spdlog::info("msg=\"a button was pressed\" action={} person=\"{}\"",
               verdict->wanted ? word_of(verdict->wanted->action) : "refused",
               verdict->wanted ? verdict->wanted->person : "");
  return line;
}

bool Notifying::Threads::press(std::vector<notify::ButtonPress> presses, std::function<void(bool)> told) {
  {
    const std::lock_guard lock(presses_mutex_);
    if (stop_ || !whatsapp_ || presses_.size() >= kMostPresses) return false;
    presses_.push_back({std::move(presses), std::move(told)});
  }
  presses_came_.notify_one();
  return true;
}

void Notifying::Threads::press_loop() {
  for (;;) {
    Presses next;
    {
      std::unique_lock lock(presses_mutex_);
      presses_came_.wait_for(lock, kLookAgain, [this] { return stop_ || !presses_.empty(); });
      if (stop_) return;
      if (presses_.empty()) continue;
      next = std::move(presses_.front());
      presses_.pop_front();
    }
    bool all = true;
    for (const notify::ButtonPress& press : next.presses) {
      const auto line = answer_to("whatsapp", press);
      const auto& again = notify::phrases(ports::Tongue::id).try_again;
      all = all && line && *line != again;
      if (line) (void)notify::say_by_whatsapp(client_, *whatsapp_, press.chat, *line);
    }
    next.told(all);
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
      updates.answer(press, answer_to("telegram", press).value_or(notify::phrases(ports::Tongue::id).try_again));
    }
    if (batch->next == offset) continue;
    offset = batch->next;
    if (auto noted = outbox_->remember("telegram", fmt::format("{}", offset)); !noted) {
      complain(told, "the outbox does not work", noted.error().message);
    }
  }
}

void Notifying::Threads::mirror_loop(const std::string& url) {
  Mirror mirror(notify::Alertmanager(client_, url), *outbox_, parts_.metrics);
  std::string told;
  unsigned heard = 0;
  for (;;) {
    const Mirror::Step step = mirror.step(notify_now());
    if (step.trouble.empty()) {
      told.clear();
    } else {
      complain(told, "Alertmanager does not take alerts", step.trouble);
    }
    if (!sleep(step.wait, heard)) return;
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

}  // namespace kentongan::app
