// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/kafka/handles.hpp"
#include "adapters/kafka/settings.hpp"
#include "domain/error.hpp"

/// Clients of librdkafka with what all of them have in common. For the sources of this folder.
namespace kentongan::kafka {

enum class ClientKind : unsigned char { consumer, producer };
using Property = std::pair<std::string_view, std::string>;

struct ClientPlan {
  ClientKind kind = ClientKind::consumer;
  std::string name;  ///< client.id, unless the settings have one
  /// Set behind those of the settings, so that these win.
  std::vector<Property> properties;
  /// Called while the consumer is polled.
  std::function<void(rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*)> rebalance = {};
};

/// A client and what it calls back.
class Client {
 public:
  Client() = default;
  [[nodiscard]] rd_kafka_t* get() const noexcept { return handle_.get(); }
  [[nodiscard]] explicit operator bool() const noexcept { return handle_ != nullptr; }
  void close() { handle_.reset(); }

 private:
  friend Result<Client> make_client(const Settings& settings, ClientPlan plan);
  struct Callbacks;
  struct DeleteCallbacks {
    void operator()(Callbacks* callbacks) const;
  };
  static void on_log(const rd_kafka_t* client, int level, const char* facility, const char* text);
  static void on_token_wanted(rd_kafka_t* client, const char* config, void* opaque);
  static void on_rebalance(rd_kafka_t* client, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions,
                           void* opaque);

  std::unique_ptr<Callbacks, DeleteCallbacks> callbacks_;
  Handle handle_;
};

/// `settings` outlives the client.
[[nodiscard]] Result<Client> make_client(const Settings& settings, ClientPlan plan);

/// A consumer that reads partitions without a group.
[[nodiscard]] Result<Client> make_reader(const Settings& settings, std::string name, bool committed_only);

/// "what: reason; what to do", with the brokers where the network is the reason.
[[nodiscard]] Error to_error(const Settings& settings, std::string_view what, rd_kafka_resp_err_t code,
                             std::string_view text = {});

/// How many partitions a topic has. Error::usage: there is no such topic; failed: no broker answered.
[[nodiscard]] Result<std::int32_t> partitions_of(rd_kafka_t* client, const Settings& settings, const std::string& topic,
                                                 int timeout_ms);

/// First offset and end of a partition. Of a committed-only reader the end is that of the last stable record.
struct Watermarks {
  std::int64_t low = 0;
  std::int64_t high = 0;
};
[[nodiscard]] Result<Watermarks> watermarks(rd_kafka_t* client, const Settings& settings, const std::string& topic,
                                            std::int32_t partition, int timeout_ms);

/// The partition of a key among `count`, as Java's producers choose it (murmur2). A city's code: its home.
[[nodiscard]] std::int32_t partition_of(std::string_view key, std::int32_t count);

}  // namespace kentongan::kafka
