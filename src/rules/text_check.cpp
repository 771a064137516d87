// SPDX-License-Identifier: Apache-2.0
#include "rules/text_check.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "rules/said/say.hpp"

namespace kentongan::rules {

namespace {

/// Brackets open at once, quotes not considered: far beyond the depth that a rule file may have, but
/// near enough to keep the YAML library, which queues a token for each, from taking hundreds of megabytes.
constexpr int kMaxOpenBrackets = 500;

struct Lead {
  std::size_t length;
  std::uint32_t bits;
  std::uint32_t least;  ///< smaller values have a shorter form and are refused
};

Lead lead_of(unsigned char c) {
  if (c < 0x80) return {1, c, 0};
  if ((c & 0xE0U) == 0xC0U) return {2, c & 0x1FU, 0x80};
  if ((c & 0xF0U) == 0xE0U) return {3, c & 0x0FU, 0x800};
  if ((c & 0xF8U) == 0xF0U) return {4, c & 0x07U, 0x10000};
  return {0, 0, 0};
}

bool is_control(unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F; }

bool check_byte(Findings& findings, std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c == 0) {
    findings.error(at, "nul-byte", "the file holds a NUL byte", "save it as plain UTF-8 text");
    return false;
  }
  if (is_control(c)) {
    findings.error(at, "control-character", say("the file holds the control character 0x{:02X}", c),
                   "remove it; in a double-quoted text it can be written as an escape");
    return false;
  }
  if (c == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n')) {
    findings.error(at, "control-character", "a carriage return stands alone", "end lines with LF, or with CR and LF");
    return false;
  }
  return true;
}

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
  const Lead lead = lead_of(static_cast<unsigned char>(text[at]));
  if (lead.length == 0 || at + lead.length > text.size()) return 0;
  std::uint32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0U) != 0x80U) return 0;
    value = (value << 6U) | (next & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value < lead.least || value > 0x10FFFF || surrogate ? 0 : lead.length;
}

bool check_text(Findings& findings) {
  const std::string_view text = findings.source().text();
  if (text.size() > kMaxFileBytes) {
    findings.error(
        0, "file-too-large",
        say("the file is larger than {} MiB, the most that a rule file may be", kMaxFileBytes / (1024 * 1024)),
        "divide it into several files; a set may have any number");
    return false;
  }
  int open = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) {
      findings.error(at, "not-utf8", "the file is not valid UTF-8 from here on", "save it as UTF-8");
      return false;
    }
    if (length == 1 && !check_byte(findings, text, at)) return false;
    if (text[at] == '[' || text[at] == '{') ++open;
    if ((text[at] == ']' || text[at] == '}') && open > 0) --open;
    if (open > kMaxOpenBrackets) {
      findings.error(at, "too-deep", "too many brackets are open here", "close them, or write the values as lines");
      return false;
    }
    at += length;
  }
  return true;
}

}  // namespace kentongan::rules
