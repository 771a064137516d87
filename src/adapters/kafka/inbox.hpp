// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/kafka/transactions.hpp"
#include "ports/journal.hpp"

namespace kentongan::kafka {

/// The door of the service beside Kafka: what HTTP accepted is written into the input topics, under its city's key.
/// Requests that wait go together into one transaction, so that each is kept whole or not at all. Thread-safe.
class KafkaInbox final : public ports::Inbox {
 public:
  struct Limits {
    std::size_t records = 50'000;
    std::size_t bytes = std::size_t{12} << 20;
  };
  /// `settings` outlives it. `name`: the id of its transactions, as in WorkerJournal.
  KafkaInbox(const Settings& settings, std::string name, Limits limits);
  ~KafkaInbox() override;

  [[nodiscard]] bool append(std::vector<std::string> records, std::function<void(Result<void>)> done) override;
  [[nodiscard]] bool append_sorted(std::vector<ports::NewInput> inputs,
                                   std::function<void(Result<void>)> done) override;
  /// Writes what waits for at most `limit`, fails the rest, and ends.
  void stop(std::chrono::milliseconds limit);

 private:
  struct Request {
    std::vector<ports::NewInput> inputs;
    std::size_t bytes = 0;
    std::function<void(Result<void>)> done;
  };
  void loop();
  [[nodiscard]] Result<void> write(const std::vector<Request>& group);
  [[nodiscard]] Result<void> write_input(const ports::NewInput& input);
  [[nodiscard]] Result<void> open();

  const Settings& settings_;
  const std::string name_;
  const Limits limits_;
  std::unique_ptr<Transactions> transactions_;
  std::int32_t partitions_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Request> waiting_;
  std::size_t records_ = 0;  ///< that wait or are being written
  std::size_t bytes_ = 0;
  std::atomic<bool> stopping_{false};
  std::chrono::steady_clock::time_point give_up_ = std::chrono::steady_clock::time_point::max();
  std::thread thread_;  ///< last: it begins when all else is there
};

}  // namespace kentongan::kafka
