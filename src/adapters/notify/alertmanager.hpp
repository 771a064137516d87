// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/client.hpp"
#include "ports/notifier.hpp"
#include "ports/outbox.hpp"

namespace kentongan::notify {

/// An active alert stays so in Alertmanager for so long without being sent again: longer than a restart of Kentongan
/// takes, so that one is no all-clear.
inline constexpr Duration kHeldFor = std::chrono::minutes(30);
inline constexpr Duration kResentEvery = std::chrono::minutes(1);
/// An alert that is over is sent for so long beyond its end.
inline constexpr Duration kBeyond = std::chrono::minutes(5);

/// How a step of an alert stands in Alertmanager: what names it is a label, numbers and what changes are annotations.
[[nodiscard]] ports::MirroredAlert mirror_of(const ports::NoticeItem& item, TimePoint time);

/// The body of POST /api/v2/alerts.
[[nodiscard]] std::string alerts_body(const std::vector<ports::MirroredAlert>& alerts, TimePoint now);

/// One replica of a cluster. Each gets everything: they talk among themselves.
class Alertmanager {
 public:
  Alertmanager(web::Client client, std::string url) : client_(std::move(client)), url_(std::move(url)) {}
  [[nodiscard]] ports::SendOutcome send(const std::string& body) const;
  [[nodiscard]] const std::string& url() const noexcept { return url_; }

 private:
  web::Client client_;
  std::string url_;
};

}  // namespace kentongan::notify
