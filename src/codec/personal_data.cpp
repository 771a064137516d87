// SPDX-License-Identifier: Apache-2.0
#include "codec/personal_data.hpp"

#include "codec/fields_reader.hpp"
#include "codec/nik.hpp"

namespace kentongan::codec {

namespace {

bool holds_personal_data(const JsonReader& json, const Node& node) {
  const std::string_view text = json.text(node);
  return node.kind == NodeKind::text ? holds_nik(text) : number_is_nik(text);
}

}  // namespace

std::uint32_t exempt_from_nik(const JsonReader& json, std::uint32_t data, bool is_action) {
  if (!is_action) return 0;
  const auto nodes = json.nodes();
  for (std::uint32_t i = data + 1; i < nodes[data].next; i = nodes[i].next) {
    if (nodes[i].known == Key::alert) return i;
  }
  return 0;
}

std::optional<std::uint32_t> find_personal_data(const JsonReader& json, std::uint32_t data, std::uint32_t exempt) {
  const auto nodes = json.nodes();
  const std::uint32_t end = nodes[data].next;
  for (const std::uint32_t i : json.long_values()) {
    if (i > data && i < end && i != exempt && holds_personal_data(json, nodes[i])) return i;
  }
  return std::nullopt;
}

std::string pointer_to(const JsonReader& json, std::uint32_t node) {
  const auto nodes = json.nodes();
  std::string pointer;
  std::uint32_t container = 0;
  while (container != node) {
    std::uint32_t child = container + 1;
    std::size_t index = 0;
    for (; nodes[child].next <= node; child = nodes[child].next) ++index;
    pointer = nodes[container].kind == NodeKind::object ? child_pointer(pointer, json.key(nodes[child]))
                                                        : child_pointer(pointer, index);
    container = child;
  }
  return pointer;
}

}  // namespace kentongan::codec
