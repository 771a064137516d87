// SPDX-License-Identifier: Apache-2.0
// categories.yaml and routing.yaml.
//
//     categories.yaml = [ {id: NAME, title: {id: TEXT, en: TEXT}} .. ]
//     routing.yaml    = {version: 1, roles: [NAME ..], routes: [ROUTE ..], fallback: {NAME: [NAME ..] ..},
//                        families: {TEXT: [RULE ..] ..}}
//     ROUTE           = {categories: [CATEGORY ..], at_least: LEVEL, to: [NAME ..]}
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "rules/nearest.hpp"
#include "rules/reader.hpp"
#include "rules/reference_parts.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"
#include "rules/yaml_shape.hpp"

namespace kentongan::rules {
namespace {

constexpr std::size_t kMostCategories = 10'000;

[[nodiscard]] std::vector<std::string_view> names_of(const std::vector<Category>& categories) {
  std::vector<std::string_view> names;
  for (const auto& category : categories) names.push_back(category.id);
  return names;
}

[[nodiscard]] LocalText read_title(const Node* node, const std::string& id, Findings& findings) {
  if (node == nullptr) return {id, ""};
  if (node->is_scalar()) return {node->text, ""};
  const YamlMap map(*node, findings, "a title", {"id", "en"});
  const auto text = [&](std::string_view language) {
    const Node* value = map.find(language);
    return value == nullptr ? std::string() : read_text(findings, *value, "a title").value_or("");
  };
  return {map.find("id") == nullptr ? id : text("id"), text("en")};
}

void read_category(const Node& node, Reference& reference, Findings& findings) {
  YamlMap map(node, findings, "a category", {"id", "title"});
  const Node* id_node = map.require("id");
  if (id_node == nullptr) return;
  auto id = read_text(findings, *id_node, "the id of a category");
  if (!id) return;
  if (!is_plain_name(*id)) {
    findings.error(id_node->offset, "bad-name", say("`{}` cannot be the id of a category", shortened(*id)),
                   "write small letters, digits and underscores, such as price_protest");
  } else if (std::ranges::find(reference.categories, *id, &Category::id) != reference.categories.end()) {
    findings.error(id_node->offset, "duplicate", say("there is a category `{}` already", *id),
                   "the built-in categories need not be listed; remove it or choose another id");
  } else if (reference.categories.size() == kMostCategories) {
    findings.error(id_node->offset, "too-many", say("more than {} categories", kMostCategories), "join some of them");
  } else {
    auto title = read_title(map.find("title"), *id, findings);
    reference.categories.push_back({std::move(*id), std::move(title)});
  }
}

void read_categories_of(const Node& node, Route& route, const Reference& reference, Findings& findings) {
  const auto known = names_of(reference.categories);
  for (auto& [category, place] : texts_in(node, findings, "a category")) {
    if (std::ranges::find(known, category) == known.end()) {
      findings.error(place->offset, "unknown-category", say("there is no category `{}`", shortened(category)),
                     did_you_mean(category, known, "add it to categories.yaml"));
    }
    route.categories.push_back(std::move(category));
  }
}

void read_route(const Node& node, Reference& reference, Findings& findings) {
  YamlMap map(node, findings, "a route", {"categories", "at_least", "to"});
  Route route;
  if (const Node* categories = map.find("categories")) read_categories_of(*categories, route, reference, findings);
  if (const Node* level = map.find("at_least")) {
    route.at_least = read_level(findings, *level, "`at_least`", Aman::allowed).value_or(Level::aman);
  }
  const Node* to = map.require("to");
  if (to == nullptr) return;
  read_roles(*to, findings, route.roles);
  reference.roles.insert(reference.roles.end(), route.roles.begin(), route.roles.end());
  reference.routes.push_back(std::move(route));
}

/// Who is told where nobody of a role is on duty.
void read_fallback(const Node& node, Reference& reference, duty::Roster& roster, Findings& findings) {
  if (!expect_map(findings, node, "`fallback`")) return;
  for (const auto& entry : node.entries) {
    std::vector<std::string>& roles = roster.fallback[entry.key.text];
    read_roles(entry.value, findings, roles);
    reference.roles.insert(reference.roles.end(), roles.begin(), roles.end());
  }
}

/// Which rules are about one cause.
void read_families(const Node& node, duty::Roster& roster, Findings& findings) {
  if (!expect_map(findings, node, "`families`")) return;
  for (const auto& entry : node.entries) {
    for (auto& [rule, place] : texts_in(entry.value, findings, "a rule of a family")) {
      roster.families[entry.key.text].push_back(std::move(rule));
    }
  }
}

}  // namespace

void read_categories(Reference& reference, Findings& findings) {
  const auto tree = read_tree(findings);
  if (!tree) return;
  for (const auto& node : list_in(*tree, findings, "categories.yaml")) read_category(node, reference, findings);
}

void read_routing(Reference& reference, duty::Roster& roster, Findings& findings) {
  const auto tree = read_tree(findings);
  if (!tree) return;
  const YamlMap map(*tree, findings, "routing.yaml", {"version", "roles", "routes", "fallback", "families"});
  if (const Node* roles = map.find("roles")) read_roles(*roles, findings, reference.roles);
  if (const Node* routes = map.find("routes")) {
    for (const auto& node : list_in(*routes, findings, "`routes`")) read_route(node, reference, findings);
  }
  if (const Node* fallback = map.find("fallback")) read_fallback(*fallback, reference, roster, findings);
  if (const Node* families = map.find("families")) read_families(*families, roster, findings);
  roster.routed = reference.roles;
}

}  // namespace kentongan::rules
