// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "ports/event_stream.hpp"

namespace kentongan::app {

/// The latest committed outputs, in memory, for whoever follows them. Bounded by number and bytes; readers hold nothing
/// of it but a number. Thread-safe.
class OutputRing final : public ports::EventStream {
 public:
  struct Limits {
    std::size_t events = 4096;
    std::size_t bytes = std::size_t{16} << 20;
  };
  OutputRing() = default;
  explicit OutputRing(Limits limits) : limits_(limits) {}

  /// One output, in the order of its partition. One at or before the last of that partition is left out.
  /// `partition`: letters and digits. Returns whether it was taken.
  bool publish(const std::string& partition, std::int64_t offset, ports::OutputTopic topic, std::string value);
  /// What lies at or before this offset is not here, and will not be. Where that leaves a hole, what is here is
  /// dropped.
  void begin_behind(const std::string& partition, std::int64_t offset);

  /// Whether somebody read within this time. Who feeds it may rest while nobody does.
  [[nodiscard]] bool wanted(std::chrono::steady_clock::duration within) const;
  /// Readers may begin; false: they wait.
  void set_live(bool live);

  [[nodiscard]] std::optional<Start> begin(std::string_view last) override;
  [[nodiscard]] bool read(Cursor& cursor, std::size_t most, std::vector<ports::StreamedEvent>& events) override;

 private:
  struct Entry {
    ports::StreamedEvent event;
    std::string partition;
    std::int64_t offset = 0;
  };
  void drop_surplus();
  [[nodiscard]] std::string id_now() const;

  const Limits limits_{};
  std::atomic<std::chrono::steady_clock::time_point> read_at_{std::chrono::steady_clock::time_point::min()};
  std::atomic<bool> live_{false};
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;
  std::uint64_t first_ = 0;  ///< number of the first entry
  std::size_t bytes_ = 0;
  std::map<std::string, std::int64_t> last_;  ///< by partition: offset of the last output
  std::map<std::string, std::int64_t> gone_;  ///< by partition: up to here they are dropped
};

}  // namespace kentongan::app
