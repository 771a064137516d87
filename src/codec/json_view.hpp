// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json_reader.hpp"

namespace kentongan::codec {

/// A value of a document, and what it holds. Valid until the reader reads again. A missing member reads as nothing, so
/// that whatever another side answers can be walked.
class JsonView {
 public:
  JsonView(const JsonReader& json, std::uint32_t at) : json_(&json), at_(at) {}
  explicit JsonView(const JsonReader& json) : json_(&json) {}  ///< nothing

  [[nodiscard]] bool is_object() const { return is(NodeKind::object); }
  [[nodiscard]] bool is_true() const { return is(NodeKind::yes); }
  [[nodiscard]] bool is_text() const { return is(NodeKind::text); }
  explicit operator bool() const { return at_.has_value(); }

  [[nodiscard]] JsonView operator[](std::string_view name) const {
    if (is_object()) {
      const auto nodes = json_->nodes();
      for (std::uint32_t i = *at_ + 1; i < nodes[*at_].next; i = nodes[i].next) {
        if (json_->key(nodes[i]) == name) return {*json_, i};
      }
    }
    return JsonView(*json_);
  }
  /// The elements of a list.
  [[nodiscard]] std::vector<JsonView> items() const {
    std::vector<JsonView> all;
    if (!is(NodeKind::array)) return all;
    const auto nodes = json_->nodes();
    for (std::uint32_t i = *at_ + 1; i < nodes[*at_].next; i = nodes[i].next) all.emplace_back(*json_, i);
    return all;
  }
  [[nodiscard]] std::string text() const { return is_text() ? std::string(json_->text(node())) : std::string(); }
  /// 0 where there is none.
  [[nodiscard]] double number() const {
    return is(NodeKind::number) ? std::strtod(std::string(json_->text(node())).c_str(), nullptr) : 0;
  }
  /// A whole number; 0 where there is none.
  [[nodiscard]] std::int64_t integer() const {
    std::int64_t value = 0;
    if (!is(NodeKind::number)) return value;
    const std::string_view digits = json_->text(node());
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size() ? value : 0;
  }

 private:
  [[nodiscard]] const Node& node() const { return json_->nodes()[*at_]; }
  [[nodiscard]] bool is(NodeKind kind) const { return at_ && node().kind == kind; }

  const JsonReader* json_;
  std::optional<std::uint32_t> at_;
};

}  // namespace kentongan::codec
