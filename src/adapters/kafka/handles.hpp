// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>

/// Owners of librdkafka's objects, for the sources of this folder.
namespace kentongan::kafka {

struct HandleDeleter {
  /// Without the consumer's close: that one can hang after a broker has bounced. Who has to leave a group does so
  /// before.
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE); }
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
  void operator()(rd_kafka_topic_partition_list_t* list) const { rd_kafka_topic_partition_list_destroy(list); }
  void operator()(rd_kafka_error_t* error) const { rd_kafka_error_destroy(error); }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
  void operator()(rd_kafka_consumer_group_metadata_t* group) const { rd_kafka_consumer_group_metadata_destroy(group); }
  void operator()(const rd_kafka_metadata_t* metadata) const { rd_kafka_metadata_destroy(metadata); }
};

template <class T>
using Owned = std::unique_ptr<T, HandleDeleter>;

using Handle = Owned<rd_kafka_t>;
using Conf = Owned<rd_kafka_conf_t>;
using Message = Owned<rd_kafka_message_t>;
using PartitionList = Owned<rd_kafka_topic_partition_list_t>;
using KafkaError = Owned<rd_kafka_error_t>;

}  // namespace kentongan::kafka
