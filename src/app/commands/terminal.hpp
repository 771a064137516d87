// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/rule_source.hpp"
#include "domain/error.hpp"
#include "rules/said/text.hpp"

namespace kentongan::app {

/// Colours are only for a terminal, and not where NO_COLOR is set.
[[nodiscard]] bool wants_colour(int file);

/// The language that `--lang` names; where it names none English, or for people that of the environment (LC_ALL,
/// LC_MESSAGES or LANG, the first that is set, says `id`). What machines read stays the same everywhere.
[[nodiscard]] said::Language language_for(std::string_view lang, bool for_people);

/// "kentongan COMMAND: message" on standard error; returns the exit code that belongs to the error.
int complain(std::string_view command, const Error& error);

/// A line on standard error where the folders hold no rule: a wrong path is the likely reason.
void warn_without_rules(std::string_view command, const LoadedRules& loaded, const RuleSource& source);

/// One line on standard error that says how far the work is. Shown only on a terminal, and only when the
/// work takes longer than a second.
class Progress {
 public:
  explicit Progress(std::optional<std::uint64_t> total_bytes);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void show(std::uint64_t bytes, std::uint64_t events);

 private:
  bool terminal_;
  bool shown_ = false;
  std::optional<std::uint64_t> total_;
  std::chrono::steady_clock::time_point started_, last_;
};

}  // namespace kentongan::app
