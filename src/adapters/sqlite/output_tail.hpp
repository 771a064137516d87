// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/time.hpp"
#include "ports/journal.hpp"

namespace kentongan::sqlite {

class OutputSlices;

struct TailedOutput {
  std::int64_t sequence = 0;
  ports::OutputTopic topic = ports::OutputTopic::alerts;
  std::string value;  ///< the CloudEvent
};

/// Alerts and risk of an embedded journal as they are committed, read beside the service that writes them. Used by one
/// thread.
class OutputTail {
 public:
  /// Once `stop` is true, read() waits no longer.
  [[nodiscard]] static Result<std::unique_ptr<OutputTail>> open(const std::filesystem::path& path,
                                                                const std::atomic<bool>& stop);
  ~OutputTail();

  /// The last output that there is; 0: none.
  [[nodiscard]] Result<std::int64_t> last();
  /// At most `most` behind `after`, which moves on behind them; waits up to `wait` for the first.
  [[nodiscard]] Result<std::vector<TailedOutput>> read(std::int64_t& after, std::size_t most, Duration wait);

 private:
  explicit OutputTail(std::unique_ptr<OutputSlices> slices);
  std::unique_ptr<OutputSlices> slices_;
};

}  // namespace kentongan::sqlite
