// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/kafka/binding.hpp"
#include "adapters/kafka/settings.hpp"
#include "ports/journal.hpp"

namespace kentongan::kafka {

/// Alerts and risk of all cities, as their topics have them: what any process answers for cities of others.
/// Follows the topics from their beginning in a thread of its own, and keeps at most `most_alerts`: closed ones go
/// first, then the oldest. Thread-safe.
class ReadModel final : public ports::AlertReader, public ports::RiskReader {
 public:
  /// `settings` outlives it.
  explicit ReadModel(const Settings& settings, std::size_t most_alerts = 100'000);
  ~ReadModel() override;
  /// What comes in near the end of the topics is handed on too, once each and in the order of its partition; from
  /// start()'s thread. To be called before start().
  using Sink = std::function<void(const std::string& partition, std::int64_t offset, ports::OutputTopic topic,
                                  std::string event)>;
  void hand_on(Sink sink) { sink_ = std::move(sink); }
  void start();
  void stop();

  [[nodiscard]] Result<ports::AlertPage> alerts(std::string_view state, std::string_view next,
                                                std::size_t limit) override;
  [[nodiscard]] Result<std::optional<ports::StoredAlert>> alert(std::string_view id) override;
  [[nodiscard]] std::optional<ports::StoredRisk> risk(std::string_view place) const override;
  [[nodiscard]] std::optional<TimePoint> clock(std::string_view city) const override;

  /// Records of the topics that it has not read yet, as far as is known.
  [[nodiscard]] std::uint64_t behind() const noexcept { return behind_; }
  /// It has read all that was there once.
  [[nodiscard]] bool caught_up() const noexcept { return caught_up_; }

  /// One record of a topic; what cannot be read is left out. For start()'s thread and for tests.
  void apply_alert(std::string_view data, const Headers& headers);
  void apply_risk(std::string_view data, const Headers& headers);

 private:
  /// Newest first.
  struct Order {
    std::int64_t fired = 0;  ///< ms since 1970
    std::string alert;
    friend bool operator<(const Order& a, const Order& b) {
      return a.fired != b.fired ? a.fired > b.fired : a.alert > b.alert;
    }
  };
  struct Entry {
    std::string state;
    ports::StoredAlert stored;
  };
  void loop();
  [[nodiscard]] Result<void> follow();
  void see(const std::string& city, TimePoint time);
  void drop_surplus();

  const Settings& settings_;
  Sink sink_;
  const std::size_t most_alerts_;
  mutable std::mutex mutex_;
  std::map<Order, Entry> alerts_;
  std::unordered_map<std::string, std::int64_t> fired_;  ///< of each alert
  std::unordered_map<std::string, ports::StoredRisk> risks_;
  std::unordered_map<std::string, TimePoint> clocks_;

  std::atomic<bool> stopping_{false};
  std::atomic<bool> caught_up_{false};
  std::atomic<std::uint64_t> behind_{0};
  std::thread thread_;
};

}  // namespace kentongan::kafka
