// SPDX-License-Identifier: Apache-2.0
#include "adapters/outbox/outbox_parts.hpp"
#include "notify/notice_json.hpp"

namespace kentongan::outbox {
namespace {

using ports::Delivery;
using sqlite::Row;

/// With the columns of delivery_of() in their order.
constexpr std::string_view kDue =
    "SELECT d.key, d.notice, n.person, d.channel, d.recipient, d.rank, d.state, d.attempts, d.first, d.due, d.error, "
    "d.receipt, d.last, n.reached FROM (SELECT *, row_number() OVER (PARTITION BY recipient ORDER BY level DESC, due, "
    "key) "
    "AS place FROM deliveries WHERE channel=?1 AND state=1 AND due<=?2) AS d JOIN notices AS n ON n.id = d.notice "
    "WHERE d.place=1 ORDER BY d.level DESC, d.due, d.key LIMIT ?3";
constexpr std::string_view kWays =
    "SELECT d.key, d.notice, n.person, d.channel, d.recipient, d.rank, d.state, d.attempts, d.first, d.due, d.error, "
    "d.receipt, d.last, n.reached FROM deliveries AS d JOIN notices AS n ON n.id = d.notice "
    "WHERE d.notice=?1 ORDER BY d.rank";
constexpr std::string_view kList =
    "SELECT d.key, d.notice, n.person, d.channel, d.recipient, d.rank, d.state, d.attempts, d.first, d.due, d.error, "
    "d.receipt, d.last, n.reached FROM deliveries AS d JOIN notices AS n ON n.id = d.notice "
    "WHERE ?1 < 0 OR d.state=?1 ORDER BY n.created DESC, n.id, d.rank";

Delivery delivery_of(const Row& row) {
  Delivery delivery;
  delivery.key = row.text(0);
  delivery.notice = row.text(1);
  delivery.person = row.text(2);
  delivery.channel = row.text(3);
  delivery.to = row.text(4);
  delivery.rank = static_cast<int>(row.integer(5));
  delivery.state = static_cast<ports::DeliveryState>(row.integer(6) & 3);
  delivery.attempts = static_cast<int>(row.integer(7));
  delivery.first = from_ms(row.integer(8));
  delivery.due = from_ms(row.integer(9));
  delivery.error = row.text(10);
  delivery.receipt = row.text(11);
  delivery.last = row.integer(12) != 0;
  delivery.unreachable = row.integer(13) >= 2;
  return delivery;
}

template <class... Values>
Result<std::vector<Delivery>> deliveries(sqlite::Statement& statement, const Values&... values) {
  std::vector<Delivery> all;
  return statement
      .each(
          [&](const Row& row) {
            all.push_back(delivery_of(row));
            return true;
          },
          values...)
      .map([&] { return std::move(all); });
}

}  // namespace

Result<std::map<std::string, std::int64_t>> SqliteOutbox::positions() {
  const std::lock_guard lock(parts_->mutex);
  std::map<std::string, std::int64_t> all;
  sqlite::Statement look(*parts_->database, "SELECT name, value FROM positions", kReading);
  return look
      .each([&](const Row& row) {
        all.emplace(row.text(0), row.integer(1));
        return true;
      })
      .map([&] { return std::move(all); });
}

Result<std::string> SqliteOutbox::memory(std::string_view name) {
  const std::lock_guard lock(parts_->mutex);
  std::string value;
  sqlite::Statement look(*parts_->database, "SELECT value FROM memory WHERE name=?1", kReading);
  return look
      .each(
          [&](const Row& row) {
            value = row.text(0);
            return false;
          },
          name)
      .map([&] { return std::move(value); });
}

Result<std::vector<Delivery>> SqliteOutbox::due(std::string_view channel, TimePoint now, std::size_t limit) {
  const std::lock_guard lock(parts_->mutex);
  sqlite::Statement look(*parts_->database, kDue, kReading);
  return deliveries(look, channel, to_ms(now), static_cast<std::int64_t>(limit));
}

Result<std::optional<TimePoint>> SqliteOutbox::next_due(std::string_view channel) {
  const std::lock_guard lock(parts_->mutex);
  std::optional<TimePoint> next;
  sqlite::Statement look(*parts_->database,
                         "SELECT due FROM deliveries WHERE channel=?1 AND state=1 ORDER BY due LIMIT 1", kReading);
  return look
      .each(
          [&](const Row& row) {
            next = from_ms(row.integer(0));
            return false;
          },
          channel)
      .map([&] { return next; });
}

Result<std::optional<ports::Notice>> SqliteOutbox::notice(std::string_view id) {
  const std::lock_guard lock(parts_->mutex);
  std::optional<ports::Notice> found;
  sqlite::Statement look(*parts_->database, "SELECT body FROM notices WHERE id=?1", kReading);
  return look
      .each(
          [&](const Row& row) {
            found = notify::read_notice(row.text(0));
            return false;
          },
          id)
      .map([&] { return std::move(found); });
}

Result<std::vector<Delivery>> SqliteOutbox::ways_of(std::string_view notice) {
  const std::lock_guard lock(parts_->mutex);
  sqlite::Statement look(*parts_->database, kWays, kReading);
  return deliveries(look, notice);
}

Result<std::vector<ports::Notice>> SqliteOutbox::unreachable(std::size_t limit) {
  const std::lock_guard lock(parts_->mutex);
  std::vector<ports::Notice> all;
  sqlite::Statement look(*parts_->database, "SELECT body FROM notices WHERE reached=2 ORDER BY created, id LIMIT ?1",
                         kReading);
  return look
      .each(
          [&](const Row& row) {
            if (auto notice = notify::read_notice(row.text(0))) all.push_back(*std::move(notice));
            return true;
          },
          static_cast<std::int64_t>(limit))
      .map([&] { return std::move(all); });
}

Result<std::map<std::string, std::uint64_t>> SqliteOutbox::waiting() {
  const std::lock_guard lock(parts_->mutex);
  std::map<std::string, std::uint64_t> all;
  sqlite::Statement look(*parts_->database, "SELECT channel, count(*) FROM deliveries WHERE state=1 GROUP BY channel",
                         kReading);
  return look
      .each([&](const Row& row) {
        all.emplace(row.text(0), static_cast<std::uint64_t>(row.integer(1)));
        return true;
      })
      .map([&] { return std::move(all); });
}

Result<void> SqliteOutbox::list(std::optional<ports::DeliveryState> state,
                                const std::function<bool(const Delivery&)>& visit) {
  const std::lock_guard lock(parts_->mutex);
  sqlite::Statement look(*parts_->database, kList, kReading);
  return look.each([&](const Row& row) { return visit(delivery_of(row)); },
                   state ? static_cast<std::int64_t>(*state) : std::int64_t{-1});
}

Result<std::vector<ports::MirroredAlert>> SqliteOutbox::mirrored(TimePoint ended_since) {
  const std::lock_guard lock(parts_->mutex);
  std::vector<ports::MirroredAlert> all;
  sqlite::Statement look(
      *parts_->database,
      "SELECT alert, level, labels, annotations, starts, ends FROM mirrored WHERE ends=0 OR ends>=?1 "
      "ORDER BY alert, level",
      kReading);
  return look
      .each(
          [&](const Row& row) {
            ports::MirroredAlert alert{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                                       std::string(row.text(3)), from_ms(row.integer(4)),  {}};
            if (row.integer(5) != 0) alert.ends = from_ms(row.integer(5));
            all.push_back(std::move(alert));
            return true;
          },
          to_ms(ended_since))
      .map([&] { return std::move(all); });
}

}  // namespace kentongan::outbox
