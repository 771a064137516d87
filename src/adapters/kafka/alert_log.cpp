// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/alert_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

#include "adapters/kafka/record.hpp"

namespace kentongan::kafka {
namespace {

constexpr int kAskMs = 5000;
constexpr int kSliceMs = 100;
constexpr auto kLeave = std::chrono::seconds(1);
constexpr std::string_view kPrefix = "alerts/";

using Positions = std::map<std::int32_t, std::int64_t>;  ///< of partitions: the offset of the next record

std::string name_of(std::int32_t partition) { return fmt::format("{}{}", kPrefix, partition); }

Positions read_positions(const std::map<std::string, std::int64_t>& after) {
  Positions positions;
  for (const auto& [name, offset] : after) {
    std::int32_t partition = 0;
    if (!name.starts_with(kPrefix)) continue;
    const auto read = std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), partition);
    if (read.ec == std::errc()) positions[partition] = offset;
  }
  return positions;
}

std::vector<Property> properties_of(const Settings& settings) {
  std::vector<Property> properties{{"group.id", settings.group + ".notify"},
                                   {"partition.assignment.strategy", "range"},
                                   {"enable.auto.commit", "false"},
                                   {"enable.auto.offset.store", "false"},
                                   {"isolation.level", "read_committed"},
                                   {"auto.offset.reset", "earliest"},
                                   {"check.crcs", "true"},
                                   {"fetch.wait.max.ms", "50"}};
  for (const auto& [name, value] : {std::pair("session.timeout.ms", "10000"), {"heartbeat.interval.ms", "2000"}}) {
    if (!settings.properties.contains(name)) properties.emplace_back(name, value);
  }
  if (!settings.instance.empty()) properties.emplace_back("group.instance.id", settings.instance + ".notify");
  return properties;
}

}  // namespace

class KafkaAlertLog::Parts {
 public:
  Parts(const Settings& settings, const std::atomic<bool>& stop) : settings_(settings), stopping_(stop) {}

  ~Parts() {
    if (client_ && settings_.instance.empty()) leave();
  }

  [[nodiscard]] Result<void> open() {
    ClientPlan plan;
    plan.name = settings_.group + ".notify";
    plan.properties = properties_of(settings_);
    plan.rebalance = [this](rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions) {
      rebalance(code, *partitions);
    };
    auto client = make_client(settings_, std::move(plan));
    if (!client) return tl::unexpected(client.error());
    client_ = *std::move(client);
    const PartitionList topics(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(topics.get(), settings_.topics.alerts.c_str(), RD_KAFKA_PARTITION_UA);
    const auto code = rd_kafka_subscribe(client_.get(), topics.get());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    return tl::unexpected(to_error(settings_, "subscribing to the alerts", code));
  }

  [[nodiscard]] Result<ports::AlertLogPart> read(const std::map<std::string, std::int64_t>& after, std::size_t most,
                                                 Duration wait) {
    const Positions planned = read_positions(after);
    const auto until = std::chrono::steady_clock::now() + wait;
    Positions read;
    ports::AlertLogPart part;
    while (part.alerts.size() < most) {
      const Message message(rd_kafka_consumer_poll(client_.get(), part.alerts.empty() ? kSliceMs : 0));
      if (moved_) {  // what was read before is not planned: it comes again
        if (auto begun = begin(planned); !begun) return tl::unexpected(begun.error());
        return ports::AlertLogPart{};
      }
      if (message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (!is_next(*message, planned)) continue;
        read[message->partition] = message->offset + 1;
        take(*message, part);
      } else if (message && rd_kafka_fatal_error(client_.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return tl::unexpected(to_error(settings_, "reading alerts", message->err));
      } else if (!part.alerts.empty() || stopping_ || std::chrono::steady_clock::now() >= until) {
        break;
      }
    }
    for (const auto& [partition, offset] : read) {
      part.positions.emplace_back(name_of(partition), offset);
      handed_[partition] = offset;
    }
    return part;
  }

  void commit(const std::vector<std::pair<std::string, std::int64_t>>& positions) {
    const Positions planned = read_positions({positions.begin(), positions.end()});
    if (planned.empty()) return;
    const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(planned.size())));
    for (const auto& [partition, offset] : planned) add(list.get(), partition, offset);
    rd_kafka_commit(client_.get(), list.get(), 1);  // one that fails is made good by the next, and by the outbox
  }

 private:
  /// So that the group need not wait for a member that is gone; one with a name comes back.
  void leave() {
    const auto until = std::chrono::steady_clock::now() + kLeave;
    rd_kafka_unsubscribe(client_.get());
    while (!assigned_.empty() && std::chrono::steady_clock::now() < until) {
      const Message ignored(rd_kafka_consumer_poll(client_.get(), 50));
    }
    const Message ignored(rd_kafka_consumer_poll(client_.get(), 100));  // the request goes out behind it
  }

  void add(rd_kafka_topic_partition_list_t* list, std::int32_t partition, std::int64_t offset) const {
    rd_kafka_topic_partition_list_add(list, settings_.topics.alerts.c_str(), partition)->offset = offset;
  }

  void rebalance(rd_kafka_resp_err_t code, const rd_kafka_topic_partition_list_t& partitions) {
    assigned_.clear();
    moved_ = true;
    if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
      for (int i = 0; i < partitions.cnt; ++i) assigned_.insert(partitions.elems[i].partition);
    } else {
      rd_kafka_assign(client_.get(), nullptr);
    }
  }

  /// Takes the partitions over behind what this outbox or another one has planned.
  [[nodiscard]] Result<void> begin(const Positions& planned) {
    const PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(assigned_.size()) + 1));
    for (const std::int32_t partition : assigned_) add(list.get(), partition, RD_KAFKA_OFFSET_INVALID);
    if (list->cnt > 0) {
      const auto code = rd_kafka_committed(client_.get(), list.get(), kAskMs);
      if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings_, "offsets of the group", code));
    }
    for (int i = 0; i < list->cnt; ++i) {
      rd_kafka_topic_partition_t& one = list->elems[i];
      const auto known = planned.find(one.partition);
      if (known != planned.end()) one.offset = std::max(one.offset, known->second);
      if (one.offset < 0) one.offset = RD_KAFKA_OFFSET_BEGINNING;
    }
    const auto code = rd_kafka_assign(client_.get(), list.get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings_, "taking over alerts", code));
    moved_ = false;
    handed_.clear();
    return {};
  }

  /// False: what was handed out before was not planned, and all is read again from there.
  [[nodiscard]] bool is_next(const rd_kafka_message_t& message, const Positions& planned) {
    const auto handed = handed_.find(message.partition);
    if (handed == handed_.end()) return true;
    const auto known = planned.find(message.partition);
    if (known != planned.end() && known->second == handed->second) return true;
    moved_ = true;
    return false;
  }

  static void take(const rd_kafka_message_t& message, ports::AlertLogPart& part) {
    if (message.payload == nullptr) return;
    const Headers headers = read_headers(message);
    const std::string_view id = find_header(headers, "ce_id").value_or("");
    part.alerts.push_back({std::string(id), from_binary(value_of(message), headers)});
  }

  const Settings& settings_;
  const std::atomic<bool>& stopping_;
  std::set<std::int32_t> assigned_;
  bool moved_ = false;
  Positions handed_;
  Client client_;  ///< ends first: its callbacks use the rest
};

KafkaAlertLog::KafkaAlertLog(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
KafkaAlertLog::~KafkaAlertLog() = default;

Result<std::unique_ptr<KafkaAlertLog>> KafkaAlertLog::open(const Settings& settings, const std::atomic<bool>& stop) {
  auto parts = std::make_unique<Parts>(settings, stop);
  if (auto opened = parts->open(); !opened) return tl::unexpected(opened.error());
  return std::unique_ptr<KafkaAlertLog>(new KafkaAlertLog(std::move(parts)));
}

Result<ports::AlertLogPart> KafkaAlertLog::read(const std::map<std::string, std::int64_t>& after, std::size_t most,
                                                Duration wait) {
  return parts_->read(after, most, wait);
}

void KafkaAlertLog::planned(const std::vector<std::pair<std::string, std::int64_t>>& positions) {
  parts_->commit(positions);
}

}  // namespace kentongan::kafka
