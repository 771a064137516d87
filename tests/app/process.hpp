// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kentongan::app::testing {

/// A folder of its own, removed with what is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

void write_file(const std::filesystem::path& path, const std::string& text);
std::string read_file(const std::filesystem::path& path);

struct Finished {
  int code = -1;   ///< exit code; -1: ended by a signal
  int signal = 0;  ///< which
  std::string out;
  std::string err;
};

using Environment = std::map<std::string, std::string>;

/// Runs the program to its end. `out`: a file that takes its standard output, such as /dev/full.
/// `input`: its standard input. Killed after a minute.
Finished run_program(std::vector<std::string> arguments, const std::string& input = "",
                     const std::optional<std::string>& out = std::nullopt, const Environment& environment = {});

/// `kentongan run` as a process. Its log goes to a file.
class ServiceProcess {
 public:
  ServiceProcess(const std::string& config, std::filesystem::path log, const Environment& environment = {});
  ~ServiceProcess();  ///< kills it if it still runs
  ServiceProcess(const ServiceProcess&) = delete;

  /// The port it says it listens on; none: it ended before, or said nothing for 30 s.
  [[nodiscard]] std::optional<std::uint16_t> wait_ready();
  void send_signal(int signal) const;
  /// Waits for the end; none: it still runs.
  [[nodiscard]] std::optional<Finished> wait_end(std::chrono::milliseconds longest);
  [[nodiscard]] std::string log() const;

 private:
  pid_t process_ = -1;
  std::filesystem::path log_;
  std::optional<Finished> finished_;
};

}  // namespace kentongan::app::testing
