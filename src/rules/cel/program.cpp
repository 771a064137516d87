// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/program.hpp"

#include "rules/cel/evaluator.hpp"
#include "rules/cel/program_data.hpp"

namespace kentongan::cel {
namespace {

EvalError describe(const ProgramData& program, const Value& error) {
  const std::size_t at = error.error_place() == 0 ? 0 : error.error_place() - 1;
  const CodePlace& place = program.places[at];
  return {error.error_kind(), place.range, program.macro_name(place.source), error.error_detail()};
}

Result evaluate_span(const ProgramData& program, CodeSpan span, const Activation& activation, Scratch& scratch) {
  Workspace& workspace = scratch.workspace();
  workspace.prepare(program.stack_size, program.local_count);
  const Value value = run(program, span, activation, workspace);
  if (value.is_error()) {
    return tl::unexpected(describe(program, value));
  }
  return value;
}

}  // namespace

const Type& Program::result_type() const { return data_->result_type; }

Result Program::evaluate(const Activation& activation, Scratch& scratch) const {
  const auto end = static_cast<std::uint32_t>(data_->code.size());
  return evaluate_span(*data_, {0, end}, activation, scratch);
}

std::span<const Conjunct> Program::conjuncts() const { return data_->conjuncts; }

Result Program::evaluate_conjunct(std::size_t index, const Activation& activation, Scratch& scratch) const {
  return evaluate_span(*data_, data_->conjunct_code[index], activation, scratch);
}

std::span<const Condition> Program::required() const { return data_->required; }

std::span<const Condition> Program::comparisons() const { return data_->comparisons; }

std::span<const SlotId> Program::slots() const { return data_->slots; }

std::string_view Program::text() const { return data_->text; }

std::size_t Program::instruction_count() const { return data_->code.size(); }

}  // namespace kentongan::cel
