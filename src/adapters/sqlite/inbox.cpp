// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/inbox.hpp"

#include <utility>

#include "adapters/sqlite/transaction.hpp"

namespace kentongan::sqlite {
namespace {

/// A group larger than this would keep the shard waiting for its turn.
constexpr std::size_t kGroupBytes = 4 << 20;
constexpr std::size_t kGroupRecords = 8192;

std::size_t total_size(const std::vector<std::string>& records) {
  std::size_t bytes = 0;
  for (const std::string& record : records) bytes += record.size();
  return bytes;
}

}  // namespace

GroupCommitInbox::GroupCommitInbox(Database& database, WriteTurn& turn, WalKeeper& keeper, DurableMark& mark,
                                   const FilePresence& presence, Limits limits, std::function<TimePoint()> now)
    : database_(database),
      turn_(turn),
      keeper_(keeper),
      mark_(mark),
      presence_(presence),
      limits_(limits),
      now_(std::move(now)),
      insert_(database, "INSERT INTO inputs(offset, received, value) VALUES(?1, ?2, ?3)", "storing events"),
      thread_([this] { work(); }) {}

GroupCommitInbox::~GroupCommitInbox() { stop(Duration(0)); }

bool GroupCommitInbox::append(std::vector<std::string> records, std::function<void(Result<void>)> done) {
  const std::size_t bytes = total_size(records);
  {
    const std::lock_guard guard(mutex_);
    const bool fits = waiting_.records + records.size() <= limits_.records && waiting_.bytes + bytes <= limits_.bytes;
    const bool idle = queue_.empty() && waiting_.records == 0;
    if (stopping_ || !(fits || idle)) return false;
    waiting_.records += records.size();
    waiting_.bytes += bytes;
    queue_.push_back(Request{std::move(records), bytes, std::move(done)});
  }
  changed_.notify_all();
  return true;
}

void GroupCommitInbox::stop(Duration limit) {
  if (!thread_.joinable()) return;
  {
    std::unique_lock guard(mutex_);
    stopping_ = true;
    changed_.notify_all();
    if (!changed_.wait_for(guard, limit, [&] { return ended_; })) {
      abandoned_ = true;
      database_.interrupt();
    }
  }
  thread_.join();
}

GroupCommitInbox::Waiting GroupCommitInbox::waiting() const {
  const std::lock_guard guard(mutex_);
  return waiting_;
}

void GroupCommitInbox::work() {
  for (;;) {
    {
      std::unique_lock guard(mutex_);
      changed_.wait(guard, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) {
        ended_ = true;
        changed_.notify_all();
        return;
      }
    }
    commit_group();
  }
}

void GroupCommitInbox::commit_group() {
  Group group;
  const Result<void> outcome = store(group);
  release(group);
  for (Request& request : group) request.done(outcome);
  if (outcome) keeper_.after_commit(database_);
}

Result<void> GroupCommitInbox::store(Group& group) {
  auto transaction = WriteTransaction::begin(database_, turn_);
  group = take_group();  // only now: what came while the shard had its turn goes along
  if (!transaction) return tl::unexpected(transaction.error());
  if (const std::lock_guard guard(mutex_); abandoned_) {
    return fail(Error::Kind::failed, "the service stopped before the events were stored; send them again");
  }
  std::int64_t offset = mark_.last();
  return insert(group, offset)
      .and_then([&] { return presence_.check(); })
      .and_then([&] { return transaction->commit(); })
      .map([&] { mark_.advance(offset); });
}

GroupCommitInbox::Group GroupCommitInbox::take_group() {
  Group group;
  Waiting taken;
  const std::lock_guard guard(mutex_);
  while (!queue_.empty()) {
    const Request& next = queue_.front();
    taken.records += next.records.size();
    taken.bytes += next.bytes;
    if (!group.empty() && (taken.records > kGroupRecords || taken.bytes > kGroupBytes)) break;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

Result<void> GroupCommitInbox::insert(const Group& group, std::int64_t& offset) {
  const std::int64_t received = now_().time_since_epoch().count();
  for (const Request& request : group) {
    for (const std::string& record : request.records) {
      if (auto stored = insert_.run(++offset, received, Blob{record}); !stored) return stored;
    }
  }
  return {};
}

void GroupCommitInbox::release(const Group& group) {
  const std::lock_guard guard(mutex_);
  for (const Request& request : group) {
    waiting_.records -= request.records.size();
    waiting_.bytes -= request.bytes;
  }
}

}  // namespace kentongan::sqlite
