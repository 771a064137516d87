// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "ports/alert_log.hpp"

namespace kentongan::sqlite {

class OutputSlices;

/// The alerts of an embedded journal, read beside the service that writes them. Its one partition is `journal`, its
/// positions are the sequence numbers of outputs.
class JournalAlertLog final : public ports::AlertLog {
 public:
  /// Once `stop` is true, read() waits no longer.
  [[nodiscard]] static Result<std::unique_ptr<JournalAlertLog>> open(const std::filesystem::path& path,
                                                                     const std::atomic<bool>& stop);
  ~JournalAlertLog() override;
  [[nodiscard]] Result<ports::AlertLogPart> read(const std::map<std::string, std::int64_t>& after, std::size_t most,
                                                 Duration wait) override;

 private:
  explicit JournalAlertLog(std::unique_ptr<OutputSlices> slices);
  std::unique_ptr<OutputSlices> slices_;
};

}  // namespace kentongan::sqlite
