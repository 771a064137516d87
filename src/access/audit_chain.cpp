// SPDX-License-Identifier: Apache-2.0
#include "access/audit_chain.hpp"

#include <fmt/format.h>

namespace kentongan::access {
namespace {

constexpr std::size_t kLongest = 500;

void add(std::string& text, std::string_view field) {
  text += fmt::format("{}:", field.size());
  text += field;
}

void tidy(std::string& text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  if (text.size() <= kLongest) return;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  text.resize(end);
}

}  // namespace

std::string link_of(std::string_view before, const AuditEntry& entry) {
  std::string text(before);
  add(text, fmt::to_string(entry.number));
  add(text, fmt::to_string(entry.time.time_since_epoch().count()));
  const ports::Deed& deed = entry.deed;
  for (const std::string* field : {&deed.who, &deed.what, &deed.on, &deed.from, &deed.detail}) add(text, *field);
  const Digest digest = sha256(text);
  return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

ports::Deed tidy(ports::Deed deed) {
  for (std::string* field : {&deed.who, &deed.what, &deed.on, &deed.from, &deed.detail}) tidy(*field);
  return deed;
}

}  // namespace kentongan::access
