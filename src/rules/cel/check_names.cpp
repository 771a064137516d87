// SPDX-License-Identifier: Apache-2.0
// Names, fields and has().
#include <fmt/format.h>

#include "rules/cel/checking.hpp"
#include "rules/cel/operator_types.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {

std::vector<NodeId> Checker::chain(NodeId id) const {
  std::vector<NodeId> parts;
  while (node(id).kind == NodeKind::select && !node(id).is_optional) {
    parts.push_back(id);
    id = node(id).children[0];
  }
  const bool is_free =
      node(id).kind == NodeKind::identifier && (node(id).is_absolute || scope_.find(node(id).name) == nullptr);
  if (!is_free) {
    return {};
  }
  parts.push_back(id);
  return {parts.rbegin(), parts.rend()};
}

std::string Checker::path(const std::vector<NodeId>& parts, std::size_t count) const {
  std::string joined;
  for (std::size_t i = 0; i < count; ++i) {
    joined += (i == 0 ? "" : ".") + node(parts[i]).name;
  }
  return joined;
}

Type Checker::name(NodeId id) {
  if (const auto parts = chain(id); !parts.empty()) {
    return free_name(parts);
  }
  if (node(id).kind == NodeKind::select) {
    return field_of(id, type_of(node(id).children[0]));
  }
  const Scope::Local& local = *scope_.find(node(id).name);
  note(id).meaning = Meaning::local;
  note(id).number = local.number;
  return local.type;
}

Type Checker::free_name(const std::vector<NodeId>& parts) {
  for (std::size_t count = parts.size(); count > 0; --count) {
    const std::string prefix = path(parts, count);
    if (const Binding* binding = environment_.find(prefix)) {
      if (count < parts.size() && is_value_of_object(*binding, parts, count)) {
        break;
      }
      Type type = bound(parts[count - 1], prefix, *binding);
      note(parts[count - 1]).type = type;
      for (std::size_t i = count; i < parts.size(); ++i) {
        type = field_of(parts[i], type);
        note(parts[i]).type = type;
      }
      return type;
    }
  }
  return unknown_name(parts);
}

bool Checker::is_value_of_object(const Binding& binding, const std::vector<NodeId>& parts, std::size_t count) const {
  return environment_.is_object(path(parts, count)) && !binding.type.is_open() && !binding.type.is(TypeKind::map) &&
         binding.macro == nullptr;
}

Type Checker::bound(NodeId id, const std::string& full_name, const Binding& binding) {
  if (binding.macro != nullptr) {
    return macro_use(id, *binding.macro);
  }
  note(id).path = full_name;
  if (binding.constant != nullptr) {
    note(id).meaning = Meaning::constant;
    note(id).constant = binding.constant;
  } else {
    note(id).meaning = Meaning::slot;
    note(id).number = binding.slot.value;
  }
  return binding.type;
}

Type Checker::unknown_name(const std::vector<NodeId>& parts) {
  const NodeId last = parts.back();
  note(last).meaning = Meaning::unknown;
  note(last).path = path(parts, parts.size());
  std::size_t known = 0;
  while (known < parts.size() && environment_.is_object(path(parts, known + 1))) {
    ++known;
  }
  if (known == parts.size()) {
    return fail(ErrorKind::object_as_value, node(last).range,
                said::say("`{}` is an object; name one of its fields", note(last).path),
                environment_.names_below(note(last).path), node(last).name);
  }
  const Node& culprit = node(parts[known]);
  const std::string object = path(parts, known);
  std::vector<std::string> candidates = environment_.names_below(object);
  if (known > 0) {
    return fail(ErrorKind::unknown_field, culprit.name_range, said::say("`{}` has no field `{}`", object, culprit.name),
                std::move(candidates), culprit.name);
  }
  const auto locals = scope_.names();
  candidates.insert(candidates.end(), locals.begin(), locals.end());
  return fail(ErrorKind::unknown_name, culprit.name_range, said::say("unknown name `{}`", culprit.name),
              std::move(candidates), culprit.name);
}

Type Checker::field_of(NodeId id, const Type& target) {
  const bool wrap = node(id).is_optional || target.is(TypeKind::optional);
  const Type& object = target.is(TypeKind::optional) ? target.element() : target;
  if (object.is(TypeKind::map)) {
    const bool has_text_keys = can_be_equal(object.key(), TypeKind::string);
    if (has_text_keys) {
      return wrap ? Type::optional(object.element()) : object.element();
    }
  }
  if (object.is_open()) {
    return wrap ? Type::optional({}) : Type();
  }
  return wrong_type(node(id).name_range, "map", target,
                    said::say("a value of type {} has no field `{}`", target.text(), node(id).name));
}

Type Checker::presence(NodeId id) {
  if (node(id).children.empty()) {
    return bare_presence(id);
  }
  const NodeId target = node(id).children[0];
  if (const auto parts = chain(target); !parts.empty() && !node(id).is_optional) {
    const std::string object = path(parts, parts.size());
    if (slot_presence(id, object + '.' + node(id).name)) {
      return TypeKind::boolean;
    }
    if (is_unknown_field(parts)) {
      note(id).meaning = Meaning::unknown;
      return fail(ErrorKind::unknown_field, node(id).name_range,
                  said::say("`{}` has no field `{}`", object, node(id).name), environment_.names_below(object),
                  node(id).name);
    }
  }
  (void)field_of(id, type_of(target));
  return TypeKind::boolean;
}

Type Checker::bare_presence(NodeId id) {
  const bool is_local = !node(id).is_absolute && scope_.find(node(id).name) != nullptr;
  if (!is_local && slot_presence(id, node(id).name)) {
    return TypeKind::boolean;
  }
  note(id).meaning = Meaning::unknown;
  if (is_local) {
    return fail(ErrorKind::invalid_macro, node(id).name_range, "has() takes a field, as in has(report.tps)");
  }
  return fail(ErrorKind::unknown_name, node(id).name_range, said::say("unknown field `{}`", node(id).name),
              environment_.names_below(""), node(id).name);
}

bool Checker::slot_presence(NodeId id, const std::string& full_name) {
  const Binding* binding = environment_.find(full_name);
  if (binding != nullptr && binding->constant == nullptr && binding->macro == nullptr) {
    note(id).slots = {binding->slot};
  } else if (environment_.is_object(full_name)) {
    note(id).slots = environment_.slots_of(full_name);
  } else {
    return false;
  }
  note(id).meaning = Meaning::presence;
  return true;
}

bool Checker::is_unknown_field(const std::vector<NodeId>& parts) const {
  const std::string object = path(parts, parts.size());
  const Binding* binding = environment_.find(object);
  return environment_.is_object(object) && (binding == nullptr || is_value_of_object(*binding, parts, parts.size()));
}

}  // namespace kentongan::cel
