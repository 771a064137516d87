// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/client.hpp"

#include <fmt/format.h>
#include <syslog.h>

#include <array>

#include "adapters/kafka/oauth_token.hpp"

namespace kentongan::kafka {
namespace {

/// What every client gets unless the settings say otherwise.
const std::array<Property, 4> kDefaults{{
    {"socket.nagle.disable", "true"},
    {"socket.keepalive.enable", "true"},
    {"log.connection.close", "false"},
    {"reconnect.backoff.max.ms", "2000"},
}};

Severity severity_of(int level) {
  if (level <= LOG_ERR) return Severity::error;
  return level <= LOG_WARNING ? Severity::warning : Severity::info;
}

/// Consumers would warn of properties that are for producers, and the other way round.
bool belongs_to_other_kind(std::string_view name, ClientKind kind) {
  constexpr std::array<std::string_view, 8> consumers{
      "fetch.max.bytes",      "fetch.message.max.bytes",    "fetch.wait.max.ms",   "heartbeat.interval.ms",
      "max.poll.interval.ms", "queued.max.messages.kbytes", "queued.min.messages", "session.timeout.ms"};
  constexpr std::array<std::string_view, 4> producers{"compression.codec", "compression.type", "linger.ms",
                                                      "transaction.timeout.ms"};
  const auto holds = [name](const auto& names) {
    for (const auto one : names) {
      if (one == name) return true;
    }
    return false;
  };
  return kind == ClientKind::consumer ? holds(producers) : holds(consumers);
}

Result<void> set(rd_kafka_conf_t* conf, std::string_view name, const std::string& value) {
  std::array<char, 512> why{};
  if (rd_kafka_conf_set(conf, std::string(name).c_str(), value.c_str(), why.data(), why.size()) == RD_KAFKA_CONF_OK) {
    return {};
  }
  // librdkafka's sentence would repeat the value, which may be a secret.
  return fail(Error::Kind::usage, fmt::format("journal.properties: {} cannot have the value that it was given", name));
}

}  // namespace

struct Client::Callbacks {
  const Settings* settings;
  decltype(ClientPlan::rebalance) rebalance;
};

void Client::DeleteCallbacks::operator()(Callbacks* callbacks) const { delete callbacks; }

void Client::on_log(const rd_kafka_t* client, int level, const char* /*facility*/, const char* text) {
  const auto* const callbacks = static_cast<const Callbacks*>(rd_kafka_opaque(client));
  if (callbacks != nullptr) callbacks->settings->log(severity_of(level), text);
}

void Client::on_rebalance(rd_kafka_t* /*client*/, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t* partitions,
                          void* opaque) {
  static_cast<const Callbacks*>(opaque)->rebalance(code, partitions);
}

/// On a thread of librdkafka's own: whoever polls may be busy for longer than a token lives.
void Client::on_token_wanted(rd_kafka_t* client, const char* /*config*/, void* opaque) {
  const Settings& settings = *static_cast<const Callbacks*>(opaque)->settings;
  const auto token = resolve_property(kTokenProperty, settings.properties.at(std::string(kTokenProperty)));
  const auto claims = token ? read_token(*token) : tl::unexpected(token.error());
  std::array<char, 512> why{};
  if (!claims) {
    settings.log(Severity::error, claims.error().message);
    rd_kafka_oauthbearer_set_token_failure(client, claims.error().message.c_str());
  } else if (rd_kafka_oauthbearer_set_token(client, token->c_str(), claims->expires_ms, claims->principal.c_str(),
                                            nullptr, 0, why.data(), why.size()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    settings.log(Severity::error, fmt::format("{}: {}", kTokenProperty, why.data()));
    rd_kafka_oauthbearer_set_token_failure(client, why.data());
  }
}

Result<Client> make_client(const Settings& settings, ClientPlan plan) {
  Conf conf(rd_kafka_conf_new());
  Result<void> done = set(conf.get(), "bootstrap.servers", settings.brokers);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (done) done = set(conf.get(), name, value);
  };
  add("client.id", plan.name);
  for (const auto& [name, value] : kDefaults) add(name, value);
  for (const auto& [name, value] : settings.properties) {
    if (name == kTokenProperty || belongs_to_other_kind(name, plan.kind)) continue;
    auto resolved = resolve_property(name, value);
    if (!resolved) return tl::unexpected(resolved.error());
    add(name, *resolved);
  }
  for (const auto& [name, value] : plan.properties) add(name, value);
  if (!done) return tl::unexpected(done.error());
  Client client;
  client.callbacks_.reset(new Client::Callbacks{&settings, std::move(plan.rebalance)});
  if (client.callbacks_->rebalance) rd_kafka_conf_set_rebalance_cb(conf.get(), Client::on_rebalance);
  rd_kafka_conf_set_log_cb(conf.get(), Client::on_log);
  const bool has_token = settings.properties.contains(std::string(kTokenProperty));
  if (has_token) {
    rd_kafka_conf_set_oauthbearer_token_refresh_cb(conf.get(), Client::on_token_wanted);
    rd_kafka_conf_enable_sasl_queue(conf.get(), 1);
  }
  rd_kafka_conf_set_opaque(conf.get(), client.callbacks_.get());

  std::array<char, 512> why{};
  const auto type = plan.kind == ClientKind::consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER;
  client.handle_.reset(rd_kafka_new(type, conf.get(), why.data(), why.size()));
  if (!client) return fail(Error::Kind::usage, fmt::format("journal: {}", why.data()));
  (void)conf.release();  // it is the client's now
  if (has_token) const KafkaError ignored(rd_kafka_sasl_background_callbacks_enable(client.get()));
  if (plan.kind == ClientKind::consumer) rd_kafka_poll_set_consumer(client.get());
  return client;
}

Result<Client> make_reader(const Settings& settings, std::string name, bool committed_only) {
  ClientPlan plan;
  plan.name = std::move(name);
  // It joins no group; librdkafka's consumers only work with the name of one.
  plan.properties = {
      {"group.id", settings.group},     {"isolation.level", committed_only ? "read_committed" : "read_uncommitted"},
      {"enable.auto.commit", "false"},  {"enable.auto.offset.store", "false"},
      {"enable.partition.eof", "true"}, {"auto.offset.reset", "error"},
      {"check.crcs", "true"},           {"fetch.wait.max.ms", "20"}};
  return make_client(settings, std::move(plan));
}

Error to_error(const Settings& settings, std::string_view what, rd_kafka_resp_err_t code, std::string_view text) {
  const std::string_view reason = text.empty() ? std::string_view(rd_kafka_err2str(code)) : text;
  switch (code) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
      return {Error::Kind::failed,
              fmt::format("{}: no broker of {} answers ({}); is it running, and is this the address "
                          "and security.protocol of it?",
                          what, settings.brokers, reason)};
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return {
          Error::Kind::failed,
          fmt::format("{}: this user may not ({}); docs/operations/kafka.md lists the rights it needs", what, reason)};
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return {Error::Kind::usage,
              fmt::format("{}: there is no such topic; `kentongan topics create` makes those that are missing", what)};
    case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
      return {
          Error::Kind::failed,
          fmt::format("{}: the broker refuses the time of a record ({}); the clocks of this machine and the broker's "
                      "are far apart: set them right",
                      what, reason)};
    default:
      return {Error::Kind::failed, fmt::format("{}: {} ({})", what, reason, rd_kafka_err2name(code))};
  }
}

Result<std::int32_t> partitions_of(rd_kafka_t* client, const Settings& settings, const std::string& topic,
                                   int timeout_ms) {
  const std::unique_ptr<rd_kafka_topic_t, void (*)(rd_kafka_topic_t*)> handle(
      rd_kafka_topic_new(client, topic.c_str(), nullptr), rd_kafka_topic_destroy);
  const rd_kafka_metadata_t* raw = nullptr;
  const auto code = rd_kafka_metadata(client, 0, handle.get(), &raw, timeout_ms);
  const Owned<const rd_kafka_metadata_t> metadata(raw);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings, "topic " + topic, code));
  if (metadata->topic_cnt != 1)
    return fail(Error::Kind::failed, "topic " + topic + ": the broker does not describe it");
  if (metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return tl::unexpected(to_error(settings, "topic " + topic, metadata->topics[0].err));
  }
  return metadata->topics[0].partition_cnt;
}

Result<Watermarks> watermarks(rd_kafka_t* client, const Settings& settings, const std::string& topic,
                              std::int32_t partition, int timeout_ms) {
  Watermarks marks;
  const auto code =
      rd_kafka_query_watermark_offsets(client, topic.c_str(), partition, &marks.low, &marks.high, timeout_ms);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return marks;
  return tl::unexpected(to_error(settings, fmt::format("offsets of {}-{}", topic, partition), code));
}

std::int32_t partition_of(std::string_view key, std::int32_t count) {
  return rd_kafka_msg_partitioner_murmur2(nullptr, key.data(), key.size(), count, nullptr, nullptr);
}

}  // namespace kentongan::kafka
