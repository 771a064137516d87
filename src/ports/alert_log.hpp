// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.hpp"
#include "domain/time.hpp"

namespace kentongan::ports {

struct LoggedAlert {
  std::string id;     ///< of the CloudEvent
  std::string value;  ///< the CloudEvent as structured JSON
};

struct AlertLogPart {
  std::vector<LoggedAlert> alerts;                              ///< in the order of the log
  std::vector<std::pair<std::string, std::int64_t>> positions;  ///< where reading goes on behind them, by partition
};

/// The committed alerts as a log that is read from a position on. Used by one thread.
class AlertLog {
 public:
  virtual ~AlertLog() = default;
  /// What comes behind these positions; waits up to `wait` for the first. A partition that is not among them is read
  /// from its beginning.
  [[nodiscard]] virtual Result<AlertLogPart> read(const std::map<std::string, std::int64_t>& after, std::size_t most,
                                                  Duration wait) = 0;
  /// What was read is planned and durable: a log that keeps positions itself notes them. May fail without harm.
  virtual void planned(const std::vector<std::pair<std::string, std::int64_t>>&) {}
};

}  // namespace kentongan::ports
