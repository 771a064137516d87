// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "adapters/telemetry/metrics.hpp"
#include "app/config.hpp"
#include "app/notify/planning.hpp"
#include "notify/callback.hpp"
#include "ports/alert_log.hpp"
#include "ports/api.hpp"

namespace kentongan::app {

/// What telling people needs of the service. All of it outlives it.
struct NotifyParts {
  ports::Api& api;
  telemetry::Metrics& metrics;
  std::function<DutyBook()> book;
  std::function<std::string(const std::string& alert, const std::string& person)> link;  ///< empty: no links are made
  /// The alert log of this journal. It stops waiting when the flag becomes true.
  std::function<Result<std::unique_ptr<ports::AlertLog>>(const std::atomic<bool>&)> open_log;
};

/// From the alert log to the phones of people: threads that plan, send by each channel, take answers, keep Alertmanager
/// and send the heartbeat. Ends with the object.
class Notifying {
 public:
  /// Null: `notify` wants nothing. Error::usage: secrets or settings; failed: the outbox.
  [[nodiscard]] static Result<std::unique_ptr<Notifying>> start(const Config& config, const NotifyParts& parts);
  ~Notifying();

  /// Presses of buttons in WhatsApp. `told` is called once, from another thread: whether all that they ask for is done
  /// or refused; else they are to be sent again. False: too many wait, `told` is not called. Thread-safe.
  [[nodiscard]] bool press(std::vector<notify::ButtonPress> presses, std::function<void(bool)> told);

 private:
  class Threads;
  explicit Notifying(std::unique_ptr<Threads> threads);
  std::unique_ptr<Threads> threads_;
};

}  // namespace kentongan::app
