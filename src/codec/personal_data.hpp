// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "codec/json_reader.hpp"

namespace kentongan::codec {

/// The node that looks at no NIK: `alert` of an action. 0 (the root): none is left out.
[[nodiscard]] std::uint32_t exempt_from_nik(const JsonReader& json, std::uint32_t data, bool is_action);

/// The first text or number of `data` (an index; nested and unknown fields included) that holds a NIK.
[[nodiscard]] std::optional<std::uint32_t> find_personal_data(const JsonReader& json, std::uint32_t data,
                                                              std::uint32_t exempt);

/// JSON Pointer of a node of the document.
[[nodiscard]] std::string pointer_to(const JsonReader& json, std::uint32_t node);

}  // namespace kentongan::codec
