// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "domain/error.hpp"
#include "domain/time.hpp"
#include "ports/access.hpp"

namespace kentongan::access {

struct DoormanOptions {
  std::filesystem::path tokens;
  double requests_each_second = 50;                          ///< of one token; twice that at once
  std::size_t most_waiting = 16;                             ///< credentials that wait for their hash; beyond: busy
  std::chrono::milliseconds look = std::chrono::seconds(1);  ///< how often it looks whether the file has changed
  std::function<TimePoint()> now;                            ///< of expiry
  /// One line about a file that was read anew (true) or is wrong (false). From any thread.
  std::function<void(bool good, const std::string& line)> tell = [](bool, const std::string&) {};
};

/// Knows the tokens of a file, and reads it again when it changes: a wrong or missing one leaves those of before, and
/// is told. A token's hash is computed once, in a thread of its own; a digest of the secret then does. Whoever sends
/// wrong credentials is slowed down by address; those who have shown a right one are not.
class Doorman : public ports::Access {
 public:
  /// Error::usage: the file is missing or wrong.
  [[nodiscard]] static Result<std::unique_ptr<Doorman>> open(DoormanOptions options);
  ~Doorman() override;
  Doorman(const Doorman&) = delete;
  Doorman& operator=(const Doorman&) = delete;

  void ask(std::string authorization, std::string from, std::function<void(ports::Admission)> done) override;

 private:
  class Impl;
  explicit Doorman(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kentongan::access
