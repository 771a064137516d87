// SPDX-License-Identifier: Apache-2.0
// Gives every part of a tree its type and every name its meaning.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/ast.hpp"
#include "rules/cel/compile_error.hpp"
#include "rules/cel/environment.hpp"
#include "rules/cel/regex.hpp"
#include "rules/cel/type.hpp"

namespace kentongan::cel {

// What a node means beyond its kind.
enum class Meaning : std::uint8_t {
  ordinary,     // what its kind says
  slot,         // a variable or field: number says which
  local,        // a name bound by a comprehension or bind: number says which
  constant,     // of the environment
  presence,     // has() of a slot or an object: slots
  global_call,  // a.f(b) where a.f is the function's whole name: without the target
  unknown,      // fails at run time; only in dynamic environments
};

struct Note {
  Type type;
  Meaning meaning = Meaning::ordinary;
  std::uint32_t number = 0;  // slot, or first local of a comprehension or bind
  std::string path;          // of slots and unknown names
  std::vector<SlotId> slots;
  std::shared_ptr<const OwnedValue> constant;
  std::shared_ptr<const FunctionGroup> function;
  std::shared_ptr<const Regex> pattern;  // of matches() with a literal
};

struct Checked {
  Ast ast;                  // macros of the host put in
  std::vector<Note> notes;  // one for each node
  std::uint32_t locals = 0;
};

// All errors found are appended; then the result is not to be used.
[[nodiscard]] Checked check(Ast ast, std::string_view text, const Environment& environment, std::vector<Error>& errors);

}  // namespace kentongan::cel
