// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/kafka/binding.hpp"
#include "adapters/kafka/settings.hpp"
#include "domain/error.hpp"

/// What an operator does with dead letters on Kafka.
namespace kentongan::kafka {

/// A record of the dead-letter topic.
struct DeadLetterRecord {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::string> key;
  Headers headers;
  std::string event;  ///< structured; empty: the note that the one named in kRetriedHeader was put back
};

/// Visits all that are committed, partition by partition, until it returns false.
[[nodiscard]] Result<void> visit_dead_letters(const Settings& settings,
                                              const std::function<bool(const DeadLetterRecord&)>& visit);

struct PutBack {
  std::string topic;
  std::int32_t partition = 0;
};
/// Writes `raw` into the input topic that the dead letter `id` came from, under its city (a code; empty: into the
/// partition that it came from), and the note of it beside the dead letter, in one transaction.
[[nodiscard]] Result<PutBack> put_back(const Settings& settings, const DeadLetterRecord& letter, const std::string& id,
                                       const std::string& city, std::string_view raw);

}  // namespace kentongan::kafka
