// SPDX-License-Identifier: Apache-2.0
#include "rules/yaml_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

YamlMap::YamlMap(const Node& node, Findings& findings, TextView what, std::initializer_list<std::string_view> keys)
    : node_(node), findings_(findings), what_(what) {
  const std::vector<std::string_view> known(keys);
  if (!node.is_map()) {
    findings.error(node.offset, "wrong-shape", say("{} is not a map of keys and values", what),
                   say("its keys are {}", one_of(known)));
  }
  for (const auto& entry : node.entries) {
    if (std::ranges::find(known, entry.key.text) != known.end()) continue;
    findings.warning(entry.key.offset, "unknown-key",
                     say("the key `{}` of {} is not known and not read", entry.key.text, what),
                     did_you_mean(entry.key.text, known, say("its keys are {}", one_of(known))));
  }
}

const Node* YamlMap::find(std::string_view key) const {
  const Entry* entry = node_.find(key);
  return entry == nullptr || entry->value.is_null() ? nullptr : &entry->value;
}

const Node* YamlMap::require(std::string_view key) {
  const Node* value = find(key);
  if (value == nullptr && node_.is_map()) {
    findings_.error(node_.offset, "missing-key", say("{} has no `{}`", what_, key), "add it");
  }
  return value;
}

std::vector<PlacedText> texts_in(const Node& node, Findings& findings, TextView what) {
  std::vector<PlacedText> texts;
  for (const Node& element : node.is_list() ? std::span<const Node>(node.items) : std::span(&node, 1)) {
    if (auto text = read_text(findings, element, what)) texts.push_back({std::move(*text), &element});
  }
  return texts;
}

std::span<const Node> list_in(const Node& node, Findings& findings, TextView what) {
  if (!expect_list(findings, node, what, "[..], or lines that begin with a dash")) return {};
  return node.items;
}

bool is_plain_name(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void read_roles(const Node& node, Findings& findings, std::vector<std::string>& roles) {
  for (auto& [role, place] : texts_in(node, findings, "a role")) {
    if (is_plain_name(role)) {
      roles.push_back(std::move(role));
    } else {
      findings.error(place->offset, "bad-name", say("`{}` cannot be the name of a role", shortened(role)),
                     "write small letters, digits and underscores, such as bawaslu_kota");
    }
  }
}

}  // namespace kentongan::rules
