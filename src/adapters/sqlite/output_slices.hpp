// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/statement.hpp"
#include "domain/error.hpp"
#include "domain/time.hpp"

namespace kentongan::sqlite {

/// Inside of what follows the outputs of a journal beside the service that writes them. Used by one thread.
class OutputSlices {
 public:
  /// `select` takes the sequence behind which to begin, the last one, and how many rows at most. `what` is being done,
  /// for errors. Once `stop` is true, last_behind() waits no longer.
  [[nodiscard]] static Result<std::unique_ptr<OutputSlices>> open(const std::filesystem::path& path,
                                                                  std::string_view select, std::string_view what,
                                                                  const std::atomic<bool>& stop);

  /// The last sequence; 0: nothing was ever put out.
  [[nodiscard]] Result<std::int64_t> last();
  /// The same; waits up to `wait` until it is behind `after`.
  [[nodiscard]] Result<std::int64_t> last_behind(std::int64_t after, Duration wait);
  /// Calls `visit` for each row behind `after` and up to `last`, at most `most`, until it says false.
  [[nodiscard]] Result<void> read(std::int64_t after, std::int64_t last, std::size_t most,
                                  const std::function<bool(const Row&)>& visit);

  /// Of one slice, so that no reader holds more.
  static constexpr std::size_t kMostBytes = 4 << 20;

 private:
  OutputSlices(std::unique_ptr<Database> database, std::string_view select, std::string_view what,
               const std::atomic<bool>& stop);

  std::unique_ptr<Database> database_;
  std::string what_;
  const std::atomic<bool>& stopping_;
  Statement slice_;
};

}  // namespace kentongan::sqlite
