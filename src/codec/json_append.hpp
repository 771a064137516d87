// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "codec/writer.hpp"

/// Building blocks of the JSON writer: each appends one piece to `out`.
namespace kentongan::codec {

void append_integer(std::string& out, std::int64_t value);
/// Standard alphabet with padding (RFC 4648), without quotes.
void append_base64(std::string& out, std::string_view bytes);

/// `[..]`: calls `append(out, item)` for each item.
template <class Items, class Append>
void append_list(std::string& out, const Items& items, Append append) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    append(out, item);
  }
  out += ']';
}

/// The members of one object: `{"a":..,"b":..}`. Braces come with the object's life.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ~ObjectWriter() { out_ += '}'; }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;

  /// Writes the key; the caller appends the value to the returned text. `name` needs no escapes.
  std::string& key(std::string_view name);
  void text(std::string_view name, std::string_view value);
  void integer(std::string_view name, std::int64_t value);
  void number(std::string_view name, double value);
  void boolean(std::string_view name, bool value);
  /// `[..]`: calls `append(out, item)` for each item.
  template <class Items, class Append>
  void list(std::string_view name, const Items& items, Append append) {
    append_list(key(name), items, append);
  }
  template <class Texts>
  void texts(std::string_view name, const Texts& items) {
    list(name, items, [](std::string& out, std::string_view item) { append_string(out, item); });
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace kentongan::codec
