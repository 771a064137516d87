// SPDX-License-Identifier: Apache-2.0
// Appends instructions and keeps account of what they need.
#pragma once

#include <string_view>

#include "rules/cel/program_data.hpp"

namespace kentongan::cel {

class CodeBuilder {
 public:
  explicit CodeBuilder(ProgramData& data) : data_(data) {}

  // Where the code after this comes from.
  void set_place(CodePlace place) { place_ = place; }
  [[nodiscard]] CodePlace place() const { return place_; }

  // Gives the index.
  std::uint32_t emit(Instruction instruction);
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(data_.code.size()); }
  // Makes a jump lead here.
  void land(std::uint32_t jump) { data_.code[jump].a = here(); }

  // The value is copied into the program.
  std::uint32_t emit_constant(const Value& value);
  [[nodiscard]] std::uint32_t add_detail(std::string_view text);
  [[nodiscard]] std::uint32_t add_function(std::shared_ptr<const FunctionGroup> function);
  [[nodiscard]] std::uint32_t add_set(const Value& list);

  // Depth of the stack at run time; set back where code begins that is reached by a jump.
  [[nodiscard]] std::int64_t depth() const { return depth_; }
  void set_depth(std::int64_t depth) { depth_ = depth; }

  // Takes back everything from this index on; it must leave the stack as it was then.
  void truncate(std::uint32_t index, std::int64_t depth);

  // Are all instructions from this index to the last but one constants?
  [[nodiscard]] bool has_constant_operands(std::uint32_t begin) const;

 private:
  ProgramData& data_;
  CodePlace place_;
  std::int64_t depth_ = 0;
};

}  // namespace kentongan::cel
