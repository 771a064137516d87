// SPDX-License-Identifier: Apache-2.0
//
//   traceparent = version "-" trace-id "-" parent-id "-" flags        2, 32, 16 and 2 lower-case hexadecimal digits
//   tracestate  = member *31( "," member ), member = key "=" value    with blanks around members
#include "codec/trace.hpp"

#include <algorithm>

#include "codec/nik.hpp"
#include "codec/writer.hpp"

namespace kentongan::codec {
namespace {

constexpr std::size_t kParentSize = 55;
constexpr std::size_t kMostState = 512;
constexpr int kMostMembers = 32;

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool is_zero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

bool is_parent(std::string_view text) {
  if (text.size() < kParentSize || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const std::string_view version = text.substr(0, 2);
  const std::string_view trace = text.substr(3, 32);
  const std::string_view span = text.substr(36, 16);
  if (!is_hex(version) || !is_hex(trace) || !is_hex(span) || !is_hex(text.substr(53, 2))) return false;
  if (version == "ff" || is_zero(trace) || is_zero(span)) return false;
  // A later version may have more behind another dash; this one has not.
  return text.size() == kParentSize || (version != "00" && text[kParentSize] == '-');
}

bool is_key_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '*' || c == '/' || c == '@';
}

bool is_member(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos || equals + 1 == text.size()) return false;
  const std::string_view value = text.substr(equals + 1);
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(equals), is_key_letter) &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c <= 0x7E && c != '='; });
}

bool is_state(std::string_view text) {
  if (text.empty() || text.size() > kMostState || holds_nik(text)) return false;
  int members = 0;
  while (!text.empty()) {
    std::string_view member = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), member.size() + 1));
    const std::size_t first = member.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;  // an empty member is allowed
    member = member.substr(first, member.find_last_not_of(" \t") - first + 1);
    if (++members > kMostMembers || !is_member(member)) return false;
  }
  return members > 0;
}

}  // namespace

TraceContext read_trace(std::string_view parent, std::string_view state) {
  TraceContext trace;
  if (!is_parent(parent)) return trace;
  trace.parent = parent.substr(0, kParentSize);
  if (is_state(state)) trace.state = state;
  return trace;
}

std::string with_trace(std::string_view object, const TraceContext& trace) {
  const std::size_t open = object.find('{');
  if (trace.empty() || open == std::string_view::npos) return std::string(object);
  std::string out(object.substr(0, open + 1));
  const std::string_view rest = object.substr(open + 1);
  const auto member = [&](std::string_view name, std::string_view value) {
    append_string(out, name);
    out += ':';
    append_string(out, value);
  };
  member(kTraceParent, trace.parent);
  if (!trace.state.empty()) {
    out += ',';
    member(kTraceState, trace.state);
  }
  const std::size_t first = rest.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && rest[first] != '}') out += ',';
  out += rest;
  return out;
}

}  // namespace kentongan::codec
