// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/output_retention.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kDoing = "removing what is old";
constexpr auto kLook = std::chrono::seconds(1);
constexpr auto kTell = std::chrono::hours(1);

// The alerts that are next: the same ones for each of the statements, as they run in one transaction.
#define KENTONGAN_OLD_ALERTS                                                                                       \
  "(SELECT alert FROM alerts WHERE fired < ?1 AND state NOT IN ('firing', 'acknowledged') ORDER BY fired, number " \
  "LIMIT 64)"

}  // namespace

OutputRetention::OutputRetention(Database& database, Duration keep, std::function<void(const std::string&)> tell)
    : database_(database),
      keep_(keep),
      tell_(std::move(tell)),
      old_alert_(database, "SELECT 1 FROM alerts WHERE fired < ?1 AND state NOT IN ('firing', 'acknowledged') LIMIT 1",
                 kDoing),
      drop_outputs_(database,
                    "DELETE FROM outputs WHERE sequence IN (SELECT sequence FROM alert_steps WHERE alert "
                    "IN " KENTONGAN_OLD_ALERTS ")",
                    kDoing),
      drop_steps_(database, "DELETE FROM alert_steps WHERE alert IN " KENTONGAN_OLD_ALERTS, kDoing),
      drop_alerts_(database, "DELETE FROM alerts WHERE alert IN " KENTONGAN_OLD_ALERTS, kDoing),
      drop_others_(database,
                   "DELETE FROM outputs WHERE sequence IN (SELECT sequence FROM outputs WHERE topic <> 0 "
                   "ORDER BY sequence LIMIT 256) "
                   "AND CASE WHEN json_valid(value) THEN unixepoch(json_extract(value, '$.time')) * 1000 < ?1 END",
                   kDoing) {}

Result<void> OutputRetention::prune(TimePoint now, std::int64_t inputs) {
  inputs_ += inputs;
  if (looked_ && now < *looked_ + kLook && now >= *looked_) return {};
  looked_ = now;
  Result<void> done;
  if (keep_ > Duration(0)) {
    const std::int64_t before = (now - keep_).time_since_epoch().count();
    done = prune_alerts(before).and_then([&] { return drop_others_.run(before); });
    if (done) others_ += database_.changes();
  }
  tell(now);
  return done;
}

Result<void> OutputRetention::prune_alerts(std::int64_t before) {
  bool due = false;
  const auto look = old_alert_.each(
      [&due](const Row&) {
        due = true;
        return false;
      },
      before);
  if (!look || !due) return look;
  auto done = drop_outputs_.run(before).and_then([&] { return drop_steps_.run(before); }).and_then([&] {
    return drop_alerts_.run(before);
  });
  if (done) alerts_ += database_.changes();
  return done;
}

void OutputRetention::tell(TimePoint now) {
  if (!tell_ || inputs_ + alerts_ + others_ == 0 || (told_ && now < *told_ + kTell && now >= *told_)) return;
  told_ = now;
  tell_(fmt::format("inputs={} alerts={} risk_and_dead_letters={}", std::exchange(inputs_, 0),
                    std::exchange(alerts_, 0), std::exchange(others_, 0)));
}

}  // namespace kentongan::sqlite
