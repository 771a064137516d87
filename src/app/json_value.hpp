// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "codec/json_reader.hpp"

namespace kentongan::app {

/// A value of a document that our own program wrote. Valid until the reader reads again.
class JsonValue {
 public:
  explicit JsonValue(const codec::JsonReader& json, std::uint32_t at = 0) : json_(&json), at_(at) {}

  /// Empty, 0 and false where it is something else.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] bool is_true() const { return node().kind == codec::NodeKind::yes; }

  /// The elements of a list, the members of an object (with their keys).
  void each(const std::function<void(std::string_view key, JsonValue value)>& visit) const;
  [[nodiscard]] std::optional<JsonValue> member(std::string_view name) const;
  [[nodiscard]] std::string text_of(std::string_view name) const;
  [[nodiscard]] double number_of(std::string_view name) const;

 private:
  [[nodiscard]] const codec::Node& node() const { return json_->nodes()[at_]; }
  const codec::JsonReader* json_;
  std::uint32_t at_;
};

}  // namespace kentongan::app
