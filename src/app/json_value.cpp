// SPDX-License-Identifier: Apache-2.0
#include "app/json_value.hpp"

#include <cstdlib>

namespace kentongan::app {

std::string JsonValue::text() const {
  return node().kind == codec::NodeKind::text ? std::string(json_->text(node())) : std::string();
}

double JsonValue::number() const {
  if (node().kind != codec::NodeKind::number) return 0;
  return std::strtod(std::string(json_->text(node())).c_str(), nullptr);
}

void JsonValue::each(const std::function<void(std::string_view key, JsonValue value)>& visit) const {
  const auto nodes = json_->nodes();
  if (node().kind != codec::NodeKind::object && node().kind != codec::NodeKind::array) return;
  for (std::uint32_t i = at_ + 1; i < node().next; i = nodes[i].next) visit(json_->key(nodes[i]), JsonValue(*json_, i));
}

std::optional<JsonValue> JsonValue::member(std::string_view name) const {
  const auto nodes = json_->nodes();
  if (node().kind != codec::NodeKind::object) return std::nullopt;
  for (std::uint32_t i = at_ + 1; i < node().next; i = nodes[i].next) {
    if (json_->key(nodes[i]) == name) return JsonValue(*json_, i);
  }
  return std::nullopt;
}

std::string JsonValue::text_of(std::string_view name) const {
  const auto value = member(name);
  return value ? value->text() : std::string();
}

double JsonValue::number_of(std::string_view name) const {
  const auto value = member(name);
  return value ? value->number() : 0;
}

}  // namespace kentongan::app
