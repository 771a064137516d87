// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kentongan::engine {

/// Writes fields of a protobuf message one after another, without the message: for records of which every event makes
/// one. Field numbers are those of state.proto, which reads them back. As in proto3, a field that holds its default is
/// left out.
class WireWriter {
 public:
  [[nodiscard]] const std::string& bytes() const noexcept { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }
  void clear() { out_.clear(); }

  /// Of the types bool, uint32, uint64 and int64.
  void number(int field, std::uint64_t value) {
    if (value != 0) item(field, value);
  }
  void number(int field, std::int64_t value) { number(field, static_cast<std::uint64_t>(value)); }
  void number(int field, std::uint32_t value) { number(field, std::uint64_t{value}); }
  void flag(int field, bool value) { number(field, std::uint64_t{value}); }
  /// Of the type double.
  void real(int field, double value) {
    if (const auto bits = std::bit_cast<std::uint64_t>(value); bits != 0) fixed(field, bits);
  }
  /// Of the type fixed64.
  void fixed(int field, std::uint64_t value) {
    tag(field, kFixed64);
    std::array<char, 8> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(value >> (8 * i));
    out_.append(bytes.data(), bytes.size());
  }
  /// Of the types string and bytes.
  void text(int field, std::string_view value) {
    if (!value.empty()) item(field, value);
  }
  /// One of a repeated field, whatever it holds.
  void item(int field, std::uint64_t value) {
    tag(field, kVarint);
    varint(value);
  }
  /// One of a repeated field of texts or messages, whatever it holds.
  void item(int field, std::string_view value) {
    tag(field, kDelimited);
    varint(value.size());
    out_ += value;
  }

 private:
  static constexpr unsigned kVarint = 0;
  static constexpr unsigned kFixed64 = 1;
  static constexpr unsigned kDelimited = 2;

  void tag(int field, unsigned type) { varint(static_cast<unsigned>(field) << 3U | type); }
  void varint(std::uint64_t value) {
    std::array<char, 10> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): written below
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7U) bytes[size++] = static_cast<char>(value | 0x80U);
    bytes[size++] = static_cast<char>(value);
    out_.append(bytes.data(), size);
  }

  std::string out_;
};

}  // namespace kentongan::engine
