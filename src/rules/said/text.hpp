// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "rules/said/catalogue.hpp"

namespace kentongan::said {

enum class Language : unsigned char { english, indonesian };

/// A text in both languages that somebody else owns. A literal becomes one while the program is compiled, by
/// way of the catalogue: an English text without an Indonesian one beside it does not compile.
struct TextView {
  std::string_view en;
  std::string_view id;

  constexpr TextView() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): sentences are written where they are said.
  consteval TextView(const char* english) : en(english), id(indonesian_of(english)) {}
  constexpr TextView(std::string_view english, std::string_view indonesian) : en(english), id(indonesian) {}

  [[nodiscard]] constexpr bool empty() const noexcept { return en.empty(); }
  [[nodiscard]] constexpr std::string_view in(Language language) const noexcept {
    return language == Language::english ? en : id;
  }
};

/// What is the same in both languages: a name, a number, a piece of a file.
[[nodiscard]] constexpr TextView as_is(std::string_view text) { return {text, text}; }

/// A text of the catalogue that is known only when the program runs; where it is in no table, as it is.
[[nodiscard]] constexpr TextView looked_up(std::string_view english) {
  const std::string_view found = find_indonesian(english);
  return {english, found.data() == nullptr ? english : found};
}

/// A text in both languages.
struct Text {
  std::string en;
  std::string id;

  Text() = default;
  // NOLINTNEXTLINE(google-explicit-constructor)
  Text(TextView view) : en(view.en), id(view.id) {}
  Text(std::string english, std::string indonesian) : en(std::move(english)), id(std::move(indonesian)) {}

  // NOLINTNEXTLINE(google-explicit-constructor): a view lives no longer than the call that it is given to.
  operator TextView() const noexcept { return {en, id}; }

  [[nodiscard]] bool empty() const noexcept { return en.empty(); }
  [[nodiscard]] const std::string& in(Language language) const noexcept {
    return language == Language::english ? en : id;
  }
  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace kentongan::said
