// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/environment.hpp"

#include <array>

#include "rules/cel/standard_functions.hpp"

namespace kentongan::cel {
namespace {

using Bindings = std::map<std::string, Binding, std::less<>>;

// Types are values too: type(1) == int.
const Bindings& type_bindings() {
  static const Bindings bindings = [] {
    constexpr std::array kinds = {
        Kind::null, Kind::boolean, Kind::integer,   Kind::unsigned_integer, Kind::real, Kind::string,  Kind::bytes,
        Kind::list, Kind::map,     Kind::timestamp, Kind::duration,         Kind::type, Kind::optional};
    Bindings made;
    for (const Kind kind : kinds) {
      Binding binding;
      binding.type = TypeKind::type;
      binding.constant = std::make_shared<const OwnedValue>(Value::type(kind));
      made.emplace(type_name(kind), std::move(binding));
    }
    return made;
  }();
  return bindings;
}

std::string prefix_of(std::string_view object) { return object.empty() ? std::string() : std::string(object) + '.'; }

}  // namespace

void Environment::declare(std::string_view path, Type type, SlotId slot) {
  Binding binding;
  binding.type = std::move(type);
  binding.slot = slot;
  bindings_.insert_or_assign(std::string(path), std::move(binding));
}

void Environment::define_constant(std::string_view path, const Value& value) {
  Binding binding;
  binding.type = Type::of(value);
  binding.constant = std::make_shared<const OwnedValue>(value);
  bindings_.insert_or_assign(std::string(path), std::move(binding));
}

tl::expected<void, Error> Environment::define_macro(std::string_view name, std::string_view text) {
  auto ast = parse(text, limits_);
  if (!ast) {
    return tl::unexpected(std::move(ast.error()));
  }
  Binding binding;
  binding.macro =
      std::make_shared<const MacroDefinition>(MacroDefinition{std::string(name), std::string(text), std::move(*ast)});
  bindings_.insert_or_assign(std::string(name), std::move(binding));
  return {};
}

void Environment::add_function(std::string_view name, Overload overload, NativeFunction function) {
  const auto known = this->function(name);
  auto group = known == nullptr ? std::make_shared<FunctionGroup>() : std::make_shared<FunctionGroup>(*known);
  group->name = name;
  group->functions.push_back({{std::move(overload)}, std::move(function), false});
  functions_.insert_or_assign(std::string(name), std::move(group));
}

const Binding* Environment::find(std::string_view path) const {
  if (const auto found = bindings_.find(path); found != bindings_.end()) {
    return &found->second;
  }
  const auto type = type_bindings().find(path);
  return type == type_bindings().end() ? nullptr : &type->second;
}

bool Environment::is_object(std::string_view path) const {
  const std::string prefix = prefix_of(path);
  const auto next = bindings_.lower_bound(prefix);
  return next != bindings_.end() && next->first.starts_with(prefix);
}

std::vector<SlotId> Environment::slots_of(std::string_view object) const {
  const std::string prefix = prefix_of(object);
  std::vector<SlotId> slots;
  for (auto at = bindings_.lower_bound(prefix); at != bindings_.end() && at->first.starts_with(prefix); ++at) {
    if (at->second.constant == nullptr && at->second.macro == nullptr) {
      slots.push_back(at->second.slot);
    }
  }
  return slots;
}

std::vector<std::string> Environment::names_below(std::string_view object) const {
  const std::string prefix = prefix_of(object);
  std::vector<std::string> names;
  for (auto at = bindings_.lower_bound(prefix); at != bindings_.end() && at->first.starts_with(prefix); ++at) {
    const std::string_view rest = std::string_view(at->first).substr(prefix.size());
    const std::string_view next = rest.substr(0, rest.find('.'));
    if (names.empty() || names.back() != next) {
      names.emplace_back(next);
    }
  }
  return names;
}

std::shared_ptr<const FunctionGroup> Environment::function(std::string_view name) const {
  if (const auto found = functions_.find(name); found != functions_.end()) {
    return found->second;
  }
  return standard_function(name);
}

std::vector<std::string> Environment::function_names() const {
  std::vector<std::string> names = standard_function_names();
  for (const auto& [name, group] : functions_) {
    if (standard_function(name) == nullptr) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace kentongan::cel
