// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "domain/error.hpp"
#include "ports/journal.hpp"

namespace kentongan::sqlite {

/// One committed output. Views are valid until the visit returns.
struct DumpedOutput {
  std::int64_t sequence = 0;  ///< rising in commit order, not always by one
  ports::OutputTopic topic = ports::OutputTopic::alerts;
  std::string_view id;
  std::string_view subject;
  std::string_view value;  ///< the CloudEvent as JSON
};

/// An input that was applied, as the journal still keeps it. Views are valid until the visit returns.
struct KeptInput {
  Offset offset;       ///< the first that a journal ever took is 1
  TimePoint received;  ///< by the clock of the service
  std::string_view value;
};

/// Reads what a journal committed, whether or not a service uses it. Changes nothing in it.
/// Used by one thread.
class Dump {
 public:
  /// Refuses a missing, foreign, newer or damaged file.
  [[nodiscard]] static Result<Dump> open(const std::filesystem::path& path);
  Dump(Dump&&) noexcept;
  Dump& operator=(Dump&&) noexcept;
  ~Dump();

  /// Visits the outputs of `topics`, in commit order, up to the last one committed before the call; whole
  /// commits only. The visit returns whether to go on, and may take its time: it holds nothing up.
  [[nodiscard]] Result<void> visit(std::span<const ports::OutputTopic> topics,
                                   const std::function<bool(const DumpedOutput&)>& visit);

  /// Visits the inputs that were applied and are still kept, in their order, as visit() does.
  [[nodiscard]] Result<void> visit_inputs(const std::function<bool(const KeptInput&)>& visit);

  /// How many of the inputs that the journal still keeps are these bytes.
  [[nodiscard]] Result<std::int64_t> count_inputs(std::string_view value);

 private:
  class Reader;
  explicit Dump(std::unique_ptr<Reader> reader);

  std::unique_ptr<Reader> reader_;
};

}  // namespace kentongan::sqlite
