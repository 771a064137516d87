// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/error_log.hpp"

namespace kentongan::cel {
namespace {

// Nobody reads more, and a hostile text could have tens of thousands.
constexpr std::size_t most_errors = 100;

}  // namespace

Error& ErrorLog::add(ErrorKind kind, SourceRange range, said::TextView message) {
  for (const Error& known : *errors_) {
    if (known.kind == kind && known.range == range && known.macro == macro_) {
      spare_ = {};
      return spare_;
    }
  }
  if (errors_->size() == most_errors) {
    spare_ = {};
    return spare_;
  }
  Error& error = errors_->emplace_back();
  error.kind = kind;
  error.range = range;
  error.position = position_at(text_, range.begin);
  error.macro = macro_;
  error.message = std::move(message);
  return error;
}

}  // namespace kentongan::cel
