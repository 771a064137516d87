// SPDX-License-Identifier: Apache-2.0
// Where does the last committed transaction end? A read_committed consumer stops at the last stable offset, which
// an open transaction holds back, and what is behind that may be committed. So the end is asked for without that
// limit, and reading goes on until the position has reached it. The position counts, never the number of
// records: the markers of transactions have offsets too, and compaction leaves gaps.
#include "adapters/kafka/changelog.hpp"

#include <fmt/format.h>

#include <chrono>

#include "adapters/kafka/client.hpp"

namespace kentongan::kafka {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kAskMs = 5000;

class Reading {
 public:
  Reading(const Settings& settings, const std::vector<std::int32_t>& partitions)
      : settings_(settings), topic_(settings.topics.state), partitions_(partitions) {}

  Result<void> find_ends() {
    auto asking = make_reader(settings_, "kentongan-ends", false);
    if (!asking) return tl::unexpected(asking.error());
    for (const std::int32_t partition : partitions_) {
      result_[partition];
      const auto marks = watermarks(asking->get(), settings_, topic_, partition, kAskMs);
      if (!marks) return tl::unexpected(marks.error());
      if (marks->high > marks->low) open_[partition] = {marks->low, marks->high};
    }
    return {};
  }

  Result<void> begin() {
    if (open_.empty()) return {};
    auto reader = make_reader(settings_, "kentongan-restore", true);
    if (!reader) return tl::unexpected(reader.error());
    reader_ = *std::move(reader);
    const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(open_.size())));
    for (const auto& [partition, span] : open_) {
      rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), partition)->offset = span.position;
    }
    const auto code = rd_kafka_assign(reader_.get(), list.get());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    return tl::unexpected(to_error(settings_, "restoring", code));
  }

  [[nodiscard]] bool done() const { return open_.empty(); }

  Result<void> read_one() {
    const Message message(rd_kafka_consumer_poll(reader_.get(), 100));
    if (!message) return {};
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      keep(*message);
      move(message->partition, message->offset + 1);
      ++read_;
    } else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      move(message->partition, message->offset);
    } else if (message->err != RD_KAFKA_RESP_ERR__TRANSPORT && message->err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      return tl::unexpected(to_error(settings_, "restoring from " + topic_, message->err));
    }
    return {};
  }

  [[nodiscard]] RestoreProgress progress() const {
    RestoreProgress progress{read_, 0};
    for (const auto& [partition, span] : open_) progress.ahead += span.end - span.position;
    return progress;
  }
  std::map<std::int32_t, ChangelogPartition> take() { return std::move(result_); }

 private:
  struct Span {
    std::int64_t position = 0;
    std::int64_t end = 0;
  };

  void keep(const rd_kafka_message_t& message) {
    ChangelogPartition& records = result_[message.partition];
    std::string key(static_cast<const char*>(message.key), message.key_len);
    if (message.payload == nullptr) {
      records.erase(key);
    } else {
      records.insert_or_assign(std::move(key), std::string(static_cast<const char*>(message.payload), message.len));
    }
  }

  void move(std::int32_t partition, std::int64_t position) {
    const auto found = open_.find(partition);
    if (found == open_.end()) return;
    found->second.position = position;
    if (position >= found->second.end) open_.erase(found);
  }

  const Settings& settings_;
  const std::string topic_;
  const std::vector<std::int32_t>& partitions_;
  Client reader_;
  std::map<std::int32_t, Span> open_;  ///< not read to the end yet
  std::map<std::int32_t, ChangelogPartition> result_;
  std::int64_t read_ = 0;
};

}  // namespace

Result<std::map<std::int32_t, ChangelogPartition>> read_changelog(
    const Settings& settings, const std::vector<std::int32_t>& partitions,
    const std::function<void(const RestoreProgress&)>& progress, const std::atomic<bool>& stopping) {
  Reading reading(settings, partitions);
  auto begun = reading.find_ends().and_then([&] { return reading.begin(); });
  if (!begun) return tl::unexpected(begun.error());

  // What holds a partition back at most: a transaction that nobody ends, and some patience with brokers.
  const auto patience = std::chrono::milliseconds(settings.number("transaction.timeout.ms", 10'000)) + 30s;
  auto told = Clock::now();
  auto moved = told;
  RestoreProgress last = reading.progress();
  while (!reading.done()) {
    if (stopping) return fail(Error::Kind::failed, "the service stops");
    if (auto read = reading.read_one(); !read) return tl::unexpected(read.error());
    const auto now = Clock::now();
    if (now - told < 1s) continue;
    told = now;
    const RestoreProgress current = reading.progress();
    progress(current);
    if (current.ahead != last.ahead) moved = now;
    last = current;
    if (now - moved > patience) {
      return fail(Error::Kind::failed,
                  fmt::format("restoring from {}: nothing comes, with {} offsets to go; is a transaction open that no "
                              "broker ends?",
                              settings.topics.state, current.ahead));
    }
  }
  progress(reading.progress());
  return reading.take();
}

}  // namespace kentongan::kafka
