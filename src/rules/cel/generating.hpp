// SPDX-License-Identifier: Apache-2.0
// The compiler at work; its parts stand in compiler.cpp, generate_names.cpp,
// generate_operators.cpp and generate_calls.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "rules/cel/checker.hpp"
#include "rules/cel/code_builder.hpp"
#include "rules/cel/program_data.hpp"

namespace kentongan::cel {

// An operand of the outermost &&.
struct Leaf {
  NodeId node = 0;
  SourceRange use;
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

  std::shared_ptr<const ProgramData> run();

 private:
  [[nodiscard]] const Node& node(NodeId id) const { return checked_.ast[id]; }
  [[nodiscard]] const Note& note(NodeId id) const { return checked_.notes[id]; }

  // --- the outermost conjunction ---------------------------------------------------

  void find_leaves(NodeId id, std::optional<SourceRange> use, std::vector<Leaf>& leaves) const;
  void root();
  void leaf(const Leaf& leaf);
  void add_required(CodeSpan span);

  // --- nodes -------------------------------------------------------------------------

  [[nodiscard]] CodePlace place_of(NodeId id) const { return {node(id).range, node(id).source}; }

  // Leaves one value on the stack.
  void emit(NodeId id);
  void emit_kind(NodeId id);
  void emit_children(NodeId id, std::size_t from = 0);
  void unknown(EvalErrorKind kind, std::string_view what);
  void name(NodeId id);
  void presence(NodeId id);

  // An object is there when one of its fields is.
  void slots_present(NodeId id);
  void land(const std::vector<std::uint32_t>& jumps);
  void index(NodeId id);
  void unary(NodeId id);
  void binary(NodeId id);
  [[nodiscard]] const Instruction* only(std::uint32_t begin, std::uint32_t end, Opcode opcode) const;

  // slot <op> constant in one instruction.
  bool fuse_comparison(NodeId id, std::uint32_t left, std::uint32_t right, std::int64_t depth);
  bool fuse_membership(NodeId id, std::uint32_t left, std::uint32_t right, std::int64_t depth);
  void note_comparison(std::uint32_t at, std::vector<SourceRange> ranges);

  // Of a literal, or of a list of literals; in the same text as the comparison.
  [[nodiscard]] std::vector<SourceRange> literal_ranges(NodeId comparison, NodeId id) const;
  void logical(NodeId id, Opcode jump, Opcode combine);
  void conditional(NodeId id);
  [[nodiscard]] std::uint32_t optional_marks(NodeId id);
  void list(NodeId id);
  void map(NodeId id);

  // --- calls and macros --------------------------------------------------------------

  void call(NodeId id);
  void optional_or(NodeId id);
  void bind(NodeId id);
  void optional_map(NodeId id);
  void comprehension(NodeId id);

  // --- constants ---------------------------------------------------------------------

  [[nodiscard]] bool is_foldable(const Instruction& last) const;

  // Code over constants alone is run now; where that fails it is left for run time.
  void fold(std::uint32_t begin, std::int64_t depth);

  const Checked& checked_;
  std::shared_ptr<ProgramData> data_;
  CodeBuilder code_;
};

}  // namespace kentongan::cel
