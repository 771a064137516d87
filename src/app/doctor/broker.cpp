// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "adapters/kafka/topics.hpp"
#include "app/doctor/checks.hpp"
#include "app/kafka_settings.hpp"

namespace kentongan::app::doctor {

Findings check_broker(const Config& config) {
  constexpr int kAskMs = 5000;
  const auto settings = kafka_settings(config);
  if (!settings) return {bad("broker", settings.error().message, "correct the configuration")};
  const auto topics = kafka::describe_topics(*settings, kAskMs);
  if (!topics) {
    return {bad("broker", topics.error().message,
                "check journal.brokers, the network and, where there is one, the certificate and password")};
  }
  Findings findings{good("broker", fmt::format("{} answers", settings->brokers))};
  std::size_t wrong = 0;
  for (const kafka::TopicState& topic : *topics) {
    wrong += topic.faults.size() + topic.warnings.size();
    for (const std::string& fault : topic.faults) {
      findings.push_back(bad("topics", fmt::format("{} {}", topic.name, fault),
                             "`kentongan topics create` makes those that are missing; docs/operations/kafka.md"));
    }
    for (const std::string& warning : topic.warnings) {
      findings.push_back(doubtful("topics", fmt::format("{} {}", topic.name, warning), "docs/operations/kafka.md"));
    }
  }
  if (wrong == 0) findings.push_back(good("topics", fmt::format("{} topics are as they must be", topics->size())));
  return findings;
}

}  // namespace kentongan::app::doctor
