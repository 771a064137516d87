// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rules/json_text.hpp"

namespace kentongan::rules {

// Parts of the editor schema; each function gives JSON text.

/// {"enum":[..]}
[[nodiscard]] std::string schema_of_words(std::span<const std::string_view> words);
/// {"$ref":..} to a definition of the schema.
[[nodiscard]] std::string schema_ref(std::string_view definition);
/// A schema with a text for hover. What stands beside a `$ref` is not read, so that goes into an `allOf`.
[[nodiscard]] std::string described(std::string_view schema, std::string_view description);

/// The schema of a value that a key table calls so ("duration", "whole number from 1", "max or sum"); none where the
/// value has a key table of its own.
[[nodiscard]] std::optional<std::string> schema_of_type(std::string_view type);

inline constexpr std::string_view kAnyScalar = R"({"type":["string","number","boolean"]})";
inline constexpr std::string_view kTimeSchema =
    R"({"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?)"
    R"(([Zz]|[+-][0-9]{2}:[0-9]{2})$"})";

}  // namespace kentongan::rules
