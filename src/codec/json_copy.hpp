// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "codec/json_reader.hpp"

namespace kentongan::codec {

/// Appends a value of a document with all in it. Numbers stay as they were written, spaces go.
void append_value(std::string& out, const JsonReader& json, std::uint32_t at);

/// The object that the document is, without these members of its own: `{"a":1}`. A document that is no object is
/// appended whole.
void append_object_without(std::string& out, const JsonReader& json, std::span<const std::string_view> members);

}  // namespace kentongan::codec
