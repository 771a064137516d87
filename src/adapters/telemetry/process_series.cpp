// SPDX-License-Identifier: Apache-2.0
#include "adapters/telemetry/process_series.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>

#include "adapters/telemetry/families.hpp"

namespace kentongan::telemetry {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::optional<double> cpu_seconds() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return std::nullopt;
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

struct Memory {
  double virtual_bytes = 0;
  double resident_bytes = 0;
};

std::optional<Memory> memory() {
  std::ifstream file("/proc/self/statm");
  double virtual_pages = 0;
  double resident_pages = 0;
  if (!(file >> virtual_pages >> resident_pages)) return std::nullopt;
  const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
  return Memory{virtual_pages * page, resident_pages * page};
}

std::optional<double> open_files() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  if (error) return std::nullopt;
  double count = -1;  // the one that is open for this very look
  for (auto it = files; it != std::filesystem::directory_iterator(); it.increment(error)) {
    if (error) return std::nullopt;
    ++count;
  }
  return count;
}

std::optional<double> max_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  return static_cast<double>(limit.rlim_cur);
}

/// Seconds since 1970 at which the machine started: the line `btime N` of /proc/stat.
std::optional<double> boot_time() {
  std::ifstream file("/proc/stat");
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("btime ")) return static_cast<double>(std::strtoull(line.c_str() + 6, nullptr, 10));
  }
  return std::nullopt;
}

/// Field 22 of /proc/self/stat is the start in clock ticks since boot. Field 2, the command in parentheses, may
/// hold spaces, so counting begins behind its last parenthesis.
std::optional<double> start_time() {
  std::ifstream file("/proc/self/stat");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto end = text.rfind(')');
  const auto boot = boot_time();
  if (end == std::string::npos || !boot) return std::nullopt;
  std::istringstream fields(text.substr(end + 1));
  std::string field;
  for (int number = 3; number <= 22; ++number) {
    if (!(fields >> field)) return std::nullopt;
  }
  const auto ticks = static_cast<double>(std::strtoull(field.c_str(), nullptr, 10));
  return *boot + ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

std::vector<prometheus::MetricFamily> collect_process() {
  static const auto started = start_time();
  std::vector<prometheus::MetricFamily> families;
  const auto add = [&families](MetricId id, std::optional<double> value) {
    if (value) families.push_back(single(id, *value));
  };
  add(MetricId::process_cpu, cpu_seconds());
  if (const auto used = memory()) {
    add(MetricId::process_resident, used->resident_bytes);
    add(MetricId::process_virtual, used->virtual_bytes);
  }
  add(MetricId::process_open_fds, open_files());
  add(MetricId::process_max_fds, max_files());
  add(MetricId::process_start_time, started);
  return families;
}

}  // namespace kentongan::telemetry
