// SPDX-License-Identifier: Apache-2.0
#include "rules/diagnostic_github.hpp"

#include <string_view>

#include <fmt/format.h>

namespace kentongan::rules {

namespace {

/// What would end the text, or the command, is written as %XX; in a property also what divides properties.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    const bool divides = property && (c == ':' || c == ',');
    if (c == '%' || c == '\r' || c == '\n' || divides) {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string to_github(const Diagnostics& diagnostics, said::Language language) {
  std::string out;
  for (const Diagnostic& found : diagnostics.all) {
    out += found.severity == Severity::error ? "::error " : "::warning ";
    out += "file=" + escaped(found.file, true);
    if (found.line > 0) out += fmt::format(",line={},col={}", found.line, found.column);
    out += ",title=" + escaped(found.code, true) + "::";
    const std::string& hint = found.hint.in(language);
    out += escaped(found.message.in(language) + (hint.empty() ? "" : '\n' + hint), false) + '\n';
  }
  return out;
}

}  // namespace kentongan::rules
