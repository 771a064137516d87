// SPDX-License-Identifier: Apache-2.0
#include "codec/json_copy.hpp"

#include <algorithm>

#include "codec/writer.hpp"

namespace kentongan::codec {
namespace {

/// Of the container at `at`, those children that are wanted. As deep as the reader let the document be.
template <class Wanted>
void append_container(std::string& out, const JsonReader& json, std::uint32_t at, Wanted wanted) {
  const auto nodes = json.nodes();
  const bool object = nodes[at].kind == NodeKind::object;
  out += object ? '{' : '[';
  bool first = true;
  for (std::uint32_t i = at + 1; i < nodes[at].next; i = nodes[i].next) {
    if (!wanted(nodes[i])) continue;
    if (!first) out += ',';
    first = false;
    if (object) {
      append_string(out, json.key(nodes[i]));
      out += ':';
    }
    append_value(out, json, i);
  }
  out += object ? '}' : ']';
}

}  // namespace

void append_value(std::string& out, const JsonReader& json, std::uint32_t at) {
  const Node& node = json.nodes()[at];
  switch (node.kind) {
    case NodeKind::null:
      out += "null";
      return;
    case NodeKind::no:
      out += "false";
      return;
    case NodeKind::yes:
      out += "true";
      return;
    case NodeKind::number:
      out += json.text(node);
      return;
    case NodeKind::text:
      append_string(out, json.text(node));
      return;
    case NodeKind::array:
    case NodeKind::object:
      append_container(out, json, at, [](const Node&) { return true; });
      return;
  }
}

void append_object_without(std::string& out, const JsonReader& json, std::span<const std::string_view> members) {
  if (json.nodes()[0].kind != NodeKind::object) return append_value(out, json, 0);
  append_container(out, json, 0, [&](const Node& node) {
    return std::find(members.begin(), members.end(), json.key(node)) == members.end();
  });
}

}  // namespace kentongan::codec
