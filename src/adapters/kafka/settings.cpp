// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

namespace kentongan::kafka {
namespace {

/// Every property that a configuration may set, in alphabetical order.
constexpr std::array<std::string_view, 38> kAllowed{
    "broker.address.family",
    "client.id",
    "client.rack",
    "compression.codec",
    "compression.type",
    "connections.max.idle.ms",
    "enable.ssl.certificate.verification",
    "fetch.max.bytes",
    "fetch.message.max.bytes",
    "fetch.wait.max.ms",
    "heartbeat.interval.ms",
    "linger.ms",
    "max.poll.interval.ms",
    "metadata.max.age.ms",
    "queued.max.messages.kbytes",
    "queued.min.messages",
    "reconnect.backoff.max.ms",
    "reconnect.backoff.ms",
    "sasl.mechanism",
    "sasl.mechanisms",
    "sasl.oauthbearer.client.id",
    "sasl.oauthbearer.client.secret",
    "sasl.oauthbearer.method",
    "sasl.oauthbearer.scope",
    "sasl.oauthbearer.token",
    "sasl.oauthbearer.token.endpoint.url",
    "sasl.password",
    "sasl.username",
    "security.protocol",
    "session.timeout.ms",
    "socket.keepalive.enable",
    "socket.timeout.ms",
    "ssl.ca.location",
    "ssl.certificate.location",
    "ssl.endpoint.identification.algorithm",
    "ssl.key.location",
    "ssl.key.password",
    "transaction.timeout.ms",
};
constexpr std::array<std::string_view, 4> kSecrets{"sasl.oauthbearer.client.secret", "sasl.oauthbearer.token",
                                                   "sasl.password", "ssl.key.password"};

bool is_one_of(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<std::string> Topics::distinct_inputs() const {
  std::vector<std::string> distinct;
  for (const std::string& topic : inputs) {
    if (!is_one_of(distinct, topic)) distinct.push_back(topic);
  }
  return distinct;
}

const std::string& Topics::output(ports::OutputTopic topic) const {
  switch (topic) {
    case ports::OutputTopic::alerts:
      return alerts;
    case ports::OutputTopic::risk:
      return risk;
    case ports::OutputTopic::deadletters:
      return deadletter;
  }
  return deadletter;
}

int Settings::number(std::string_view property, int fallback) const {
  const auto found = properties.find(std::string(property));
  if (found == properties.end()) return fallback;
  int value = fallback;
  const std::string& text = found->second;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Result<void> check_property(std::string_view name, std::string_view value) {
  if (!is_one_of(kAllowed, name)) {
    return fail(Error::Kind::usage,
                fmt::format("the property {} is not taken: kentongan sets it itself, or it would "
                            "weaken what is promised; docs/operations/kafka.md lists those that are",
                            name));
  }
  if (name == "enable.ssl.certificate.verification" && value != "true") {
    return fail(Error::Kind::usage,
                "the check of the broker's certificate cannot be turned off; let ssl.ca.location "
                "name the authority that signed it");
  }
  if (name == "ssl.endpoint.identification.algorithm" && value != "https") {
    return fail(Error::Kind::usage,
                "the check of the broker's name cannot be turned off; its certificate must name "
                "the host that `brokers` names");
  }
  if (is_one_of(kSecrets, name) && !value.starts_with("env:") && !value.starts_with("file:")) {
    return fail(Error::Kind::usage,
                fmt::format("{} is a secret and does not belong into a configuration; write env:NAME of an environment "
                            "variable, or file:PATH of a file that holds nothing else",
                            name));
  }
  return {};
}

std::vector<std::string_view> allowed_properties() { return {kAllowed.begin(), kAllowed.end()}; }

Result<void> check_settings(const Settings& settings) {
  if (settings.brokers.empty()) return fail(Error::Kind::usage, "journal.brokers names no broker");
  if (settings.group.empty()) return fail(Error::Kind::usage, "journal.group is empty");
  std::vector<std::string> all = settings.topics.distinct_inputs();
  const Topics& topics = settings.topics;
  for (const std::string* topic : {&topics.alerts, &topics.risk, &topics.deadletter, &topics.state}) {
    all.push_back(*topic);
  }
  std::set<std::string_view> seen;
  for (const std::string& topic : all) {
    if (topic.empty()) return fail(Error::Kind::usage, "journal.topics: a topic has no name");
    if (!seen.insert(topic).second) {
      return fail(Error::Kind::usage,
                  fmt::format("journal.topics: {} is named twice; only topics of inputs may be the same", topic));
    }
  }
  for (const auto& [name, value] : settings.properties) {
    if (auto checked = check_property(name, value); !checked) return checked;
  }
  return {};
}

Result<std::string> resolve_property(std::string_view name, const std::string& value) {
  if (!is_one_of(kSecrets, name)) return value;
  return read_secret(name, value);
}

Result<std::string> read_secret(std::string_view name, const std::string& value) {
  if (value.starts_with("env:")) {
    const std::string variable = value.substr(4);
    const char* secret = std::getenv(variable.c_str());
    if (secret == nullptr) {
      return fail(Error::Kind::usage, fmt::format("{}: the environment variable {} is not set", name, variable));
    }
    return std::string(secret);
  }
  std::ifstream file(value.substr(5), std::ios::binary);
  std::string secret{std::istreambuf_iterator<char>(file), {}};
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (secret.empty()) {
    return fail(Error::Kind::usage, fmt::format("{}: the file {} cannot be read, or is empty", name, value.substr(5)));
  }
  return secret;
}

}  // namespace kentongan::kafka
