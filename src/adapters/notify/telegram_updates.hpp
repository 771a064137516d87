// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/notify/channels.hpp"
#include "notify/callback.hpp"

namespace kentongan::notify {

/// The presses of buttons, by getUpdates. Used by one thread.
class TelegramUpdates {
 public:
  TelegramUpdates(web::Client client, TelegramSettings settings, std::chrono::seconds wait);

  struct Batch {
    std::vector<ButtonPress> presses;
    std::int64_t next = 0;  ///< the offset that confirms them
  };
  /// Waits for some behind `offset`. What cannot be read is left out and confirmed, so that it does not come for ever.
  [[nodiscard]] Result<Batch> poll(std::int64_t offset) const;
  /// Shows a line to whoever pressed. A press that is too old to be answered is no matter.
  void answer(const ButtonPress& press, const std::string& text) const;

 private:
  const web::Client client_;
  const TelegramSettings settings_;
  const std::chrono::seconds wait_;
};

}  // namespace kentongan::notify
