// SPDX-License-Identifier: Apache-2.0
// Collects the errors of one expression and its macros, each once and at most a hundred.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/compile_error.hpp"
#include "rules/said/text.hpp"

namespace kentongan::cel {

class ErrorLog {
 public:
  ErrorLog(std::string_view text, std::vector<Error>& errors) : text_(text), errors_(&errors) {}

  // Errors after this lie in the text of this macro; "" and the main text lead back.
  void enter(std::string_view macro, std::string_view text) {
    macro_ = macro;
    text_ = text;
  }
  [[nodiscard]] std::string_view macro() const { return macro_; }
  [[nodiscard]] std::string_view text() const { return text_; }

  // The entry, to add hints; what is dropped goes into a spare one.
  Error& add(ErrorKind kind, SourceRange range, said::TextView message);

 private:
  std::string_view text_;
  std::string_view macro_;
  std::vector<Error>* errors_;
  Error spare_;
};

}  // namespace kentongan::cel
