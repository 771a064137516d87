// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "domain/error.hpp"

namespace kentongan::app::demo {

/// `kentongan run` of this same program as a process of its own, on loopback. It hears no Ctrl-C of the terminal, and
/// ends when this process does.
class ChildService {
 public:
  /// Waits until it serves. Its log goes to `log`. Error::failed with the end of that log.
  [[nodiscard]] static Result<std::unique_ptr<ChildService>> start(const std::filesystem::path& config,
                                                                   const std::filesystem::path& log);
  ~ChildService();
  ChildService(const ChildService&) = delete;
  ChildService& operator=(const ChildService&) = delete;

  [[nodiscard]] const std::string& listen() const noexcept { return listen_; }  ///< 127.0.0.1:PORT
  [[nodiscard]] bool running();
  /// Error::failed: it did not end cleanly within twelve seconds.
  [[nodiscard]] Result<void> stop();

 private:
  ChildService(pid_t process, std::filesystem::path log) : process_(process), log_(std::move(log)) {}
  [[nodiscard]] bool wait_until_ready(std::chrono::milliseconds longest);
  [[nodiscard]] std::string end_of_log() const;
  bool wait_end(std::chrono::milliseconds longest);

  pid_t process_;
  int status_ = 0;
  std::filesystem::path log_;
  std::string listen_;
};

}  // namespace kentongan::app::demo
