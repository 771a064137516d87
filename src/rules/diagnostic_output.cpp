// SPDX-License-Identifier: Apache-2.0
#include "rules/diagnostic_output.hpp"

#include <string_view>

#include <fmt/format.h>

#include "rules/json_text.hpp"
#include "rules/said/say.hpp"
#include "rules/text_check.hpp"

namespace kentongan::rules {

namespace {

using said::Language;
using said::Text;
using said::TextView;

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kYellow = "\x1b[1;33m";
constexpr std::string_view kBlue = "\x1b[34m";

std::string painted(std::string_view text, std::string_view paint, Colour colour) {
  return colour == Colour::yes ? fmt::format("{}{}{}", paint, text, kReset) : std::string(text);
}

/// Control characters would act on the terminal, broken UTF-8 would confuse it.
std::string printable(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    const bool control =
        length == 1 && text[at] != '\t' && (static_cast<unsigned char>(text[at]) < 0x20 || text[at] == 0x7F);
    if (length == 0 || control) {
      clean += '?';
      ++at;
    } else {
      clean += text.substr(at, length);
      at += length;
    }
  }
  return clean;
}

/// What stands before the caret: tabs stay tabs, so that the caret keeps its place on a terminal.
std::string indentation(std::string_view line, int columns) {
  std::string text;
  for (const char c : line) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (!begins) continue;
    if (columns-- <= 0) break;
    text += c == '\t' ? '\t' : ' ';
  }
  return text + std::string(static_cast<std::size_t>(columns > 0 ? columns : 0), ' ');
}

void append_finding(std::string& out, const Diagnostic& d, Language language, Colour colour) {
  const bool error = d.severity == Severity::error;
  const std::string_view paint = error ? kRed : kYellow;
  const std::string place =
      d.line > 0 ? fmt::format("{}:{}:{}", printable(d.file), d.line, d.column) : printable(d.file);
  out += fmt::format("{}: {}: {} [{}]\n", place,
                     painted((error ? TextView("error") : TextView("warning")).in(language), paint, colour),
                     printable(d.message.in(language)), d.code);
  if (!d.snippet.empty()) {
    out += fmt::format("{} {}\n", painted(fmt::format("{:>5} |", d.line), kBlue, colour), printable(d.snippet));
    out += fmt::format("{} {}{}\n", painted("      |", kBlue, colour),
                       indentation(d.snippet, d.column - d.snippet_column), painted("^", paint, colour));
  }
  if (!d.hint.empty()) out += fmt::format("{} {}\n", painted("      =", kBlue, colour), printable(d.hint.in(language)));
}

Text counted(std::size_t count, TextView one, TextView many) {
  return said::say("{} {}", count, count == 1 ? one : many);
}

void append_fix(std::string& out, const Fix& fix) {
  if (fix.empty()) return;
  out += ",\"fix\":";
  for (const Edit& edit : fix) {
    out += fmt::format(R"({}{{"line":{},"column":{},"end_line":{},"end_column":{},"text":)",
                       &edit == &fix.front() ? "[" : ",", edit.begin.line, edit.begin.column, edit.end.line,
                       edit.end.column);
    append_json_string(out, edit.text);
    out += '}';
  }
  out += ']';
}

void append_list(std::string& out, const Diagnostics& diagnostics, Severity severity, Language language) {
  out += '[';
  bool first = true;
  for (const Diagnostic& d : diagnostics.all) {
    if (d.severity != severity) continue;
    if (!first) out += ',';
    first = false;
    out += "{\"file\":";
    append_json_string(out, d.file);
    out += fmt::format(",\"line\":{},\"column\":{},\"code\":", d.line, d.column);
    append_json_string(out, d.code);
    out += ",\"message\":";
    append_json_string(out, d.message.in(language));
    out += ",\"hint\":";
    append_json_string(out, d.hint.in(language));
    append_fix(out, d.fix);
    out += '}';
  }
  out += ']';
}

}  // namespace

std::string to_text(const Diagnostics& diagnostics, Colour colour, Language language) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all) append_finding(out, diagnostic, language, colour);
  return out;
}

std::string summary(const Diagnostics& diagnostics, std::size_t files, std::size_t rules, Language language) {
  const Text where = said::say("in {} ({})", counted(files, "file", "files"), counted(rules, "rule", "rules"));
  if (diagnostics.all.empty()) return said::say("no problems {}", where).in(language);
  return said::say("{} and {} {}", counted(diagnostics.errors(), "error", "errors"),
                   counted(diagnostics.warnings(), "warning", "warnings"), where)
      .in(language);
}

std::string to_json(const Diagnostics& diagnostics, std::size_t files, std::size_t rules, Language language) {
  std::string out = fmt::format("{{\"files\":{},\"rules\":{},\"errors\":", files, rules);
  append_list(out, diagnostics, Severity::error, language);
  out += ",\"warnings\":";
  append_list(out, diagnostics, Severity::warning, language);
  out += '}';
  return out;
}

}  // namespace kentongan::rules
