// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/engine_options.hpp"
#include "app/rule_source.hpp"

/// The subcommands. Each returns the exit code of the program (exit_codes.hpp) and writes its result to
/// standard output, everything else to standard error.
namespace kentongan::app {

struct ReplayArguments {
  RuleSource source;
  EngineArguments engine;
  std::optional<std::string> emit;  ///< default: alerts,risk
  std::optional<std::string> summary;
  std::optional<std::filesystem::path> against;  ///< older rules; the alerts are compared with theirs
  std::optional<std::string> format;             ///< of the comparison; default: text
  bool full_scan = false;
  bool strict = false;
  std::string input = "-";
};
[[nodiscard]] int replay(const ReplayArguments& arguments);

/// An alert, from the journal of a service or from a file of events; or an event.
struct ExplainArguments {
  std::optional<std::string> alert;
  std::optional<std::string> file;  ///< events that give the alert; none: the journal of `config`
  std::optional<std::filesystem::path> config;
  std::optional<std::string> event;    ///< file with the event, behind those that came before it
  std::optional<std::string> history;  ///< file with events that came before those of `event`
  std::optional<std::string> rule;     ///< none: all
  RuleSource source;                   ///< `rules` empty: those of `config`, or of the installation
  EngineArguments engine;
  std::string language = "en";
  std::string format = "text";
};
[[nodiscard]] int explain_command(const ExplainArguments& arguments);

struct CheckArguments {
  RuleSource source;
  std::string format = "text";
  std::string language;  ///< en or id; empty: see language_for()
  bool strict = false;
  bool fix = false;      ///< repair what is certain, then report the rest
  bool dry_run = false;  ///< with `fix`: print the difference, write nothing
};
[[nodiscard]] int check(const CheckArguments& arguments);

struct TestArguments {
  RuleSource source;
  std::string format = "text";
  std::string language;  ///< en or id; empty: see language_for()
  bool coverage = false;
};
[[nodiscard]] int test(const TestArguments& arguments);

/// Rates are shares of lines, 0 to 1.
struct GenerateArguments {
  std::string scenario = "malang-2024";
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> events;
  std::uint32_t cities = 1;
  std::optional<std::uint32_t> areas;
  int days = 45;
  std::uint32_t stories = 1;
  std::optional<std::string> labels, summary;
  std::optional<std::filesystem::path> reference, write_reference;
  double symptoms = 0.25;  ///< a kelurahan and day
  double duplicates = 0.01, delayed = 0.1, late = 0.02, corrections = 0.01, refutations = 0.005, malformed = 0.003;
};
[[nodiscard]] int generate(const GenerateArguments& arguments);

struct ScoreArguments {
  std::string labels;
  std::string format = "text";
  bool strict = false;
  std::string alerts = "-";
};
[[nodiscard]] int score(const ScoreArguments& arguments);

/// The JSON Schema of rule files, for editors.
[[nodiscard]] int schema();

struct RunArguments {
  std::optional<std::filesystem::path> config;
  std::optional<std::filesystem::path> rules, reference;  ///< instead of those of the configuration
};
[[nodiscard]] int run(const RunArguments& arguments);

struct JournalDumpArguments {
  std::optional<std::filesystem::path> config;
  std::string emit = "alerts,risk";
};
[[nodiscard]] int journal_dump(const JournalDumpArguments& arguments);

struct DeadLetterArguments {
  std::optional<std::filesystem::path> config;
  std::vector<std::string> reasons;  ///< of `list`; empty: all
  std::optional<std::string> since;  ///< of `list`: a time, or a duration back from now
  std::string id;                    ///< of `show` and `retry`
  bool json = false;
  bool raw = false;  ///< of `show`: nothing but the bytes
};
[[nodiscard]] int deadletter_list(const DeadLetterArguments& arguments);
[[nodiscard]] int deadletter_show(const DeadLetterArguments& arguments);
[[nodiscard]] int deadletter_retry(const DeadLetterArguments& arguments);

struct TopicsArguments {
  std::optional<std::filesystem::path> config;
  std::int32_t partitions = 12;
  std::int32_t replication = 0;  ///< 0: 3, or as many as there are brokers
  std::string format = "text";
};
[[nodiscard]] int topics_create(const TopicsArguments& arguments);
[[nodiscard]] int topics_describe(const TopicsArguments& arguments);
[[nodiscard]] int topics_check(const TopicsArguments& arguments);

struct ConfigArguments {
  std::optional<std::filesystem::path> config;
  std::string format = "text";  ///< of `show`
};
[[nodiscard]] int config_check(const ConfigArguments& arguments);
[[nodiscard]] int config_show(const ConfigArguments& arguments);

struct BackupArguments {
  std::optional<std::filesystem::path> config;
  std::filesystem::path file;  ///< the copy
};
[[nodiscard]] int backup(const BackupArguments& arguments);
[[nodiscard]] int restore(const BackupArguments& arguments);

struct DoctorArguments {
  std::optional<std::filesystem::path> config;
  std::string format = "text";
};
[[nodiscard]] int doctor_command(const DoctorArguments& arguments);

}  // namespace kentongan::app
