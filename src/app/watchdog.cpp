// SPDX-License-Identifier: Apache-2.0
#include "app/watchdog.hpp"

#include <spdlog/spdlog.h>

#include <utility>

#include "app/pulse.hpp"

namespace kentongan::app {

std::string_view name_of(Phase phase) {
  switch (phase) {
    case Phase::starting:
      return "starting";
    case Phase::restoring:
      return "restoring state";
    case Phase::waiting:
      return "waiting for inputs";
    case Phase::applying:
      return "applying inputs";
    case Phase::committing:
      return "committing";
    case Phase::answering:
      return "answering questions";
    case Phase::resting:
      return "waiting before the next try";
  }
  return "";
}

Watchdog::Watchdog(Plan plan) : plan_(std::move(plan)), thread_([this] { loop(); }) {}

void Watchdog::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Watchdog::loop() {
  bool told = false;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, plan_.period, [this] { return stopping_; })) return;
    }
    const std::optional<ShardStall> stall = plan_.look();
    plan_.tell(stall ? stall->since : std::chrono::milliseconds(0));
    if (!stall || plan_.limit.count() == 0 || stall->since < plan_.limit / 2) {
      told = false;
      continue;
    }
    if (!std::exchange(told, true)) {
      spdlog::error("msg=\"no progress\" seconds={} reason=\"{}\"", stall->since.count() / 1000, stall->why);
    }
    if (stall->since >= plan_.limit && !stall->away) return plan_.give_up(*stall);
  }
}

}  // namespace kentongan::app
