// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/topics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/exit_codes.hpp"
#include "app/kafka_settings.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

constexpr int kAskMs = 10'000;

Result<kafka::Settings> settings_of(const TopicsArguments& arguments) {
  const auto config = load_config(arguments.config);
  if (!config) return tl::unexpected(config.error());
  if (config->journal != JournalKind::kafka) {
    return fail(Error::Kind::usage, "the journal of this configuration is not Kafka; write `journal: {type: kafka}`");
  }
  return kafka_settings(*config);
}

Result<std::vector<kafka::TopicState>> described(const TopicsArguments& arguments) {
  const auto settings = settings_of(arguments);
  if (!settings) return tl::unexpected(settings.error());
  return kafka::describe_topics(*settings, kAskMs);
}

void print_text(const kafka::TopicState& topic) {
  if (topic.exists) {
    std::string config;
    for (const auto& [name, value] : topic.config) config += fmt::format(" {}={}", name, value);
    fmt::print("{:<28} {:<12} partitions={} replication={}{}\n", topic.name, topic.role, topic.partitions,
               topic.replication, config);
  } else {
    fmt::print("{:<28} {:<12} missing\n", topic.name, topic.role);
  }
}

std::string texts_json(const std::vector<std::string>& texts) {
  std::string json = "[";
  for (const std::string& text : texts) {
    if (json.size() > 1) json += ',';
    codec::append_string(json, text);
  }
  return json + "]";
}

std::string to_json(const kafka::TopicState& topic) {
  std::string json = "{\"topic\":";
  codec::append_string(json, topic.name);
  json += ",\"role\":";
  codec::append_string(json, topic.role);
  json += fmt::format(",\"exists\":{},\"partitions\":{},\"replication\":{},\"config\":{{", topic.exists,
                      topic.partitions, topic.replication);
  bool first = true;
  for (const auto& [name, value] : topic.config) {
    if (!std::exchange(first, false)) json += ',';
    codec::append_string(json, name);
    json += ':';
    codec::append_string(json, value);
  }
  return json + fmt::format("}},\"faults\":{},\"warnings\":{}}}", texts_json(topic.faults), texts_json(topic.warnings));
}

/// Brokers tell each other of new topics; some know them later than others.
Result<void> wait_for(const kafka::Settings& settings, const std::vector<std::string>& made) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kAskMs);
  for (;;) {
    const auto topics = kafka::describe_topics(settings, kAskMs);
    if (!topics) return tl::unexpected(topics.error());
    const bool all = std::none_of(topics->begin(), topics->end(), [&](const kafka::TopicState& topic) {
      return !topic.exists && std::find(made.begin(), made.end(), topic.name) != made.end();
    });
    if (all || std::chrono::steady_clock::now() >= until) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace

int topics_create(const TopicsArguments& arguments) {
  const auto settings = settings_of(arguments);
  if (!settings) return complain("topics create", settings.error());
  const auto made = kafka::create_topics(*settings, {arguments.partitions, arguments.replication}, kAskMs);
  if (!made) return complain("topics create", made.error());
  for (const std::string& topic : *made) fmt::print("created {}\n", topic);
  if (auto there = wait_for(*settings, *made); !there) return complain("topics create", there.error());
  return topics_check(arguments);
}

int topics_describe(const TopicsArguments& arguments) {
  const auto topics = described(arguments);
  if (!topics) return complain("topics describe", topics.error());
  if (arguments.format == "json") {
    std::string json = "{\"topics\":[";
    for (const kafka::TopicState& topic : *topics) json += (json.ends_with('[') ? "" : ",") + to_json(topic);
    fmt::print("{}]}}\n", json);
  } else {
    for (const kafka::TopicState& topic : *topics) print_text(topic);
  }
  return kGood;
}

int topics_check(const TopicsArguments& arguments) {
  const auto topics = described(arguments);
  if (!topics) return complain("topics check", topics.error());
  bool good = true;
  for (const kafka::TopicState& topic : *topics) {
    for (const std::string& fault : topic.faults) fmt::print("error: {} {}\n", topic.name, fault);
    for (const std::string& warning : topic.warnings) fmt::print("warning: {} {}\n", topic.name, warning);
    good = good && topic.faults.empty();
  }
  if (good) fmt::print("the topics are good\n");
  return good ? kGood : kWrong;
}

}  // namespace kentongan::app
