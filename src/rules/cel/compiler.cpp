// SPDX-License-Identifier: Apache-2.0
#include "compiler.h"

#include <algorithm>

#include "code_builder.h"
#include "conditions.h"
#include "evaluator.h"
#include "owned_value.h"

namespace kentongan::cel {
namespace {

// What may be computed in advance must be cheap and its outcome small.
constexpr EvaluationLimits folding_limits = {.steps = 20'000, .memory_bytes = 65'536};

class NoSlots : public Activation {
public:
    [[nodiscard]] Value load(SlotId /*slot*/) const override { return Value::missing(); }
};

class Generator {
public:
    Generator(const Checked& checked, std::string_view text)
        : checked_(checked), data_(std::make_shared<ProgramData>()), code_(*data_) {
        data_->text = text;
        data_->result_type = checked.notes[checked.ast.root].type;
        data_->macro_names = checked.ast.macro_names();
        data_->local_count = checked.locals + 1;
    }

    std::shared_ptr<const ProgramData> run() {
        root();
        for (const CodeSpan& span : data_->conjunct_code) {
            add_required(span);
        }
        std::sort(data_->slots.begin(), data_->slots.end());
        data_->slots.erase(std::unique(data_->slots.begin(), data_->slots.end()),
                           data_->slots.end());
        return std::move(data_);
    }

private:
    [[nodiscard]] const Node& node(NodeId id) const { return checked_.ast[id]; }
    [[nodiscard]] const Note& note(NodeId id) const { return checked_.notes[id]; }

    // --- the outermost conjunction ---------------------------------------------------

    struct Leaf {
        NodeId node = 0;
        SourceRange use;
    };

    void find_leaves(NodeId id, std::optional<SourceRange> use, std::vector<Leaf>& leaves) const {
        if (node(id).kind == NodeKind::logical_and) {
            for (const NodeId child : node(id).children) {
                find_leaves(child, use, leaves);
            }
        } else if (node(id).kind == NodeKind::macro_use) {
            find_leaves(node(id).children[0], use ? use : node(id).range, leaves);
        } else {
            leaves.push_back({id, use ? *use : node(id).range});
        }
    }

    void root() {
        std::vector<Leaf> leaves;
        find_leaves(checked_.ast.root, std::nullopt, leaves);
        std::vector<std::uint32_t> jumps;
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            if (i > 0) {
                code_.set_place(place_of(checked_.ast.root));
                jumps.push_back(code_.emit({.opcode = Opcode::jump_if_false}));
            }
            leaf(leaves[i]);
            if (i > 0) {
                code_.set_place(place_of(checked_.ast.root));
                code_.emit({.opcode = Opcode::combine_and});
            }
        }
        land(jumps);
    }

    void leaf(const Leaf& leaf) {
        const std::uint32_t begin = code_.here();
        emit(leaf.node);
        const Node& part = node(leaf.node);
        data_->conjunct_code.push_back({begin, code_.here()});
        data_->conjuncts.push_back({part.range, data_->macro_name(part.source), leaf.use});
    }

    void add_required(CodeSpan span) {
        if (auto condition = condition_of(*data_, span)) {
            for (const Condition& known : data_->comparisons) {
                if (known.range == condition->range && known.macro == condition->macro) {
                    condition->constant_ranges = known.constant_ranges;
                }
            }
            data_->required.push_back(std::move(*condition));
        }
    }

    // --- nodes -------------------------------------------------------------------------

    [[nodiscard]] CodePlace place_of(NodeId id) const { return {node(id).range, node(id).source}; }

    // Leaves one value on the stack.
    void emit(NodeId id) {
        const CodePlace outer = code_.place();
        const std::uint32_t begin = code_.here();
        const std::int64_t depth = code_.depth();
        code_.set_place(place_of(id));
        emit_kind(id);
        fold(begin, depth);
        code_.set_place(outer);
    }

    void emit_kind(NodeId id) {
        switch (node(id).kind) {
            case NodeKind::literal: code_.emit_constant(node(id).value()); return;
            case NodeKind::identifier:
            case NodeKind::select: return name(id);
            case NodeKind::presence: return presence(id);
            case NodeKind::index: return index(id);
            case NodeKind::unary: return unary(id);
            case NodeKind::binary: return binary(id);
            case NodeKind::logical_and: return logical(id, Opcode::jump_if_false,
                                                       Opcode::combine_and);
            case NodeKind::logical_or: return logical(id, Opcode::jump_if_true,
                                                      Opcode::combine_or);
            case NodeKind::conditional: return conditional(id);
            case NodeKind::call: return call(id);
            case NodeKind::list: return list(id);
            case NodeKind::map: return map(id);
            case NodeKind::comprehension: return comprehension(id);
            case NodeKind::bind: return bind(id);
            case NodeKind::optional_map: return optional_map(id);
            case NodeKind::macro_use: return emit(node(id).children[0]);
        }
    }

    void emit_children(NodeId id, std::size_t from = 0) {
        for (std::size_t i = from; i < node(id).children.size(); ++i) {
            emit(node(id).children[i]);
        }
        code_.set_place(place_of(id));
    }

    void unknown(EvalErrorKind kind, std::string_view what) {
        code_.emit({.opcode = Opcode::unknown,
                    .b = static_cast<std::uint8_t>(kind),
                    .c = code_.add_detail(what)});
    }

    void name(NodeId id) {
        switch (note(id).meaning) {
            case Meaning::slot:
                data_->slots.push_back({note(id).number});
                code_.emit({.opcode = Opcode::load_slot,
                            .a = note(id).number,
                            .c = code_.add_detail(note(id).path)});
                return;
            case Meaning::local:
                code_.emit({.opcode = Opcode::load_local, .a = note(id).number});
                return;
            case Meaning::constant: code_.emit_constant(note(id).constant->get()); return;
            case Meaning::unknown: return unknown(EvalErrorKind::unknown_name, note(id).path);
            default: break;
        }
        emit_children(id);
        code_.emit({.opcode = Opcode::select,
                    .b = node(id).is_optional,
                    .a = code_.add_detail(node(id).name)});
    }

    void presence(NodeId id) {
        if (note(id).meaning == Meaning::presence) {
            return slots_present(id);
        }
        if (node(id).children.empty()) {
            return unknown(EvalErrorKind::unknown_name, node(id).name);
        }
        emit_children(id);
        code_.emit({.opcode = Opcode::has_field, .a = code_.add_detail(node(id).name)});
    }

    // An object is there when one of its fields is.
    void slots_present(NodeId id) {
        std::vector<std::uint32_t> jumps;
        const std::vector<SlotId>& slots = note(id).slots;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            data_->slots.push_back(slots[i]);
            if (i > 0) {
                jumps.push_back(code_.emit({.opcode = Opcode::jump_if_true}));
            }
            code_.emit({.opcode = Opcode::has_slot, .a = slots[i].value});
            if (i > 0) {
                code_.emit({.opcode = Opcode::combine_or});
            }
        }
        if (slots.empty()) {
            code_.emit_constant(Value::boolean(true));
        }
        land(jumps);
    }

    void land(const std::vector<std::uint32_t>& jumps) {
        for (const std::uint32_t jump : jumps) {
            code_.land(jump);
        }
    }

    void index(NodeId id) {
        emit_children(id);
        code_.emit({.opcode = Opcode::index, .b = node(id).is_optional});
    }

    void unary(NodeId id) {
        emit_children(id);
        const bool is_negation = node(id).operation == Operator::negate;
        code_.emit({.opcode = is_negation ? Opcode::negate : Opcode::logical_not});
    }

    void binary(NodeId id) {
        const Operator operation = node(id).operation;
        const std::uint32_t left = code_.here();
        const std::int64_t depth = code_.depth();
        emit(node(id).children[0]);
        const std::uint32_t right = code_.here();
        emit(node(id).children[1]);
        code_.set_place(place_of(id));
        if (is_comparison(operation)) {
            if (!fuse_comparison(id, left, right, depth)) {
                code_.emit({.opcode = Opcode::compare, .b = static_cast<std::uint8_t>(operation)});
            }
        } else if (operation == Operator::in) {
            if (!fuse_membership(id, left, right, depth)) {
                code_.emit({.opcode = Opcode::membership});
            }
        } else {
            code_.emit({.opcode = Opcode::arithmetic, .b = static_cast<std::uint8_t>(operation)});
        }
    }

    [[nodiscard]] const Instruction* only(std::uint32_t begin, std::uint32_t end,
                                          Opcode opcode) const {
        const Instruction& first = data_->code[begin];
        return begin + 1 == end && first.opcode == opcode ? &first : nullptr;
    }

    // slot <op> constant in one instruction.
    bool fuse_comparison(NodeId id, std::uint32_t left, std::uint32_t right, std::int64_t depth) {
        const std::uint32_t end = code_.here();
        Operator operation = node(id).operation;
        const Instruction* slot = only(left, right, Opcode::load_slot);
        const Instruction* constant = only(right, end, Opcode::constant);
        NodeId literal = node(id).children[1];
        if (slot == nullptr || constant == nullptr) {
            slot = only(right, end, Opcode::load_slot);
            constant = only(left, right, Opcode::constant);
            operation = mirrored(operation);
            literal = node(id).children[0];
        }
        if (slot == nullptr || constant == nullptr) {
            return false;
        }
        const Instruction fused{.opcode = Opcode::compare_slot,
                                .b = static_cast<std::uint8_t>(operation),
                                .flag = static_cast<std::uint16_t>(slot->c),
                                .a = slot->a,
                                .c = constant->a};
        code_.truncate(left, depth);
        note_comparison(code_.emit(fused), literal_ranges(id, literal));
        return true;
    }

    bool fuse_membership(NodeId id, std::uint32_t left, std::uint32_t right, std::int64_t depth) {
        const Instruction* constant = only(right, code_.here(), Opcode::constant);
        if (constant == nullptr || !data_->constants[constant->a].is(Kind::list)) {
            return false;
        }
        const std::uint32_t set = code_.add_set(data_->constants[constant->a]);
        const Instruction* slot = only(left, right, Opcode::load_slot);
        if (slot == nullptr) {
            code_.truncate(right, depth + 1);
            code_.emit({.opcode = Opcode::in_set, .a = set});
            return true;
        }
        const Instruction fused{.opcode = Opcode::slot_in,
                                .flag = static_cast<std::uint16_t>(slot->c),
                                .a = slot->a,
                                .c = set};
        code_.truncate(left, depth);
        note_comparison(code_.emit(fused), literal_ranges(id, node(id).children[1]));
        return true;
    }

    void note_comparison(std::uint32_t at, std::vector<SourceRange> ranges) {
        auto condition = condition_of(*data_, {at, at + 1});
        condition->constant_ranges = std::move(ranges);
        data_->comparisons.push_back(std::move(*condition));
    }

    // Of a literal, or of a list of literals; in the same text as the comparison.
    [[nodiscard]] std::vector<SourceRange> literal_ranges(NodeId comparison, NodeId id) const {
        std::vector<SourceRange> ranges;
        if (node(id).source != node(comparison).source) {
            return ranges;
        }
        if (node(id).kind == NodeKind::literal) {
            ranges.push_back(node(id).range);
        } else if (node(id).kind == NodeKind::list) {
            for (const NodeId element : node(id).children) {
                ranges.push_back(node(element).range);
            }
        }
        return ranges;
    }

    void logical(NodeId id, Opcode jump, Opcode combine) {
        std::vector<std::uint32_t> jumps;
        emit(node(id).children[0]);
        for (std::size_t i = 1; i < node(id).children.size(); ++i) {
            jumps.push_back(code_.emit({.opcode = jump}));
            emit(node(id).children[i]);
            code_.emit({.opcode = combine});
        }
        land(jumps);
    }

    void conditional(NodeId id) {
        emit(node(id).children[0]);
        const std::uint32_t branch = code_.emit({.opcode = Opcode::branch});
        const std::int64_t depth = code_.depth();
        emit(node(id).children[1]);
        const std::uint32_t jump = code_.emit({.opcode = Opcode::jump});
        code_.land(branch);
        code_.set_depth(depth);
        emit(node(id).children[2]);
        code_.land(jump);
        data_->code[branch].c = code_.here();
    }

    [[nodiscard]] std::uint32_t optional_marks(NodeId id) {
        if (node(id).optional_entries.empty()) {
            return 0;
        }
        data_->optional_marks.push_back(node(id).optional_entries);
        return static_cast<std::uint32_t>(data_->optional_marks.size());
    }

    void list(NodeId id) {
        emit_children(id);
        code_.emit({.opcode = Opcode::make_list,
                    .a = static_cast<std::uint32_t>(node(id).children.size()),
                    .c = optional_marks(id)});
    }

    void map(NodeId id) {
        emit_children(id);
        code_.emit({.opcode = Opcode::make_map,
                    .a = static_cast<std::uint32_t>(node(id).children.size() / 2),
                    .c = optional_marks(id)});
    }

    // --- calls and macros --------------------------------------------------------------

    void call(NodeId id) {
        if (note(id).function == nullptr) {
            return unknown(EvalErrorKind::unknown_function, node(id).name);
        }
        const std::size_t from = note(id).meaning == Meaning::global_call ? 1 : 0;
        const bool is_member = node(id).is_member && from == 0;
        const std::size_t count = node(id).children.size() - from;
        const std::string& name = note(id).function->name;
        if (is_member && count == 2 && (name == "or" || name == "orValue")) {
            return optional_or(id);
        }
        if (count > UINT8_MAX) {
            return unknown(EvalErrorKind::no_such_overload, name);
        }
        emit_children(id, from);
        std::uint32_t pattern = 0;
        if (note(id).pattern != nullptr) {
            data_->patterns.push_back(note(id).pattern);
            pattern = static_cast<std::uint32_t>(data_->patterns.size());
        }
        const CallStyle style = is_member ? CallStyle::member : CallStyle::global;
        code_.emit({.opcode = Opcode::call,
                    .b = static_cast<std::uint8_t>(count),
                    .flag = static_cast<std::uint16_t>(style),
                    .a = code_.add_function(note(id).function),
                    .c = pattern});
    }

    void optional_or(NodeId id) {
        const bool keeps_optional = note(id).function->name == "or";
        emit(node(id).children[0]);
        const std::uint32_t jump =
            code_.emit({.opcode = Opcode::optional_or, .b = keeps_optional});
        emit(node(id).children[1]);
        if (keeps_optional) {
            code_.emit({.opcode = Opcode::require_optional});
        }
        code_.land(jump);
    }

    void bind(NodeId id) {
        emit(node(id).children[0]);
        code_.emit({.opcode = Opcode::store_local, .a = note(id).number});
        emit(node(id).children[1]);
    }

    void optional_map(NodeId id) {
        emit(node(id).children[0]);
        const std::uint32_t open =
            code_.emit({.opcode = Opcode::optional_open, .c = note(id).number});
        emit(node(id).children[1]);
        code_.emit({.opcode = node(id).is_flat ? Opcode::require_optional
                                               : Opcode::optional_wrap});
        code_.land(open);
    }

    void comprehension(NodeId id) {
        const Node& macro = node(id);
        const auto kind = static_cast<std::uint8_t>(macro.comprehension);
        emit(macro.children[0]);
        const std::uint32_t begin = code_.emit(
            {.opcode = Opcode::loop_begin, .flag = !macro.second_name.empty()});
        const std::uint32_t next = code_.emit({.opcode = Opcode::loop_next, .c = note(id).number});
        std::vector<std::uint32_t> exits = {next};
        if (macro.has_predicate) {
            emit(macro.children[1]);
            exits.push_back(code_.emit({.opcode = Opcode::loop_test, .b = kind, .c = next}));
        }
        if (macro.has_transform) {
            emit(macro.children.back());
        }
        if (macro.has_transform || macro.comprehension == Comprehension::filter) {
            exits.push_back(code_.emit({.opcode = Opcode::loop_collect,
                                        .b = kind,
                                        .flag = !macro.has_transform,
                                        .c = next}));
        }
        land(exits);
        code_.emit({.opcode = Opcode::loop_end, .b = kind});
        code_.land(begin);
    }

    // --- constants ---------------------------------------------------------------------

    [[nodiscard]] bool is_foldable(const Instruction& last) const {
        switch (last.opcode) {
            case Opcode::select:
            case Opcode::has_field:
            case Opcode::index:
            case Opcode::negate:
            case Opcode::logical_not:
            case Opcode::arithmetic:
            case Opcode::compare:
            case Opcode::membership:
            case Opcode::in_set:
            case Opcode::make_list:
            case Opcode::make_map: return true;
            case Opcode::call: return data_->functions[last.a]->is_pure();
            default: return false;
        }
    }

    // Code over constants alone is run now; where that fails it is left for run time.
    void fold(std::uint32_t begin, std::int64_t depth) {
        if (!is_foldable(data_->code.back()) || !code_.has_constant_operands(begin)) {
            return;
        }
        Workspace workspace(folding_limits);
        workspace.prepare(data_->stack_size, data_->local_count);
        const Value value = cel::run(*data_, {begin, code_.here()}, NoSlots(), workspace);
        if (!value.is_error()) {
            code_.truncate(begin, depth);
            code_.emit_constant(value);
        }
    }

    const Checked& checked_;
    std::shared_ptr<ProgramData> data_;
    CodeBuilder code_;
};

}  // namespace

std::shared_ptr<const ProgramData> generate(const Checked& checked, std::string_view text) {
    return Generator(checked, text).run();
}

}  // namespace kentongan::cel
