// SPDX-License-Identifier: Apache-2.0
#include "adapters/outbox/sqlite_outbox.hpp"

#include <fmt/format.h>

#include "adapters/outbox/outbox_file.hpp"
#include "adapters/outbox/outbox_parts.hpp"
#include "notify/identity.hpp"
#include "notify/notice_json.hpp"

namespace kentongan::outbox {
namespace {

using ports::DeliveryState;

std::int64_t number_of(DeliveryState state) { return static_cast<std::int64_t>(state); }

}  // namespace

SqliteOutbox::SqliteOutbox(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SqliteOutbox::~SqliteOutbox() = default;

Result<std::unique_ptr<SqliteOutbox>> SqliteOutbox::open(const std::filesystem::path& path, Use use) {
  std::error_code ignored;
  const auto absolute = std::filesystem::weakly_canonical(std::filesystem::absolute(path), ignored);
  auto database = open_outbox_file(absolute, use == Use::serve);
  if (!database) return tl::unexpected(database.error());
  std::optional<sqlite::InstanceLock> lock;
  if (use == Use::serve) {
    auto acquired = sqlite::InstanceLock::acquire(absolute);
    if (!acquired) {
      return fail(Error::Kind::failed,
                  fmt::format("{}: the outbox is in use by another service, or its lock cannot be opened; stop that "
                              "service first, or give this one a notify.database of its own",
                              absolute.string()));
    }
    lock.emplace(*std::move(acquired));
  }
  return std::unique_ptr<SqliteOutbox>(
      new SqliteOutbox(std::make_unique<Parts>(*std::move(database), std::move(lock))));
}

Result<void> SqliteOutbox::Parts::put_notice(const ports::PlannedNotice& planned, TimePoint now) {
  const ports::Notice& notice = planned.notice;
  const std::int64_t reached = planned.ways.empty() ? 2 : 0;
  auto put = insert_notice.run(notice.id, notice.person, to_ms(now), reached, notify::write_notice(notice));
  if (!put || database->changes() == 0) return put;  // known already, with its ways
  for (std::size_t i = 0; put && i < planned.ways.size(); ++i) {
    const ports::Way& way = planned.ways[i];
    const auto state = number_of(i == 0 ? DeliveryState::waiting : DeliveryState::spare);
    put = insert_delivery.run(notify::delivery_key(notice.id, way.channel, way.to), notice.id,
                              static_cast<std::int64_t>(i), std::int64_t{i + 1 == planned.ways.size()}, way.channel,
                              way.to, static_cast<std::int64_t>(notice.level()), state, to_ms(planned.due));
  }
  return put;
}

Result<void> SqliteOutbox::commit(const ports::PlanCommit& plan, TimePoint now) {
  const std::lock_guard lock(parts_->mutex);
  Parts& parts = *parts_;
  return parts.transact([&]() -> Result<void> {
    Result<void> done;
    for (const auto& notice : plan.notices) {
      if (done) done = parts.put_notice(notice, now);
    }
    for (const auto& [name, value] : plan.positions) {
      if (done) done = parts.put_position.run(name, value);
    }
    if (done && plan.planner) done = parts.put_memory.run("planner", sqlite::Blob{*plan.planner});
    for (const auto& alert : plan.mirrored) {
      const std::int64_t ends = alert.ends ? to_ms(*alert.ends) : 0;
      if (done) done = parts.end_mirrored.run(alert.alert, alert.level, ends != 0 ? ends : to_ms(now));
      if (done) {
        done = parts.put_mirrored.run(alert.alert, alert.level, alert.labels, alert.annotations, to_ms(alert.starts),
                                      ends);
      }
    }
    for (const std::string& id : plan.handled) {
      if (done) done = parts.see_to.run(id);
    }
    return done;
  });
}

Result<void> SqliteOutbox::remember(std::string_view name, std::string_view value) {
  const std::lock_guard lock(parts_->mutex);
  return parts_->put_memory.run(name, sqlite::Blob{value});
}

Result<void> SqliteOutbox::settle(const ports::Settlement& settlement) {
  const std::lock_guard lock(parts_->mutex);
  Parts& parts = *parts_;
  return parts.transact([&]() -> Result<void> {
    auto done =
        parts.settle_delivery.run(settlement.key, number_of(settlement.state), std::int64_t{settlement.tried},
                                  to_ms(settlement.state == DeliveryState::waiting ? settlement.due : settlement.now),
                                  settlement.error, settlement.receipt);
    if (!done || parts.database->changes() == 0) return done;
    if (settlement.state == DeliveryState::delivered) return parts.mark_told.run(settlement.key);
    if (settlement.next_way) done = parts.begin_way.run(settlement.key, to_ms(settlement.now));
    if (done && settlement.unreachable) done = parts.mark_unreached.run(settlement.key);
    return done;
  });
}

Result<std::uint64_t> SqliteOutbox::retry(std::string_view key, TimePoint now) {
  const std::lock_guard lock(parts_->mutex);
  sqlite::Statement again(*parts_->database,
                          "UPDATE deliveries SET state=1, first=?2, due=?2 WHERE state=3 AND (key=?1 OR ?1='')",
                          kWriting);
  return again.run(key, to_ms(now)).map([&] { return static_cast<std::uint64_t>(parts_->database->changes()); });
}

Result<std::uint64_t> SqliteOutbox::forget(TimePoint before) {
  const std::lock_guard lock(parts_->mutex);
  sqlite::Statement notices(*parts_->database,
                            "DELETE FROM notices WHERE created < ?1 AND reached <> 2 AND NOT EXISTS "
                            "(SELECT 1 FROM deliveries WHERE notice=notices.id AND state=1)",
                            kWriting);
  auto done = notices.run(to_ms(before));
  if (!done) return tl::unexpected(done.error());
  const auto gone = static_cast<std::uint64_t>(parts_->database->changes());
  sqlite::Statement ended(*parts_->database, "DELETE FROM mirrored WHERE ends <> 0 AND ends < ?1", kWriting);
  return ended.run(to_ms(before)).map([&] { return gone; });
}

}  // namespace kentongan::outbox
