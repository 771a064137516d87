// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config.hpp"
#include "domain/error.hpp"

namespace kentongan::app {

/// A dead letter as a journal keeps it, taken apart.
struct KeptDeadLetter {
  std::string id;
  std::string time;    ///< RFC 3339, as it was written
  std::string city;    ///< code; empty: none was known
  std::string reason;  ///< as in data.reason
  std::string pointer;
  std::string message;
  std::optional<std::string> raw;  ///< none: it was left out, as it held a NIK that could not be masked
  bool cut = false;                ///< raw is only the beginning
  std::string place;               ///< where the journal has it: TOPIC-PARTITION@OFFSET, or a number
  std::vector<std::pair<std::string, std::string>> headers;  ///< of its Kafka record; else the event's attributes
};

/// None: the event is no dead letter.
[[nodiscard]] std::optional<KeptDeadLetter> read_dead_letter(std::string_view event);

/// The dead letters of a journal. Used by one thread.
class DeadLetters {
 public:
  virtual ~DeadLetters() = default;
  /// All that are committed, until it returns false.
  [[nodiscard]] virtual Result<void> visit(const std::function<bool(KeptDeadLetter)>& visit) = 0;
  /// Puts the bytes of all dead letters with this id back where inputs come in, once; says where. Error::invalid: they
  /// were put back already and nothing has become a dead letter again, or there are no bytes that could be.
  [[nodiscard]] virtual Result<std::string> retry(const std::string& id) = 0;
};

/// Those of the configured journal.
[[nodiscard]] Result<std::unique_ptr<DeadLetters>> open_dead_letters(const Config& config);

}  // namespace kentongan::app
