// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/kafka/binding.hpp"
#include "adapters/kafka/client.hpp"

namespace kentongan::kafka {

struct NewRecord {
  const std::string* topic = nullptr;
  std::int32_t partition = 0;
  std::optional<std::string_view> key;
  std::optional<std::string_view> value;  ///< none: a tombstone
  const Headers* headers = nullptr;
  std::int64_t timestamp = 0;  ///< 0: now
};

/// A transactional producer. Used by one thread.
///
/// Each step retries what can be retried, aborts what must be aborted, and returns the error; after one the producer
/// is not to be used again, as a late answer of the broker could end a later transaction: the caller opens a new one
/// under the same id, which fences and aborts what the old one left.
class Transactions {
 public:
  /// Fences earlier producers of this id and ends their transactions. Returns early when `stopping` becomes true.
  [[nodiscard]] static Result<std::unique_ptr<Transactions>> open(const Settings& settings, const std::string& id,
                                                                  const std::atomic<bool>& stopping);

  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> produce(const NewRecord& record);
  /// The offsets take part in the transaction; another generation of the group than `group` fails it.
  [[nodiscard]] Result<void> send_offsets(const rd_kafka_topic_partition_list_t& offsets,
                                          const rd_kafka_consumer_group_metadata_t& group);
  /// Durable and visible on return.
  [[nodiscard]] Result<void> commit();
  void abort();

  [[nodiscard]] rd_kafka_t* client() const noexcept { return client_.get(); }

 private:
  explicit Transactions(const Settings& settings) : settings_(settings) {}
  void flush();
  [[nodiscard]] Result<void> run(std::string_view what, const std::function<rd_kafka_error_t*()>& call);

  const Settings& settings_;
  Client client_;
};

}  // namespace kentongan::kafka
