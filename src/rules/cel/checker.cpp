// SPDX-License-Identifier: Apache-2.0
#include "checker.h"

#include <fmt/format.h>

#include "checker_calls.h"
#include "error_log.h"
#include "map_value.h"
#include "operator_types.h"
#include "scope.h"

namespace kentongan::cel {
namespace {

class Checker {
public:
    Checker(Ast ast, std::string_view text, const Environment& environment,
            std::vector<Error>& errors)
        : environment_(environment), strict_(!environment.is_dynamic()), log_(text, errors) {
        checked_.ast = std::move(ast);
        checked_.notes.resize(checked_.ast.size());
    }

    Checked run() {
        (void)type_of(checked_.ast.root);
        checked_.locals = scope_.most();
        return std::move(checked_);
    }

private:
    [[nodiscard]] const Node& node(NodeId id) const { return checked_.ast[id]; }
    [[nodiscard]] Note& note(NodeId id) { return checked_.notes[id]; }

    Type type_of(NodeId id) {
        Type type = judge(id);
        note(id).type = type;
        return type;
    }

    Type judge(NodeId id) {
        switch (node(id).kind) {
            case NodeKind::literal: return type_kind(node(id).literal.kind());
            case NodeKind::identifier:
            case NodeKind::select: return name(id);
            case NodeKind::presence: return presence(id);
            case NodeKind::index: return index(id);
            case NodeKind::unary: return unary(id);
            case NodeKind::binary: return binary(id);
            case NodeKind::logical_and:
            case NodeKind::logical_or: return logical(id);
            case NodeKind::conditional: return conditional(id);
            case NodeKind::call: return call(id);
            case NodeKind::list: return list(id);
            case NodeKind::map: return map(id);
            case NodeKind::comprehension: return comprehension(id);
            case NodeKind::bind: return bind(id);
            case NodeKind::optional_map: return optional_map(id);
            case NodeKind::macro_use: return {};
        }
        return {};
    }

    // Reports, unless types are judged at run time, and gives a type that fits everywhere.
    Type fail(ErrorKind kind, SourceRange range, std::string message,
              std::vector<std::string> candidates = {}, std::string offender = {}) {
        if (strict_) {
            Error& error = log_.add(kind, range, std::move(message));
            error.candidates = std::move(candidates);
            error.offender = std::move(offender);
        }
        return strict_ ? Type(TypeKind::invalid) : Type();
    }

    Type wrong_type(SourceRange range, std::string_view expected, const Type& found,
                    std::string message) {
        if (strict_) {
            Error& error = log_.add(ErrorKind::operand_type, range, std::move(message));
            error.expected = expected;
            error.found = found.text();
        }
        return strict_ ? Type(TypeKind::invalid) : Type();
    }

    void require_boolean(NodeId id, std::string_view what) {
        const Type type = type_of(id);
        if (!type.is_open() && !type.is(TypeKind::boolean)) {
            wrong_type(node(id).range, "bool", type,
                       fmt::format("{} must be a bool, but this is of type {}", what,
                                   type.text()));
        }
    }

    // --- names ---------------------------------------------------------------------

    // The dotted path of a chain of selects from a name that is not local; else nothing.
    [[nodiscard]] std::vector<NodeId> chain(NodeId id) const {
        std::vector<NodeId> parts;
        while (node(id).kind == NodeKind::select && !node(id).is_optional) {
            parts.push_back(id);
            id = node(id).children[0];
        }
        const bool is_free = node(id).kind == NodeKind::identifier &&
                             (node(id).is_absolute || scope_.find(node(id).name) == nullptr);
        if (!is_free) {
            return {};
        }
        parts.push_back(id);
        return {parts.rbegin(), parts.rend()};
    }

    [[nodiscard]] std::string path(const std::vector<NodeId>& parts, std::size_t count) const {
        std::string joined;
        for (std::size_t i = 0; i < count; ++i) {
            joined += (i == 0 ? "" : ".") + node(parts[i]).name;
        }
        return joined;
    }

    Type name(NodeId id) {
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

    // The longest part of the path that is declared, and fields of that value.
    Type free_name(const std::vector<NodeId>& parts) {
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

    // `area` may be a text while `area.risk` is declared too: of `area.rsik` the mistake is
    // then the field, not that a text has none.
    [[nodiscard]] bool is_value_of_object(const Binding& binding, const std::vector<NodeId>& parts,
                                          std::size_t count) const {
        return environment_.is_object(path(parts, count)) && !binding.type.is_open() &&
               !binding.type.is(TypeKind::map) && binding.macro == nullptr;
    }

    Type bound(NodeId id, const std::string& full_name, const Binding& binding) {
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

    Type unknown_name(const std::vector<NodeId>& parts) {
        const NodeId last = parts.back();
        note(last).meaning = Meaning::unknown;
        note(last).path = path(parts, parts.size());
        std::size_t known = 0;
        while (known < parts.size() && environment_.is_object(path(parts, known + 1))) {
            ++known;
        }
        if (known == parts.size()) {
            return fail(ErrorKind::object_as_value, node(last).range,
                        fmt::format("`{}` is an object; name one of its fields",
                                    note(last).path),
                        environment_.names_below(note(last).path), node(last).name);
        }
        const Node& culprit = node(parts[known]);
        const std::string object = path(parts, known);
        std::vector<std::string> candidates = environment_.names_below(object);
        if (known > 0) {
            return fail(ErrorKind::unknown_field, culprit.name_range,
                        fmt::format("`{}` has no field `{}`", object, culprit.name),
                        std::move(candidates), culprit.name);
        }
        const auto locals = scope_.names();
        candidates.insert(candidates.end(), locals.begin(), locals.end());
        return fail(ErrorKind::unknown_name, culprit.name_range,
                    fmt::format("unknown name `{}`", culprit.name), std::move(candidates),
                    culprit.name);
    }

    Type field_of(NodeId id, const Type& target) {
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
                          fmt::format("a value of type {} has no field `{}`", target.text(),
                                      node(id).name));
    }

    // --- has() ---------------------------------------------------------------------

    Type presence(NodeId id) {
        std::vector<NodeId> parts;
        if (!node(id).children.empty() && !node(id).is_optional) {
            parts = chain(node(id).children[0]);
        }
        const bool is_bare = node(id).children.empty();
        const bool is_local = is_bare && scope_.find(node(id).name) != nullptr;
        if ((is_bare && !is_local) || !parts.empty()) {
            std::string full = path(parts, parts.size());
            full += (is_bare ? "" : ".") + node(id).name;
            if (slot_presence(id, full)) {
                return TypeKind::boolean;
            }
            if (is_bare) {
                return fail(ErrorKind::unknown_name, node(id).name_range,
                            fmt::format("unknown field `{}`", node(id).name),
                            environment_.names_below(""), node(id).name);
            }
            if (is_unknown_field(parts)) {
                return fail(ErrorKind::unknown_field, node(id).name_range,
                            fmt::format("`{}` has no field `{}`", path(parts, parts.size()),
                                        node(id).name),
                            environment_.names_below(path(parts, parts.size())), node(id).name);
            }
        } else if (is_local) {
            return fail(ErrorKind::invalid_macro, node(id).name_range,
                        "has() takes a field, as in has(report.tps)");
        }
        (void)field_of(id, type_of(node(id).children[0]));
        return TypeKind::boolean;
    }

    bool slot_presence(NodeId id, const std::string& full_name) {
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

    [[nodiscard]] bool is_unknown_field(const std::vector<NodeId>& parts) const {
        const std::string object = path(parts, parts.size());
        const Binding* binding = environment_.find(object);
        return environment_.is_object(object) &&
               (binding == nullptr || is_value_of_object(*binding, parts, parts.size()));
    }

    // --- operators -----------------------------------------------------------------

    Type index(NodeId id) {
        const Type target = type_of(node(id).children[0]);
        const NodeId key_id = node(id).children[1];
        const Type key = type_of(key_id);
        const bool wrap = node(id).is_optional || target.is(TypeKind::optional);
        const Type& container = target.is(TypeKind::optional) ? target.element() : target;
        Type element;
        if (container.is(TypeKind::list) || container.is(TypeKind::map)) {
            const Type wanted =
                container.is(TypeKind::list) ? Type(TypeKind::integer) : container.key();
            if (!can_be_equal(wanted, key)) {
                wrong_type(node(key_id).range, wanted.text(), key,
                           fmt::format("the index of a {} cannot be of type {}",
                                       container.text(), key.text()));
            }
            element = container.element();
        } else if (!container.is_open()) {
            return wrong_type(node(node(id).children[0]).range, "list or map", target,
                              fmt::format("a value of type {} has no elements", target.text()));
        }
        return wrap ? Type::optional(element) : element;
    }

    Type unary(NodeId id) {
        const NodeId operand = node(id).children[0];
        if (node(id).operation == Operator::logical_not) {
            require_boolean(operand, "the operand of `!`");
            return TypeKind::boolean;
        }
        Type type = type_of(operand);
        if (type.is_open() || type.is(TypeKind::integer) || type.is(TypeKind::real)) {
            return type;
        }
        return wrong_type(node(operand).range, "int or double", type,
                          fmt::format("`-` is not defined for {}", type.text()));
    }

    Type binary(NodeId id) {
        const Operator operation = node(id).operation;
        const Type left = type_of(node(id).children[0]);
        const Type right = type_of(node(id).children[1]);
        if (operation == Operator::in) {
            return membership(id, left, right);
        }
        if (is_comparison(operation)) {
            const bool fits = operation == Operator::equal || operation == Operator::not_equal
                                  ? can_be_equal(left, right)
                                  : can_be_ordered(left, right);
            if (!fits) {
                mismatch(id, left, right, "cannot be compared");
            }
            return TypeKind::boolean;
        }
        const auto type = arithmetic_type(operation, left, right);
        return type ? *type : mismatch(id, left, right, "is not defined between them");
    }

    Type mismatch(NodeId id, const Type& left, const Type& right, std::string_view what) {
        return wrong_type(node(id).range, left.text(), right,
                          fmt::format("{} and {}: `{}` {}", left.text(), right.text(),
                                      spelling(node(id).operation), what));
    }

    Type membership(NodeId id, const Type& left, const Type& right) {
        if (right.is(TypeKind::list) || right.is(TypeKind::map)) {
            const Type& element = right.is(TypeKind::list) ? right.element() : right.key();
            if (!can_be_equal(left, element)) {
                wrong_type(node(id).range, element.text(), left,
                           fmt::format("a {} is never in a {}", left.text(), right.text()));
            }
        } else if (!right.is_open()) {
            wrong_type(node(node(id).children[1]).range, "list or map", right,
                       fmt::format("`in` needs a list or map, not a {}", right.text()));
        }
        return TypeKind::boolean;
    }

    Type logical(NodeId id) {
        const bool is_and = node(id).kind == NodeKind::logical_and;
        for (const NodeId operand : std::vector<NodeId>(node(id).children)) {
            require_boolean(operand, is_and ? "an operand of `&&`" : "an operand of `||`");
        }
        return TypeKind::boolean;
    }

    Type conditional(NodeId id) {
        const std::vector<NodeId> parts = node(id).children;
        require_boolean(parts[0], "the condition of `? :`");
        const Type then = type_of(parts[1]);
        const Type otherwise = type_of(parts[2]);
        if (!can_be_equal(then, otherwise)) {
            return wrong_type(node(parts[2]).range, then.text(), otherwise,
                              fmt::format("the two branches differ in type: {} and {}",
                                          then.text(), otherwise.text()));
        }
        return join(then, otherwise);
    }

    // --- lists and maps --------------------------------------------------------------

    Type entry(NodeId id, std::size_t index, std::size_t entry_index) {
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
        return wrong_type(node(child).range, "optional_type", type,
                          "an entry with `?` must be an optional");
    }

    Type list(NodeId id) {
        Type element;
        const std::size_t count = node(id).children.size();
        for (std::size_t i = 0; i < count; ++i) {
            const Type type = entry(id, i, i);
            element = i == 0 ? type : join(element, type);
        }
        return Type::list(element);
    }

    Type map(NodeId id) {
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

    void check_key(NodeId id, const Type& type, MapBuilder& seen) {
        const bool possible = type.is_open() || type.is(TypeKind::integer) ||
                              type.is(TypeKind::unsigned_integer) || type.is(TypeKind::string) ||
                              type.is(TypeKind::boolean);
        if (!possible) {
            fail(ErrorKind::invalid_key, node(id).range,
                 fmt::format("a key must be an int, uint, bool or string, not a {}",
                             type.text()));
        } else if (node(id).kind == NodeKind::literal &&
                   seen.insert(node(id).value(), Value()) == MapBuilder::Outcome::duplicate) {
            fail(ErrorKind::duplicate_key, node(id).range, "this key stands here twice");
        }
    }

    // --- macros ----------------------------------------------------------------------

    struct Elements {
        Type first;   // element or key; with two variables index or key
        Type second;  // element or value
    };

    Elements elements_of(NodeId range_id, const Type& range, bool two) {
        if (range.is(TypeKind::list)) {
            return two ? Elements{TypeKind::integer, range.element()}
                       : Elements{range.element(), {}};
        }
        if (range.is(TypeKind::map)) {
            return {range.key(), range.element()};
        }
        if (!range.is_open()) {
            wrong_type(node(range_id).range, "list or map", range,
                       fmt::format("a list or map is needed here, not a {}", range.text()));
        }
        return {};
    }

    Type comprehension(NodeId id) {
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

    Type comprehension_type(NodeId id, const Elements& elements, const Type& transformed) {
        switch (node(id).comprehension) {
            case Comprehension::filter:
                return Type::list(node(id).has_transform ? transformed : elements.first);
            case Comprehension::transform_map: return Type::map(elements.first, transformed);
            case Comprehension::transform_map_entry:
                if (!transformed.is_open() && !transformed.is(TypeKind::map)) {
                    const NodeId body = node(id).children.back();
                    return wrong_type(node(body).range, "map", transformed,
                                      "transformMapEntry() needs a map for each element");
                }
                return transformed.is_open() ? Type::map({}, {}) : transformed;
            default: return TypeKind::boolean;
        }
    }

    Type bind(NodeId id) {
        const Type bound = type_of(node(id).children[0]);
        note(id).number = scope_.push(node(id).name, bound);
        Type type = type_of(node(id).children[1]);
        scope_.pop();
        return type;
    }

    Type optional_map(NodeId id) {
        const NodeId target_id = node(id).children[0];
        const NodeId body_id = node(id).children[1];
        const Type target = type_of(target_id);
        if (!target.is_open() && !target.is(TypeKind::optional)) {
            wrong_type(node(target_id).range, "optional_type", target,
                       fmt::format("an optional is needed here, not a {}", target.text()));
        }
        note(id).number = scope_.push(
            node(id).name, target.is(TypeKind::optional) ? target.element() : Type());
        Type body = type_of(body_id);
        scope_.pop();
        if (!node(id).is_flat) {
            return Type::optional(body);
        }
        if (!body.is_open() && !body.is(TypeKind::optional)) {
            return wrong_type(node(body_id).range, "optional_type", body,
                              "optFlatMap() needs an optional here");
        }
        return body;
    }

    Type macro_use(NodeId id, const MacroDefinition& macro) {
        const bool is_recursive =
            std::find(open_macros_.begin(), open_macros_.end(), macro.name) != open_macros_.end();
        if (is_recursive) {
            log_.add(ErrorKind::recursive_macro, node(id).range,
                     fmt::format("the macro `{}` leads back to itself", macro.name));
            return TypeKind::invalid;
        }
        const ExpressionLimits& limits = environment_.limits();
        if (checked_.ast.size() + macro.ast.size() > limits.nodes ||
            open_macros_.size() >= limits.depth / 8U) {
            log_.add(ErrorKind::too_large, node(id).range,
                     fmt::format("with its macros the expression has more than {} parts",
                                 limits.nodes));
            return TypeKind::invalid;
        }
        const NodeId body = checked_.ast.graft(macro.ast, macro.name);
        checked_.notes.resize(checked_.ast.size());
        checked_.ast[id].kind = NodeKind::macro_use;
        checked_.ast[id].children = {body};
        return macro_body(body, macro);
    }

    Type macro_body(NodeId body, const MacroDefinition& macro) {
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

    // --- calls -----------------------------------------------------------------------

    Type call(NodeId id) {
        std::vector<NodeId> arguments = node(id).children;
        std::string full_name = node(id).name;
        auto function = environment_.function(full_name);
        if (node(id).is_member) {
            if (const auto parts = chain(arguments.front()); !parts.empty()) {
                const std::string space = path(parts, parts.size());
                if (auto qualified = environment_.function(space + '.' + full_name)) {
                    return qualified_call(id, std::move(qualified), std::move(arguments));
                }
                if (environment_.find(path(parts, 1)) == nullptr &&
                    !environment_.is_object(path(parts, 1)) && is_function_space(space)) {
                    note(id).meaning = Meaning::unknown;
                    return fail(ErrorKind::unknown_function, node(id).name_range,
                                fmt::format("unknown function `{}.{}`", space, full_name),
                                function_candidates(environment_, space), full_name);
                }
            }
        }
        std::vector<Type> types = types_of(arguments);
        if (function == nullptr) {
            return unknown_function(id, full_name);
        }
        const CallStyle style = node(id).is_member ? CallStyle::member : CallStyle::global;
        return resolve(id, std::move(function), style, arguments, types);
    }

    Type qualified_call(NodeId id, std::shared_ptr<const FunctionGroup> function,
                        std::vector<NodeId> arguments) {
        arguments.erase(arguments.begin());
        note(id).meaning = Meaning::global_call;
        const std::vector<Type> types = types_of(arguments);
        return resolve(id, std::move(function), CallStyle::global, arguments, types);
    }

    std::vector<Type> types_of(const std::vector<NodeId>& arguments) {
        std::vector<Type> types;
        for (const NodeId argument : arguments) {
            types.push_back(type_of(argument));
        }
        return types;
    }

    [[nodiscard]] bool is_function_space(const std::string& space) const {
        return !function_candidates(environment_, space).empty();
    }

    Type unknown_function(NodeId id, const std::string& full_name) {
        note(id).meaning = Meaning::unknown;
        const CallStyle style = node(id).is_member ? CallStyle::member : CallStyle::global;
        return fail(ErrorKind::unknown_function, node(id).name_range,
                    fmt::format("unknown function `{}`", full_name),
                    function_candidates(environment_, style), full_name);
    }

    Type resolve(NodeId id, std::shared_ptr<const FunctionGroup> function, CallStyle style,
                 const std::vector<NodeId>& arguments, const std::vector<Type>& types) {
        note(id).function = function;
        const CallVerdict verdict = judge_call(*function, style, types);
        if (verdict.fault == CallFault::none) {
            check_literals(id, *function, arguments);
            return verdict.result;
        }
        if (!strict_) {
            return {};
        }
        const bool whole = verdict.fault == CallFault::count || verdict.fault == CallFault::style;
        const SourceRange range =
            whole ? node(id).name_range : node(arguments[verdict.argument]).range;
        Error& error = log_.add(whole ? ErrorKind::argument_count : ErrorKind::argument_type,
                                range, verdict.message);
        error.offender = function->name;
        error.expected = verdict.expected;
        error.found = whole ? "" : types[verdict.argument].text();
        return TypeKind::invalid;
    }

    // Dates, durations and patterns that are written out are judged here already.
    void check_literals(NodeId id, const FunctionGroup& function,
                        const std::vector<NodeId>& arguments) {
        if (arguments.empty() || node(arguments.back()).kind != NodeKind::literal ||
            !node(arguments.back()).literal.is(Kind::string)) {
            return;
        }
        const NodeId literal = arguments.back();
        LiteralVerdict verdict = judge_literal(function, node(literal).name);
        note(id).pattern = std::move(verdict.pattern);
        if (!verdict.complaint.empty()) {
            fail(ErrorKind::invalid_literal, node(literal).range, verdict.complaint);
        }
    }

    const Environment& environment_;
    bool strict_;
    ErrorLog log_;
    Scope scope_;
    std::vector<std::string_view> open_macros_;
    Checked checked_;
};

}  // namespace

Checked check(Ast ast, std::string_view text, const Environment& environment,
              std::vector<Error>& errors) {
    return Checker(std::move(ast), text, environment, errors).run();
}

}  // namespace kentongan::cel
