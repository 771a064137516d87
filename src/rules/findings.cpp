// SPDX-License-Identifier: Apache-2.0
#include "rules/findings.hpp"

#include <algorithm>
#include <utility>

#include "rules/said/say.hpp"

namespace kentongan::rules {

namespace {

/// Text before and after the place that a snippet may show, in bytes: a line may be a megabyte long.
constexpr std::size_t kSnippetBefore = 120;
constexpr std::size_t kSnippetLength = 240;

bool inside_code_point(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// The line around the place, cut at both ends when it is long.
void add_snippet(Diagnostic& diagnostic, const Source& source, std::size_t offset) {
  const std::string_view line = source.line(diagnostic.line);
  const auto start = static_cast<std::size_t>(line.data() - source.text().data());
  const std::size_t at = line.data() == nullptr || offset < start ? 0 : offset - start;
  std::size_t from = line.size() > kSnippetLength && at > kSnippetBefore ? at - kSnippetBefore : 0;
  while (inside_code_point(line, from)) ++from;
  std::size_t to = from + kSnippetLength;
  while (inside_code_point(line, to)) ++to;
  diagnostic.snippet = std::string(line.substr(from, to - from));
  diagnostic.snippet_column = static_cast<int>(code_points(line.substr(0, from))) + 1;
}

}  // namespace

void Findings::error(std::size_t offset, std::string_view code, TextView message, TextView hint, Fix fix) {
  add(Severity::error, offset, code, message, hint, std::move(fix));
}

void Findings::warning(std::size_t offset, std::string_view code, TextView message, TextView hint, Fix fix) {
  add(Severity::warning, offset, code, message, hint, std::move(fix));
}

void Findings::take_back(std::size_t offset, std::string_view code) {
  const Position place = source_->position_at(offset);
  const auto said = std::find_if(all_.begin(), all_.end(), [&](const Diagnostic& one) {
    return one.code == code && one.line == place.line && one.column == place.column;
  });
  if (said == all_.end()) return;
  --(said->severity == Severity::error ? errors_ : warnings_);
  all_.erase(said);
}

void Findings::add(Severity severity, std::size_t offset, std::string_view code, TextView message, TextView hint,
                   Fix fix) {
  std::size_t& count = severity == Severity::error ? errors_ : warnings_;
  if (count > kMaxPerFile || aside_.contains(offset)) return;
  if (!seen_.insert(std::to_string(offset) + ' ' + std::string(code) + ' ' + std::string(message.en)).second) return;
  Diagnostic found{severity, source_->name(), 0, 0, std::string(code), message, hint, {}, {}};
  for (Edit& edit : fix) {
    edit.begin = source_->position_at(edit.offset);
    edit.end = source_->position_at(edit.offset + edit.length);
  }
  found.fix = std::move(fix);
  if (count++ == kMaxPerFile) {
    found.code = "too-many-problems";
    found.message = severity == Severity::error
                        ? say("more than {} errors in this file; the rest is not shown", kMaxPerFile)
                        : say("more than {} warnings in this file; the rest is not shown", kMaxPerFile);
    found.hint = TextView("correct these first");
    found.fix.clear();
  }
  const Position place = source_->position_at(offset);
  found.line = place.line;
  found.column = place.column;
  add_snippet(found, *source_, offset);
  all_.push_back(std::move(found));
}

}  // namespace kentongan::rules
