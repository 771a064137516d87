// SPDX-License-Identifier: Apache-2.0
// The flat form of a program: a stack machine whose code has no recursion.
#pragma once

#include <cstdint>

namespace kentongan::cel {

// In the comments, "a", "b", "c" are the fields of the instruction; stack effects stand as
// (before -- after). Errors are values; an instruction that meets one among its operands
// passes the first of them on, unless it says otherwise.
enum class Opcode : std::uint8_t {
  constant,          // ( -- v)          constants[a]
  load_slot,         // ( -- v)          slot a, detail c names it
  has_slot,          // ( -- bool)       slot a
  load_local,        // ( -- v)          local a
  store_local,       // (v -- )          local a; stores errors too
  unknown,           // ( -- error)      of kind b, detail c
  select,            // (v -- v)         field constants[a]; b: optional
  has_field,         // (v -- bool)      field constants[a]
  index,             // (v key -- v)     b: optional
  negate,            // (v -- v)
  logical_not,       // (v -- v)
  arithmetic,        // (v v -- v)       operator b
  compare,           // (v v -- bool)    operator b
  membership,        // (v v -- bool)
  compare_slot,      // ( -- bool)       slot a, operator b, constants[c]
  slot_in,           // ( -- bool)       slot a in sets[c]
  in_set,            // (v -- bool)      in sets[a]
  jump,              // ( -- )           to a
  jump_if_false,     // (v -- v)         to a; looks only
  jump_if_true,      // (v -- v)         to a; looks only
  combine_and,       // (v v -- v)       false if one is false, else the first error
  combine_or,        // (v v -- v)
  branch,            // (v -- )          to a if false; to c with the error if not a bool
  make_list,         // (v.. -- list)    a values; c: 1 + index of the optional marks
  make_map,          // (k v.. -- map)   a entries; c likewise
  call,              // (v.. -- v)       functions[a] with b values, c: 1 + pattern; flag: member
  optional_or,       // (v -- v) or (v -- )  to a unless v is none; b: or() keeps the optional
  optional_open,     // (v -- )          content into local c; to a with none or error
  optional_wrap,     // (v -- optional)
  require_optional,  // (v -- v)         an error unless it is an optional
  loop_begin,        // (v -- )          over v; to a with the error if it cannot be
  loop_next,         // ( -- )           next element into locals c ..; to a if there is none
  loop_test,         // (v -- )          predicate of loop b: leave to a, or to c for the next
  loop_collect,      // (v -- )          transformation of loop b, likewise
  loop_end,          // ( -- v)          outcome of loop b
};

struct Instruction {
  Opcode opcode = Opcode::constant;
  std::uint8_t b = 0;
  std::uint16_t flag = 0;
  std::uint32_t a = 0;
  std::uint32_t c = 0;
};

}  // namespace kentongan::cel
