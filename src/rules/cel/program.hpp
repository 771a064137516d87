// SPDX-License-Identifier: Apache-2.0
// A compiled expression.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/cel/activation.hpp"
#include "rules/cel/ast.hpp"
#include "rules/cel/compile_error.hpp"
#include "rules/cel/environment.hpp"
#include "rules/cel/eval_error.hpp"
#include "rules/cel/scratch.hpp"
#include "rules/cel/type.hpp"
#include "rules/cel/value.hpp"

namespace kentongan::cel {

// Views of what the Program, the Activation and the Scratch hold.
using Result = tl::expected<Value, EvalError>;

// A comparison of a slot with something written out: slot == v, slot in [v, w], slot >= v,
// whichever side it stands on; a slot that is a condition by itself is slot == true.
struct Condition {
  enum class Relation : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal, one_of };

  SlotId slot;
  Relation relation = Relation::equal;
  std::vector<Value> constants;  // one, or for one_of any number; live as long as the Program
  SourceRange range;             // in the expression, or in the macro with this name
  std::string_view macro;
  std::vector<SourceRange> constant_ranges;  // one each, where written as literals; or empty
};

// An operand of the outermost &&, those of macros of the host taken apart as well.
struct Conjunct {
  SourceRange range;       // in the text of the expression, or of the macro
  std::string_view macro;  // empty: the expression itself
  SourceRange use;         // in the expression: the part, or the name of the outermost macro
};

struct ProgramData;

// Immutable and cheap to copy. Any number of threads may evaluate it at once, each with
// its own Scratch.
class Program {
 public:
  [[nodiscard]] const Type& result_type() const;

  // A missing slot is an error of the value, as CEL defines; && and || may absorb it.
  [[nodiscard]] Result evaluate(const Activation& activation, Scratch& scratch) const;

  // For explanations: the conjuncts in their order, and the value of one alone. An
  // expression that is no conjunction is its own only conjunct.
  [[nodiscard]] std::span<const Conjunct> conjuncts() const;
  [[nodiscard]] Result evaluate_conjunct(std::size_t index, const Activation& activation, Scratch& scratch) const;

  // What must hold of single slots for the value to be true: conjuncts that are such
  // comparisons. There may be more conditions than these; never one that need not hold.
  [[nodiscard]] std::span<const Condition> required() const;

  // All such comparisons wherever they stand, for lints about values that cannot occur.
  [[nodiscard]] std::span<const Condition> comparisons() const;

  // Sorted, each once; those that only has() asks for included.
  [[nodiscard]] std::span<const SlotId> slots() const;

  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] std::size_t instruction_count() const;

  // For the compiler.
  explicit Program(std::shared_ptr<const ProgramData> data) : data_(std::move(data)) {}

 private:
  std::shared_ptr<const ProgramData> data_;
};

struct CompileOptions {
  // The result must be one of these types (or dyn); empty: any.
  std::vector<Type> result_types;
};

// All errors that can be told at once: the first one in the syntax, or else every one that
// the checker finds, in the order of the text. Thread-safe.
[[nodiscard]] tl::expected<Program, std::vector<Error>> compile(std::string_view text, const Environment& environment,
                                                                const CompileOptions& options = {});

}  // namespace kentongan::cel
