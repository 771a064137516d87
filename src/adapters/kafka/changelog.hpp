// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/kafka/settings.hpp"
#include "domain/error.hpp"

namespace kentongan::kafka {

/// The latest record of each key of one partition of the state topic.
using ChangelogPartition = std::map<std::string, std::string>;

struct RestoreProgress {
  std::int64_t read = 0;   ///< records
  std::int64_t ahead = 0;  ///< offsets to go
};

/// Reads the partitions up to the last transaction that was committed before the call; an open one of a worker that
/// is gone is waited for, until the broker ends it. Calls `progress` about every second and when done. Returns
/// early, with an error, when `stopping` becomes true.
[[nodiscard]] Result<std::map<std::int32_t, ChangelogPartition>> read_changelog(
    const Settings& settings, const std::vector<std::int32_t>& partitions,
    const std::function<void(const RestoreProgress&)>& progress, const std::atomic<bool>& stopping);

}  // namespace kentongan::kafka
