// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/config.hpp"
#include "app/doctor/finding.hpp"

/// The checks, a file each. Those that look at the machine give their facts to a function that judges them.
namespace kentongan::app::doctor {

/// Variables that are most likely meant for another; files of secrets that cannot be read.
[[nodiscard]] Findings check_variables();
[[nodiscard]] Findings check_secrets(const Config& config);

/// rules, reference, calendar, roster.
[[nodiscard]] Findings check_rules(const Config& config, TimePoint now);

/// journal, rights, disk of the embedded journal.
[[nodiscard]] Findings check_journal(const Config& config);

struct DiskFacts {
  std::string folder;
  std::uintmax_t free_bytes = 0;  ///< for this user
  std::uintmax_t all_bytes = 0;
};
[[nodiscard]] Finding judge_disk(const DiskFacts& facts);

/// broker and topics, with Kafka.
[[nodiscard]] Findings check_broker(const Config& config);

/// The address that is listened on. `served`: the journal is in use, most likely by the service that listens.
[[nodiscard]] Finding check_listen(const Config& config, bool served);

struct ClockFacts {
  TimePoint now;
  bool synchronised = true;
  std::optional<TimePoint> by_file_system;  ///< of a file that was written at `now`
  std::optional<TimePoint> latest_event;    ///< when the journal took its last input
};
[[nodiscard]] Finding judge_clock(const ClockFacts& facts);
[[nodiscard]] Finding check_clock(const Config& config, std::optional<TimePoint> latest_event);

/// Tokens and the record, where the configuration has them.
[[nodiscard]] Findings check_access(const Config& config, TimePoint now);

/// The certificates that the configuration names: a line each.
[[nodiscard]] Findings check_certificates(const Config& config, TimePoint now);
/// Of the first certificate of a PEM file.
[[nodiscard]] Finding check_certificate(const std::filesystem::path& path, TimePoint now);

/// All of it.
[[nodiscard]] Findings examine(const std::optional<std::filesystem::path>& config);

}  // namespace kentongan::app::doctor
