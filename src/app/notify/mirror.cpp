// SPDX-License-Identifier: Apache-2.0
#include "app/notify/mirror.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostAtOnce = 500;  ///< alerts in one request
constexpr Duration kLook = 500ms;
constexpr Duration kAfterFailure = 5s;

/// Changes when anything but the time to which an alert is held does.
std::string state_of(const std::vector<ports::MirroredAlert>& alerts) {
  std::string state;
  for (const ports::MirroredAlert& alert : alerts) {
    state += alert.labels;
    state += alert.annotations;
    state += alert.ends ? '0' : '1';
  }
  return state;
}

}  // namespace

Mirror::Mirror(notify::Alertmanager replica, ports::Outbox& outbox, telemetry::Metrics& metrics)
    : replica_(std::move(replica)), outbox_(outbox), metrics_(metrics) {}

Mirror::Step Mirror::step(TimePoint now) {
  const auto alerts = outbox_.mirrored(now - notify::kBeyond);
  if (!alerts) return {kAfterFailure, alerts.error().message};
  std::string state = state_of(*alerts);
  const bool due = !alerts->empty() && (state != last_ || now - sent_ >= notify::kResentEvery);
  if (!due) return {kLook, {}};
  std::string trouble = send(*alerts, now);
  metrics_.set_channel_open("alertmanager", !trouble.empty());
  if (!trouble.empty()) return {kAfterFailure, std::move(trouble)};
  sent_ = now;
  last_ = std::move(state);
  return {kLook, {}};
}

std::string Mirror::send(const std::vector<ports::MirroredAlert>& alerts, TimePoint now) {
  for (auto begin = alerts.begin(); begin != alerts.end();) {
    const auto end = begin + std::min<std::ptrdiff_t>(alerts.end() - begin, kMostAtOnce);
    const auto begun = std::chrono::steady_clock::now();
    const ports::SendOutcome outcome = replica_.send(notify::alerts_body({begin, end}, now));
    const bool taken = outcome.fate == ports::Fate::delivered;
    metrics_.count_deliveries("alertmanager", taken ? "delivered" : "retried", 1);
    metrics_.observe_delivery("alertmanager", std::chrono::steady_clock::now() - begun);
    if (!taken) return outcome.detail.empty() ? "the service stops" : outcome.detail;
    begin = end;
  }
  return {};
}

}  // namespace kentongan::app
