// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/kafka/settings.hpp"
#include "domain/error.hpp"

/// The topics of the configuration: which there are, whether they are as they must be, and making those that are
/// missing.
namespace kentongan::kafka {

struct TopicState {
  std::string name;
  std::string role;  ///< reports, .., alerts, risk, deadletter, state
  bool exists = false;
  std::int32_t partitions = 0;
  std::int32_t replication = 0;
  std::map<std::string, std::string> config;  ///< empty: it may not be read
  std::vector<std::string> faults;            ///< nothing starts with these
  std::vector<std::string> warnings;
};

/// All topics of the settings, judged. Error: no broker answered.
[[nodiscard]] Result<std::vector<TopicState>> describe_topics(const Settings& settings, int timeout_ms);

struct TopicPlan {
  std::int32_t partitions = 12;
  std::int32_t replication = 0;  ///< 0: 3, or as many as there are brokers
};

/// Makes the topics that are missing; the names of those. One that exists keeps what it has.
[[nodiscard]] Result<std::vector<std::string>> create_topics(const Settings& settings, const TopicPlan& plan,
                                                             int timeout_ms);

/// The first fault among them, as Error::usage that says which command mends it.
[[nodiscard]] Result<void> require_good(const std::vector<TopicState>& topics);

/// What a record of the dead-letter topic may weigh.
[[nodiscard]] std::size_t deadletter_bytes(const std::vector<TopicState>& topics);

}  // namespace kentongan::kafka
