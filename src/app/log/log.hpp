// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace kentongan::app {

enum class LogFormat : unsigned char { logfmt, json };
enum class LogLevel : unsigned char { debug, info, warn, error };

struct LogOptions {
  LogFormat format = LogFormat::logfmt;
  LogLevel level = LogLevel::info;
};

/// How often a minute the same line is written, and lines with the same `msg`. Critical ones always are.
inline constexpr unsigned kSameLines = 10;
inline constexpr unsigned kLinesOfAKind = 600;

/// A logger that takes lines as line.hpp says, writes them as the options say, each ending in LF, and leaves out what
/// repeats: how much, a line of its own says. `write` is called by one thread at a time.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(const LogOptions& options,
                                                          std::function<void(const std::string&)> write);

/// From now on what is logged goes to standard error.
void start_log(const LogOptions& options);

}  // namespace kentongan::app
