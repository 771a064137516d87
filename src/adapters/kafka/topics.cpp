// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/topics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "adapters/kafka/client.hpp"

namespace kentongan::kafka {
namespace {

constexpr std::array<std::string_view, 5> kInputRoles{"reports", "campaigns", "logistics", "readiness", "actions"};
/// A dead letter holds its input in base64, and inputs of a mebibyte are the rule.
constexpr std::string_view kDeadletterBytes = "2097152";
constexpr std::array<const char*, 5> kConfigNames{"cleanup.policy", "min.insync.replicas", "max.message.bytes",
                                                  "retention.ms", "compression.type"};

struct DeleteEvent {
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
};
using Event = std::unique_ptr<rd_kafka_event_t, DeleteEvent>;

std::vector<TopicState> planned(const Settings& settings) {
  std::vector<TopicState> topics;
  const auto add = [&](const std::string& name, std::string_view role) {
    const auto known =
        std::find_if(topics.begin(), topics.end(), [&](const TopicState& one) { return one.name == name; });
    if (known != topics.end()) {
      known->role += fmt::format(", {}", role);
    } else {
      TopicState& topic = topics.emplace_back();
      topic.name = name;
      topic.role = role;
    }
  };
  for (std::size_t i = 0; i < kInputRoles.size(); ++i) add(settings.topics.inputs[i], kInputRoles[i]);
  add(settings.topics.alerts, "alerts");
  add(settings.topics.risk, "risk");
  add(settings.topics.deadletter, "deadletter");
  add(settings.topics.state, "state");
  return topics;
}

Result<Client> admin_client(const Settings& settings) {
  ClientPlan plan;
  plan.kind = ClientKind::producer;
  plan.name = "kentongan-topics";
  return make_client(settings, std::move(plan));
}

struct Cluster {
  std::int32_t brokers = 0;
};

Result<Cluster> read_cluster(rd_kafka_t* client, const Settings& settings, std::vector<TopicState>& topics,
                             int timeout_ms) {
  const rd_kafka_metadata_t* raw = nullptr;
  const auto code = rd_kafka_metadata(client, 1, nullptr, &raw, timeout_ms);
  const Owned<const rd_kafka_metadata_t> metadata(raw);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings, "reading the topics", code));
  for (int i = 0; i < metadata->topic_cnt; ++i) {
    const rd_kafka_metadata_topic_t& found = metadata->topics[i];
    for (TopicState& topic : topics) {
      if (topic.name != found.topic || found.err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
      topic.exists = true;
      topic.partitions = found.partition_cnt;
      topic.replication = found.partition_cnt > 0 ? found.partitions[0].replica_cnt : 0;
    }
  }
  return Cluster{metadata->broker_cnt};
}

/// Leaves the configuration of a topic empty where it cannot be read.
void read_configs(rd_kafka_t* client, std::vector<TopicState>& topics, int timeout_ms) {
  std::vector<rd_kafka_ConfigResource_t*> wanted;
  for (const TopicState& topic : topics) {
    if (topic.exists) wanted.push_back(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.name.c_str()));
  }
  const Owned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client));
  if (!wanted.empty()) rd_kafka_DescribeConfigs(client, wanted.data(), wanted.size(), nullptr, queue.get());
  const Event event(wanted.empty() ? nullptr : rd_kafka_queue_poll(queue.get(), timeout_ms));
  rd_kafka_ConfigResource_destroy_array(wanted.data(), wanted.size());
  if (!event || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
  std::size_t count = 0;
  auto* const* const resources =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = rd_kafka_ConfigResource_name(resources[i]);
    const auto topic = std::find_if(topics.begin(), topics.end(), [&](const auto& one) { return one.name == name; });
    if (topic == topics.end()) continue;
    std::size_t entries = 0;
    const auto* const* const configs = rd_kafka_ConfigResource_configs(resources[i], &entries);
    for (std::size_t j = 0; j < entries; ++j) {
      const std::string_view key = rd_kafka_ConfigEntry_name(configs[j]);
      const char* const value = rd_kafka_ConfigEntry_value(configs[j]);
      if (value != nullptr && std::find(kConfigNames.begin(), kConfigNames.end(), key) != kConfigNames.end()) {
        topic->config[std::string(key)] = value;
      }
    }
  }
}

bool is_output(std::string_view role) {
  return role == "alerts" || role == "risk" || role == "deadletter" || role == "state";
}

std::string_view config_of(const TopicState& topic, const std::string& name) {
  const auto found = topic.config.find(name);
  return found == topic.config.end() ? std::string_view() : std::string_view(found->second);
}

void judge(std::vector<TopicState>& topics) {
  std::int32_t partitions = 0;
  const TopicState* measure = nullptr;
  for (TopicState& topic : topics) {
    if (!topic.exists) {
      topic.faults.emplace_back("does not exist; `kentongan topics create` makes it");
      continue;
    }
    if (measure == nullptr) {
      measure = &topic;
      partitions = topic.partitions;
    } else if (topic.partitions != partitions) {
      topic.faults.push_back(fmt::format(
          "has {} partitions, {} has {}; a city must lie in the partition of the same number everywhere: delete and "
          "make it anew with `kentongan topics create --partitions {}`",
          topic.partitions, measure->name, partitions, partitions));
    }
    const std::string_view cleanup = config_of(topic, "cleanup.policy");
    const bool keeps_latest = cleanup.empty() || cleanup == "compact";
    if (topic.role == "state" && !keeps_latest) {
      topic.faults.push_back(fmt::format(
          "has cleanup.policy={}: state would be lost by age; it must be compact (kafka-configs, or delete it and "
          "`kentongan topics create`)",
          cleanup));
    }
    if (topic.role == "risk" && !keeps_latest) {
      topic.warnings.push_back(
          fmt::format("has cleanup.policy={}, where compact keeps the level of each area", cleanup));
    }
    if (topic.replication > 1 && config_of(topic, "min.insync.replicas") == "1") {
      topic.warnings.emplace_back("has min.insync.replicas=1: what one broker alone acknowledged is lost with it");
    }
  }
}

Result<void> create(rd_kafka_t* client, const Settings& settings, const std::vector<TopicState>& topics,
                    const TopicPlan& plan, int timeout_ms) {
  std::vector<rd_kafka_NewTopic_t*> wanted;
  for (const TopicState& topic : topics) {
    std::array<char, 512> why{};
    rd_kafka_NewTopic_t* const one =
        rd_kafka_NewTopic_new(topic.name.c_str(), plan.partitions, plan.replication, why.data(), why.size());
    if (one == nullptr) {
      rd_kafka_NewTopic_destroy_array(wanted.data(), wanted.size());
      return fail(Error::Kind::usage, fmt::format("topic {}: {}", topic.name, why.data()));
    }
    wanted.push_back(one);
    const bool compact = topic.role == "state" || topic.role == "risk";
    rd_kafka_NewTopic_set_config(one, "cleanup.policy", compact ? "compact" : "delete");
    rd_kafka_NewTopic_set_config(one, "min.insync.replicas", plan.replication >= 3 ? "2" : "1");
    // The time of a record is that of the broker where it means nothing else: one that a worker with a wrong clock gave
    // might be refused. Inputs keep the time that their producers gave, which puts them in order.
    if (is_output(topic.role)) rd_kafka_NewTopic_set_config(one, "message.timestamp.type", "LogAppendTime");
    if (topic.role == "deadletter") {
      rd_kafka_NewTopic_set_config(one, "max.message.bytes", std::string(kDeadletterBytes).c_str());
    }
  }
  const Owned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client));
  rd_kafka_CreateTopics(client, wanted.data(), wanted.size(), nullptr, queue.get());
  const Event event(rd_kafka_queue_poll(queue.get(), timeout_ms));
  rd_kafka_NewTopic_destroy_array(wanted.data(), wanted.size());
  if (!event) return tl::unexpected(to_error(settings, "creating topics", RD_KAFKA_RESP_ERR__TIMED_OUT));
  if (const auto code = rd_kafka_event_error(event.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(to_error(settings, "creating topics", code, rd_kafka_event_error_string(event.get())));
  }
  std::size_t count = 0;
  const auto* const* const results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto code = rd_kafka_topic_result_error(results[i]);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
    const char* const text = rd_kafka_topic_result_error_string(results[i]);
    return tl::unexpected(to_error(settings, fmt::format("creating {}", rd_kafka_topic_result_name(results[i])), code,
                                   text == nullptr ? "" : text));
  }
  return {};
}

}  // namespace

Result<std::vector<TopicState>> describe_topics(const Settings& settings, int timeout_ms) {
  auto client = admin_client(settings);
  if (!client) return tl::unexpected(client.error());
  std::vector<TopicState> topics = planned(settings);
  if (auto cluster = read_cluster(client->get(), settings, topics, timeout_ms); !cluster) {
    return tl::unexpected(cluster.error());
  }
  read_configs(client->get(), topics, timeout_ms);
  judge(topics);
  return topics;
}

Result<std::vector<std::string>> create_topics(const Settings& settings, const TopicPlan& plan, int timeout_ms) {
  auto client = admin_client(settings);
  if (!client) return tl::unexpected(client.error());
  std::vector<TopicState> topics = planned(settings);
  const auto cluster = read_cluster(client->get(), settings, topics, timeout_ms);
  if (!cluster) return tl::unexpected(cluster.error());
  std::erase_if(topics, [](const TopicState& topic) { return topic.exists; });
  TopicPlan exact = plan;
  if (exact.replication == 0) exact.replication = std::min(cluster->brokers, 3);
  std::vector<std::string> made;
  if (topics.empty()) return made;
  if (auto created = create(client->get(), settings, topics, exact, timeout_ms); !created) {
    return tl::unexpected(created.error());
  }
  for (const TopicState& topic : topics) made.push_back(topic.name);
  return made;
}

Result<void> require_good(const std::vector<TopicState>& topics) {
  for (const TopicState& topic : topics) {
    if (!topic.faults.empty()) {
      return fail(Error::Kind::usage, fmt::format("topic {} {}", topic.name, topic.faults.front()));
    }
  }
  return {};
}

std::size_t deadletter_bytes(const std::vector<TopicState>& topics) {
  constexpr std::size_t kUsual = 1'048'588;
  constexpr std::size_t kForHeaders = 32'768;
  for (const TopicState& topic : topics) {
    if (topic.role != "deadletter") continue;
    std::size_t most = kUsual;
    const std::string_view text = config_of(topic, "max.message.bytes");
    std::from_chars(text.data(), text.data() + text.size(), most);
    return most > 2 * kForHeaders ? most - kForHeaders : most / 2;
  }
  return kUsual - kForHeaders;
}

}  // namespace kentongan::kafka
