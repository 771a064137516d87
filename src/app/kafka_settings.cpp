// SPDX-License-Identifier: Apache-2.0
#include "app/kafka_settings.hpp"

#include <array>

namespace kentongan::app {

Result<kafka::Settings> kafka_settings(const Config& config) {
  kafka::Settings settings;
  settings.brokers = config.kafka.brokers;
  settings.group = config.kafka.group;
  settings.instance = config.kafka.instance;
  settings.properties = config.kafka.properties;
  kafka::Topics& topics = settings.topics;
  const std::array<std::pair<const char*, std::string*>, 9> roles{{{"reports", &topics.inputs[0]},
                                                                   {"campaigns", &topics.inputs[1]},
                                                                   {"logistics", &topics.inputs[2]},
                                                                   {"readiness", &topics.inputs[3]},
                                                                   {"actions", &topics.inputs[4]},
                                                                   {"alerts", &topics.alerts},
                                                                   {"risk", &topics.risk},
                                                                   {"deadletter", &topics.deadletter},
                                                                   {"state", &topics.state}}};
  for (const auto& [role, name] : roles) {
    const auto named = config.kafka.topics.find(role);
    if (named != config.kafka.topics.end()) *name = named->second;
  }
  if (auto checked = kafka::check_settings(settings); !checked) return tl::unexpected(checked.error());
  return settings;
}

}  // namespace kentongan::app
