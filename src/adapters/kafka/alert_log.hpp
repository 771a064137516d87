// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

#include "adapters/kafka/settings.hpp"
#include "ports/alert_log.hpp"

namespace kentongan::kafka {

/// The alerts topic, read_committed, as a member of a group of its own, GROUP.notify: each partition is read by one
/// process. Partitions are named alerts/N, positions are offsets of the next record. Where the group has committed more
/// than the outbox knows, another process has planned it meanwhile, and reading goes on behind that.
class KafkaAlertLog final : public ports::AlertLog {
 public:
  /// The settings outlive it. Once `stop` is true, read() waits no longer.
  [[nodiscard]] static Result<std::unique_ptr<KafkaAlertLog>> open(const Settings& settings,
                                                                   const std::atomic<bool>& stop);
  ~KafkaAlertLog() override;
  [[nodiscard]] Result<ports::AlertLogPart> read(const std::map<std::string, std::int64_t>& after, std::size_t most,
                                                 Duration wait) override;
  void planned(const std::vector<std::pair<std::string, std::int64_t>>& positions) override;

 private:
  class Parts;
  explicit KafkaAlertLog(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace kentongan::kafka
