// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "adapters/notify/alertmanager.hpp"
#include "adapters/telemetry/metrics.hpp"
#include "ports/outbox.hpp"

namespace kentongan::app {

/// Keeps one replica of Alertmanager as the outbox has the alerts: at each change, and again while they are active.
/// Used by one thread; time is given.
class Mirror {
 public:
  /// Outbox and metrics outlive it.
  Mirror(notify::Alertmanager replica, ports::Outbox& outbox, telemetry::Metrics& metrics);

  struct Step {
    Duration wait;        ///< until the next step
    std::string trouble;  ///< why the replica, or the outbox, did not do its part
  };
  [[nodiscard]] Step step(TimePoint now);

 private:
  [[nodiscard]] std::string send(const std::vector<ports::MirroredAlert>& alerts, TimePoint now);

  notify::Alertmanager replica_;
  ports::Outbox& outbox_;
  telemetry::Metrics& metrics_;
  TimePoint sent_{};
  std::string last_;  ///< what was sent then
};

}  // namespace kentongan::app
