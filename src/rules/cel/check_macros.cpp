// SPDX-License-Identifier: Apache-2.0
// Lists and maps, the standard macros, and those of the host.
#include <algorithm>

#include <fmt/format.h>

#include "rules/said/say.hpp"

#include "rules/cel/checking.hpp"

namespace kentongan::cel {

Type Checker::entry(NodeId id, std::size_t index, std::size_t entry_index) {
  const auto& optional = node(id).optional_entries;
  const bool is_optional = !optional.empty() && optional[entry_index];
  const NodeId child = node(id).children[index];
  Type type = type_of(child);
  if (!is_optional || type.is_open()) {
    return type;
  }
  if (type.is(TypeKind::optional)) {
    return type.element();
  }
  return wrong_type(node(child).range, "optional_type", type, "an entry with `?` must be an optional");
}

Type Checker::list(NodeId id) {
  Type element;
  const std::size_t count = node(id).children.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Type type = entry(id, i, i);
    element = i == 0 ? type : join(element, type);
  }
  return Type::list(element);
}

Type Checker::map(NodeId id) {
  Type key;
  Type value;
  Arena arena;
  MapBuilder seen(arena);
  const std::size_t count = node(id).children.size();
  for (std::size_t i = 0; i < count; i += 2) {
    const NodeId key_id = node(id).children[i];
    const Type this_key = type_of(key_id);
    check_key(key_id, this_key, seen);
    const Type this_value = entry(id, i + 1, i / 2);
    key = i == 0 ? this_key : join(key, this_key);
    value = i == 0 ? this_value : join(value, this_value);
  }
  return Type::map(key, value);
}

void Checker::check_key(NodeId id, const Type& type, MapBuilder& seen) {
  const bool possible = type.is_open() || type.is(TypeKind::integer) || type.is(TypeKind::unsigned_integer) ||
                        type.is(TypeKind::string) || type.is(TypeKind::boolean);
  if (!possible) {
    fail(ErrorKind::invalid_key, node(id).range,
         said::say("a key must be an int, uint, bool or string, not a {}", type.text()));
  } else if (node(id).kind == NodeKind::literal &&
             seen.insert(node(id).value(), Value()) == MapBuilder::Outcome::duplicate) {
    fail(ErrorKind::duplicate_key, node(id).range, "this key stands here twice");
  }
}

Elements Checker::elements_of(NodeId range_id, const Type& range, bool two) {
  if (range.is(TypeKind::list)) {
    return two ? Elements{TypeKind::integer, range.element()} : Elements{range.element(), {}};
  }
  if (range.is(TypeKind::map)) {
    return {range.key(), range.element()};
  }
  if (!range.is_open()) {
    wrong_type(node(range_id).range, "list or map", range,
               said::say("a list or map is needed here, not a {}", range.text()));
  }
  return {};
}

Type Checker::comprehension(NodeId id) {
  const std::vector<NodeId> parts = node(id).children;
  const bool two = !node(id).second_name.empty();
  const Type range = type_of(parts[0]);
  const Elements elements = elements_of(parts[0], range, two);
  note(id).number = scope_.push(node(id).name, elements.first);
  if (two) {
    scope_.push(node(id).second_name, elements.second);
  }
  if (node(id).has_predicate) {
    require_boolean(parts[1], "the condition of this macro");
  }
  Type transformed;
  if (node(id).has_transform) {
    transformed = type_of(parts.back());
  }
  if (two) {
    scope_.pop();
  }
  scope_.pop();
  return comprehension_type(id, elements, transformed);
}

Type Checker::comprehension_type(NodeId id, const Elements& elements, const Type& transformed) {
  switch (node(id).comprehension) {
    case Comprehension::filter:
      return Type::list(node(id).has_transform ? transformed : elements.first);
    case Comprehension::transform_map:
      return Type::map(elements.first, transformed);
    case Comprehension::transform_map_entry:
      if (!transformed.is_open() && !transformed.is(TypeKind::map)) {
        const NodeId body = node(id).children.back();
        return wrong_type(node(body).range, "map", transformed, "transformMapEntry() needs a map for each element");
      }
      return transformed.is_open() ? Type::map({}, {}) : transformed;
    default:
      return TypeKind::boolean;
  }
}

Type Checker::bind(NodeId id) {
  const Type bound = type_of(node(id).children[0]);
  note(id).number = scope_.push(node(id).name, bound);
  Type type = type_of(node(id).children[1]);
  scope_.pop();
  return type;
}

Type Checker::optional_map(NodeId id) {
  const NodeId target_id = node(id).children[0];
  const NodeId body_id = node(id).children[1];
  const Type target = type_of(target_id);
  if (!target.is_open() && !target.is(TypeKind::optional)) {
    wrong_type(node(target_id).range, "optional_type", target,
               said::say("an optional is needed here, not a {}", target.text()));
  }
  note(id).number = scope_.push(node(id).name, target.is(TypeKind::optional) ? target.element() : Type());
  Type body = type_of(body_id);
  scope_.pop();
  if (!node(id).is_flat) {
    return Type::optional(body);
  }
  if (!body.is_open() && !body.is(TypeKind::optional)) {
    return wrong_type(node(body_id).range, "optional_type", body, "optFlatMap() needs an optional here");
  }
  return body;
}

Type Checker::macro_use(NodeId id, const MacroDefinition& macro) {
  const bool is_recursive = std::find(open_macros_.begin(), open_macros_.end(), macro.name) != open_macros_.end();
  if (is_recursive) {
    log_.add(ErrorKind::recursive_macro, node(id).range, said::say("the macro `{}` leads back to itself", macro.name));
    return TypeKind::invalid;
  }
  const ExpressionLimits& limits = environment_.limits();
  if (checked_.ast.size() + macro.ast.size() > limits.nodes) {
    log_.add(ErrorKind::too_large, node(id).range,
             said::say("with its macros the expression has more than {} parts", limits.nodes));
    return TypeKind::invalid;
  }
  const NodeId body = checked_.ast.graft(macro.ast, macro.name);
  checked_.notes.resize(checked_.ast.size());
  checked_.ast[id].kind = NodeKind::macro_use;
  checked_.ast[id].children = {body};
  return macro_body(body, macro);
}

Type Checker::macro_body(NodeId body, const MacroDefinition& macro) {
  const std::string_view outer_macro = log_.macro();
  const std::string_view outer_text = log_.text();
  const std::size_t barrier = scope_.raise_barrier();
  open_macros_.push_back(macro.name);
  log_.enter(macro.name, macro.text);
  Type type = type_of(body);
  log_.enter(outer_macro, outer_text);
  open_macros_.pop_back();
  scope_.lower_barrier(barrier);
  return type;
}

}  // namespace kentongan::cel
