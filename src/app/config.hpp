// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access/access_config.hpp"
#include "app/log/log.hpp"
#include "app/notify/notify_config.hpp"
#include "domain/error.hpp"
#include "domain/time.hpp"

namespace kentongan::app {

enum class ClockKind : unsigned char { wall, event };

enum class JournalKind : unsigned char { sqlite, kafka };

/// `journal` of type kafka.
struct KafkaConfig {
  std::string brokers = "127.0.0.1:9092";
  std::string group = "kentongan";
  std::string instance;                           ///< empty: another one at each start
  std::map<std::string, std::string> topics;      ///< by role; those that were named
  std::map<std::string, std::string> properties;  ///< of librdkafka; those that it takes
};

/// The configuration of the service. docs/reference/configuration.md lists the keys.
struct Config {
  JournalKind journal = JournalKind::sqlite;
  KafkaConfig kafka;
  std::uint32_t workers = 1;
  std::filesystem::path journal_path = "./kentongan-data/kentongan.db";
  Duration keep_inputs = std::chrono::days(30);
  Duration keep_outputs = Duration(0);  ///< 0: for good
  std::filesystem::path rules;          ///< default: the rules of the installation; relative to where it runs
  std::filesystem::path reference;      ///< default: `reference` below rules
  std::string http_listen = "127.0.0.1:8080";
  ClockKind clock = ClockKind::wall;
  Duration lateness = std::chrono::hours(24);
  Duration dedupe = std::chrono::days(7);
  NotifyConfig notify;
  AccessConfig access;
  TlsConfig tls;
  LogOptions log;
  Duration watchdog = std::chrono::minutes(2);  ///< a worker without progress for so long ends the process; 0: never
};

/// The value of an environment variable, if it is set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Reads the YAML text (named `file` in errors), then lets the environment overrule it key by key
/// (KENTONGAN_HTTP_LISTEN for http.listen). Error::usage with every finding: file, line, what, what to do.
[[nodiscard]] Result<Config> read_config(std::string_view text, const std::string& file,
                                         const Environment& environment);

/// The names of all environment variables that are read.
[[nodiscard]] std::vector<std::string> environment_names();

/// Of these names (of all variables that are set) the ones that begin with KENTONGAN_ and are most likely meant
/// for one that is read, each as a line that says so.
[[nodiscard]] std::vector<std::string> misspelt_variables(const std::vector<std::string>& set);
/// The same of this process.
[[nodiscard]] std::vector<std::string> misspelt_variables();

/// Where a value comes from.
enum class Origin : unsigned char { standard, file, environment };

/// A setting as it is in effect. Of a secret the value is not told.
struct Setting {
  std::string path;   ///< "http.listen"
  std::string value;  ///< as a configuration would say it
  Origin origin = Origin::standard;
};

/// Every setting, journal.topics and journal.properties as far as they were named. `text` is the one that `config` was
/// read from.
[[nodiscard]] std::vector<Setting> settings_of(const Config& config, std::string_view text,
                                               const Environment& environment);

/// The variables of this process.
[[nodiscard]] Environment process_environment();

/// The text of a configuration file. Error::usage.
[[nodiscard]] Result<std::string> read_config_text(const std::filesystem::path& path);

/// read_config() of a file; without a path only defaults and the environment count.
[[nodiscard]] Result<Config> load_config(const std::optional<std::filesystem::path>& path);

}  // namespace kentongan::app
