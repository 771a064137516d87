// SPDX-License-Identifier: Apache-2.0
#include "app/signals.hpp"

#include <pthread.h>

namespace kentongan::app {

SignalWait::SignalWait() {
  std::signal(SIGPIPE, SIG_IGN);
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

std::string_view SignalWait::wait() const {
  int signal = 0;
  while (sigwait(&signals_, &signal) != 0) {
  }
  return signal == SIGTERM ? "SIGTERM" : "SIGINT";
}

}  // namespace kentongan::app
