// SPDX-License-Identifier: Apache-2.0
#include "app/stop_guard.hpp"

#include <spdlog/spdlog.h>

#include <cstdlib>
#include <utility>

namespace kentongan::app {

StopGuard::StopGuard(std::chrono::milliseconds longest, std::string text)
    : thread_([longest, text = std::move(text), done = done_.get_future()] {
        if (done.wait_for(longest) == std::future_status::ready) return;
        spdlog::warn("msg=\"{}\"", text);
        std::_Exit(EXIT_SUCCESS);
      }) {}

StopGuard::~StopGuard() {
  done_.set_value();
  thread_.join();
}

}  // namespace kentongan::app
