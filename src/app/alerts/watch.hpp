// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/alerts/remote.hpp"

namespace kentongan::app::alerts {

/// Follows the open alerts of a service from look to look. No step is missed, however far apart the looks are: alerts
/// that have closed between two are asked for one by one. Used by one thread.
class Follower {
 public:
  /// `remote` outlives it. The filter's state is not heeded: what is open is followed until it has closed.
  Follower(const Remote& remote, Filter filter) : remote_(remote), filter_(std::move(filter)) {
    filter_.state = "open";
  }

  struct Look {
    std::vector<RemoteAlert> open;                              ///< newest first
    std::vector<std::pair<RemoteAlert, StepTaken>> since_then;  ///< steps since the look before, by time
  };
  /// At the first look nothing is new.
  [[nodiscard]] Result<Look> look();

 private:
  void compare(const RemoteAlert& alert, Look& look);

  const Remote& remote_;
  Filter filter_;
  bool first_ = true;
  std::map<std::string, std::size_t> known_;  ///< open alerts: how many steps they had
};

}  // namespace kentongan::app::alerts
