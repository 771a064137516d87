// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/shard_journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/transaction.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kCommitting = "committing results";

/// A commit removes at most so many old inputs beyond twice what it applied, so that no commit is slow
/// because of retention, and retention keeps up with what comes in.
constexpr std::int64_t kPruneSlice = 256;

std::int64_t milliseconds(TimePoint time) { return time.time_since_epoch().count(); }

}  // namespace

ShardJournal::ShardJournal(Database& database, WriteTurn& turn, WalKeeper& keeper, DurableMark& mark,
                           const FilePresence& presence, std::int64_t committed, Limits limits,
                           std::function<TimePoint()> now, std::function<void(const std::string&)> tell_retention)
    : database_(database),
      turn_(turn),
      keeper_(keeper),
      mark_(mark),
      presence_(presence),
      limits_(limits),
      now_(std::move(now)),
      committed_(committed),
      read_state_(database, "SELECT city, kind, key, value FROM state ORDER BY city, kind, key", "restoring the state"),
      read_inputs_(
          database,
          "SELECT offset, value, received FROM inputs WHERE offset > ?1 AND offset <= ?2 ORDER BY offset LIMIT ?3",
          "reading events"),
      move_offset_(database, "UPDATE progress SET value=?1 WHERE name='committed_offset' AND value <= ?1", kCommitting),
      insert_output_(database, "INSERT INTO outputs(topic, id, subject, value) VALUES(?1, ?2, ?3, ?4)", kCommitting),
      upsert_alert_(database,
                    "INSERT INTO alerts(number, alert, fired, state, data) VALUES(?1, ?2, ?3, ?4, ?5) "
                    "ON CONFLICT(alert) DO UPDATE SET state=excluded.state, data=excluded.data",
                    kCommitting),
      insert_step_(database, "INSERT INTO alert_steps(alert, sequence, step, time) VALUES(?1, ?2, ?3, ?4)",
                   kCommitting),
      put_state_(database,
                 "INSERT INTO state(city, kind, key, value) VALUES(?1, ?2, ?3, ?4) "
                 "ON CONFLICT(city, kind, key) DO UPDATE SET value=excluded.value",
                 kCommitting),
      remove_state_(database, "DELETE FROM state WHERE city=?1 AND kind=?2 AND key=?3", kCommitting),
      oldest_input_(database, "SELECT received FROM inputs ORDER BY offset LIMIT 1", kCommitting),
      prune_inputs_(database,
                    "DELETE FROM inputs WHERE offset IN "
                    "(SELECT offset FROM inputs WHERE offset <= ?1 ORDER BY offset LIMIT ?2) AND received < ?3",
                    kCommitting),
      outputs_(database, limits.keep_outputs, std::move(tell_retention)) {}

Result<Offset> ShardJournal::restore(const std::function<void(ports::StateKey, std::string_view)>& visit) {
  if (auto there = presence_.check(); !there) return tl::unexpected(there.error());
  const auto snapshot = ReadTransaction::begin(database_);
  if (!snapshot) return tl::unexpected(snapshot.error());
  const auto offset = committed_offset(database_);
  if (!offset) return tl::unexpected(offset.error());
  committed_ = *offset;
  return read_state_
      .each([&](const Row& row) {
        visit(ports::StateKey{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))},
              row.text(3));
        return true;
      })
      .map([&] { return Offset(*offset); });
}

Result<std::vector<ports::InputRecord>> ShardJournal::poll(Offset after, std::size_t max, Duration wait) {
  std::vector<ports::InputRecord> records;
  if (max == 0) return records;
  // Looked at without inputs too, so that an idle service notices.
  if (auto there = presence_.check(); !there) return tl::unexpected(there.error());
  // Not beyond the mark: the database shows a group a moment before the inbox has noted that it is durable.
  const std::int64_t last = mark_.wait_behind(after.value(), wait);
  if (last <= after.value()) return records;
  std::size_t bytes = 0;
  const auto collect = [&](const Row& row) {
    records.push_back(
        ports::InputRecord{Offset(row.integer(0)), std::string(row.text(1)), {}, TimePoint(Duration(row.integer(2)))});
    bytes += records.back().value.view().size();
    return bytes < limits_.poll_bytes;
  };
  return read_inputs_.each(collect, after.value(), last, static_cast<std::int64_t>(max)).map([&] {
    return std::move(records);
  });
}

Result<void> ShardJournal::commit(const ports::Commit& commit) {
  auto transaction = WriteTransaction::begin(database_, turn_);
  if (!transaction) return tl::unexpected(transaction.error());
  auto done = write(commit).and_then([&] { return presence_.check(); }).and_then([&] { return transaction->commit(); });
  if (!done) return done;
  committed_ = commit.next.value();
  keeper_.after_commit(database_);
  return done;
}

Result<void> ShardJournal::write(const ports::Commit& commit) {
  Result<void> done = move_offset(commit.next);
  for (const ports::OutputRecord& output : commit.outputs) {
    if (done) done = write_output(output);
  }
  for (const ports::StateChange& change : commit.state) {
    if (done) done = write_state(change);
  }
  return done.and_then([&] { return prune(commit.next); });
}

Result<void> ShardJournal::move_offset(Offset next) {
  if (auto done = move_offset_.run(next.value()); !done) return done;
  if (database_.changes() == 1 && next.value() <= mark_.last()) return {};
  return fail(Error::Kind::failed,
              fmt::format("a commit up to offset {} does not follow the committed offset {} or is ahead of the last "
                          "input {}; this is a fault of Kentongan: report it with this message",
                          next.value(), committed_.load(), mark_.last()));
}

Result<void> ShardJournal::write_output(const ports::OutputRecord& output) {
  const auto topic = static_cast<std::int64_t>(output.topic);
  if (auto done = insert_output_.run(topic, output.id, output.subject, output.value); !done) return done;
  if (output.topic != ports::OutputTopic::alerts) return {};
  return write_alert(output, database_.last_row());
}

Result<void> ShardJournal::write_alert(const ports::OutputRecord& output, std::int64_t sequence) {
  const std::int64_t time = milliseconds(output.time);
  return upsert_alert_.run(sequence, output.alert, time, output.state, output.data).and_then([&] {
    return insert_step_.run(output.alert, sequence, output.step, time);
  });
}

Result<void> ShardJournal::write_state(const ports::StateChange& change) {
  const ports::StateKey& key = change.key;
  if (!change.value) return remove_state_.run(key.city, key.kind, Blob{key.key});
  return put_state_.run(key.city, key.kind, Blob{key.key}, Blob{*change.value});
}

Result<void> ShardJournal::prune(Offset next) {
  const std::int64_t before = milliseconds(now_() - limits_.keep_inputs);
  bool due = false;
  const auto look = oldest_input_.each([&](const Row& row) {
    due = row.integer(0) < before;
    return false;
  });
  if (!look) return look;
  if (!due) return outputs_.prune(now_(), 0);
  const std::int64_t slice = kPruneSlice + 2 * (next.value() - committed_);
  return prune_inputs_.run(next.value(), slice, before).and_then([&] {
    return outputs_.prune(now_(), database_.changes());
  });
}

}  // namespace kentongan::sqlite
