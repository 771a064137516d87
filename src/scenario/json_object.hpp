// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kentongan::scenario {

/// A JSON text with its quotes. UTF-8 stays as it is.
void append_text(std::string& out, std::string_view text);
/// Five decimals: about a metre.
void append_degrees(std::string& out, double degrees);
void append_integer(std::string& out, std::int64_t value);

/// The members of one JSON object; braces come with the object's life.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  ~JsonObject() { out_ += '}'; }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  /// Writes the key; the caller appends the value.
  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    append_text(out_, name);
    out_ += ':';
    return out_;
  }
  void text(std::string_view name, std::string_view value) { append_text(key(name), value); }
  void integer(std::string_view name, std::int64_t value);
  void boolean(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }
  template <class Items, class Append>
  void list(std::string_view name, const Items& items, Append append) {
    key(name) += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      append(out_, item);
    }
    out_ += ']';
  }
  template <class Texts>
  void texts(std::string_view name, const Texts& items) {
    list(name, items, [](std::string& out, const auto& item) { append_text(out, item); });
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace kentongan::scenario
