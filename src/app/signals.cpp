// SPDX-License-Identifier: Apache-2.0
#include "app/signals.hpp"

#include <pthread.h>
#include <time.h>

namespace kentongan::app {

SignalWait::SignalWait() {
  std::signal(SIGPIPE, SIG_IGN);
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  ending_ = signals_;
  sigaddset(&signals_, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

std::string_view SignalWait::wait() const {
  int signal = 0;
  while (sigwait(&signals_, &signal) != 0) {
  }
  if (signal == SIGHUP) return kReloadSignal;
  return signal == SIGTERM ? "SIGTERM" : "SIGINT";
}

bool SignalWait::wait_for(std::chrono::milliseconds time) const {
  const timespec span{time.count() / 1000, (time.count() % 1000) * 1'000'000};
  return sigtimedwait(&ending_, nullptr, &span) > 0;
}

}  // namespace kentongan::app
