// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ports/notifier.hpp"

namespace kentongan::notify {

/// A notice as it lies in the outbox: one JSON object.
[[nodiscard]] std::string write_notice(const ports::Notice& notice);
/// None: it is no notice that write_notice() wrote.
[[nodiscard]] std::optional<ports::Notice> read_notice(std::string_view json);

[[nodiscard]] std::string_view name_of(ports::NoticeKind kind);

}  // namespace kentongan::notify
