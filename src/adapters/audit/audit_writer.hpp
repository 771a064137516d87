// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/audit/audit_file.hpp"
#include "ports/access.hpp"

namespace kentongan::audit {

struct WriterOptions {
  std::filesystem::path path;
  Duration keep = std::chrono::days(365);
  std::size_t most_waiting = 4096;  ///< deeds; beyond, none is kept until some are written
  std::function<TimePoint()> now;
  /// A line about what retention removed, or what failed. From the writer's thread.
  std::function<void(bool good, const std::string& line)> tell = [](bool, const std::string&) {};
};

/// Appends deeds from a thread of its own; those that wait at the same time are one commit. At the start, and then once
/// an hour, entries that are older than `keep` are removed.
class AuditWriter : public ports::Record {
 public:
  [[nodiscard]] static Result<std::unique_ptr<AuditWriter>> open(WriterOptions options);
  /// As stop().
  ~AuditWriter() override;
  AuditWriter(const AuditWriter&) = delete;
  AuditWriter& operator=(const AuditWriter&) = delete;

  void keep(ports::Deed deed, std::function<void(const Result<void>&)> done) override;
  /// Writes what waits, and ends. What comes behind it is refused.
  void stop();

 private:
  struct Waiting {
    ports::Deed deed;
    std::function<void(const Result<void>&)> done;
  };
  AuditWriter(WriterOptions options, std::unique_ptr<AuditFile> file);
  void work();
  void write(std::deque<Waiting> batch);
  void retain();

  WriterOptions options_;
  std::unique_ptr<AuditFile> file_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kentongan::audit
