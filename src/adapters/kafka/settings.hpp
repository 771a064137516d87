// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/words.hpp"
#include "ports/journal.hpp"

namespace kentongan::kafka {

struct Topics {
  /// By EventType. Several may be one topic: then its order is that of all that is in it.
  std::array<std::string, 5> inputs{"kentongan.reports", "kentongan.campaigns", "kentongan.logistics",
                                    "kentongan.readiness", "kentongan.actions"};
  std::string alerts = "kentongan.alerts";
  std::string risk = "kentongan.risk";
  std::string deadletter = "kentongan.deadletter";
  std::string state = "kentongan.state";

  /// Each input topic once, in the order of EventType.
  [[nodiscard]] std::vector<std::string> distinct_inputs() const;
  [[nodiscard]] const std::string& input(EventType type) const { return inputs[static_cast<std::size_t>(type)]; }
  [[nodiscard]] const std::string& output(ports::OutputTopic topic) const;
};

enum class Severity : unsigned char { info, warning, error };

struct Settings {
  std::string brokers = "127.0.0.1:9092";
  std::string group = "kentongan";
  /// Names this process among those of the group, and is the same after a restart. Empty: a new member each time.
  std::string instance;
  Topics topics;
  std::map<std::string, std::string> properties;  ///< of librdkafka; check_property() knows which
  /// Called from any thread. Never given a secret.
  std::function<void(Severity, const std::string&)> log = [](Severity, const std::string&) {};

  /// What a record of the dead-letter topic may weigh; the raw bytes of a larger one are cut.
  std::size_t deadletter_bytes = 1'000'000;

  /// A property that was set, as a number of milliseconds or `fallback`.
  [[nodiscard]] int number(std::string_view property, int fallback) const;
};

/// Whether a property of librdkafka may be set, and to this. The allow-list leaves out what the guarantee rests on,
/// what loads code, and what turns off the check of a broker's name. Error::usage says what to write instead.
[[nodiscard]] Result<void> check_property(std::string_view name, std::string_view value);

/// Of ours, not librdkafka's: a token for OAUTHBEARER, read anew whenever the last one is about to expire.
inline constexpr std::string_view kTokenProperty = "sasl.oauthbearer.token";

/// Every property that check_property() takes.
[[nodiscard]] std::vector<std::string_view> allowed_properties();

/// Names that must not appear twice and so on. Error::usage.
[[nodiscard]] Result<void> check_settings(const Settings& settings);

/// A secret that a configuration names as `env:NAME` or `file:PATH`; `name` is the setting, for messages. Error::usage.
[[nodiscard]] Result<std::string> read_secret(std::string_view name, const std::string& value);

/// The value of a property as it is given to librdkafka: `env:NAME` and `file:PATH` of a secret are looked up.
[[nodiscard]] Result<std::string> resolve_property(std::string_view name, const std::string& value);

}  // namespace kentongan::kafka
