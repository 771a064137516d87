// SPDX-License-Identifier: Apache-2.0
#include "app/commands/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/exit_codes.hpp"

namespace kentongan::app {

bool wants_colour(int file) { return ::isatty(file) != 0 && std::getenv("NO_COLOR") == nullptr; }

said::Language language_for(std::string_view lang, bool for_people) {
  if (lang.empty() && for_people) {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      const char* value = std::getenv(name);
      if (value == nullptr || *value == 0) continue;
      lang = value;
      break;
    }
  }
  const bool indonesian = lang == "id" || lang.starts_with("id_") || lang.starts_with("id.");
  return indonesian ? said::Language::indonesian : said::Language::english;
}

int complain(std::string_view command, const Error& error) {
  fmt::print(stderr, "kentongan {}: {}\n", command, error.message);
  return exit_code(error.kind);
}

void warn_without_rules(std::string_view command, const LoadedRules& loaded, const RuleSource& source) {
  const std::string none = without_rules(loaded, source.rules);
  if (!none.empty()) fmt::print(stderr, "kentongan {}: {}\n", command, none);
}

Progress::Progress(std::optional<std::uint64_t> total_bytes)
    : terminal_(::isatty(STDERR_FILENO) != 0),
      total_(total_bytes),
      started_(std::chrono::steady_clock::now()),
      last_(started_ + std::chrono::milliseconds(800)) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::show(std::uint64_t bytes, std::uint64_t events) {
  if (!terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const auto rate = static_cast<std::uint64_t>(static_cast<double>(events) / seconds);
  if (total_ && *total_ > 0) {
    const double done = std::min(1.0, static_cast<double>(bytes) / static_cast<double>(*total_));
    constexpr double kWidth = 30;
    const std::string bar(static_cast<std::size_t>(done * kWidth), '#');
    fmt::print(stderr, "\r[{:<30}] {:3.0f} %  {} events, {} a second\033[K", bar, done * 100, events, rate);
  } else {
    fmt::print(stderr, "\r{} events, {} a second\033[K", events, rate);
  }
  std::fflush(stderr);
}

}  // namespace kentongan::app
