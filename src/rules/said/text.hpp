// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace kentongan::said {

enum class Language : unsigned char { english, indonesian };

/// Where literals find what they are in Indonesian. Defined by say.hpp, which whoever writes a sentence includes;
/// headers do not, so that a new sentence touches only them.
template <class>
struct Catalogue;

/// A text in both languages that somebody else owns. A literal becomes one while the program is compiled, by
/// way of the catalogue: an English text without an Indonesian one beside it does not compile, nor does a file with
/// sentences that lacks say.hpp ("incomplete type Catalogue").
struct TextView {
  std::string_view en;
  std::string_view id;

  constexpr TextView() = default;
  template <class Unused = void>
  // NOLINTNEXTLINE(google-explicit-constructor): sentences are written where they are said.
  consteval TextView(const char* english) : en(english), id(Catalogue<Unused>::indonesian_of(english)) {}
  constexpr TextView(std::string_view english, std::string_view indonesian) : en(english), id(indonesian) {}

  [[nodiscard]] constexpr bool empty() const noexcept { return en.empty(); }
  [[nodiscard]] constexpr std::string_view in(Language language) const noexcept {
    return language == Language::english ? en : id;
  }
};

/// What is the same in both languages: a name, a number, a piece of a file.
[[nodiscard]] constexpr TextView as_is(std::string_view text) { return {text, text}; }

/// A text of the catalogue that is known only when the program runs; where it is in no table, as it is.
[[nodiscard]] TextView looked_up(std::string_view english);

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

/// Says a sentence in both languages: `say("{} lacks `{}`", place, key)`. The template is English and stands in the
/// catalogue (checked while compiling, as are the arguments that both forms take). An argument that is a Text goes
/// into each form in its own language, any other into both. Defined by say.hpp.
///
///     const Text text = say("{} must be {}, not {}", what, wanted, kind_of(node));
template <class... Args>
class Template;
template <class... Args>
[[nodiscard]] Text say(Template<std::type_identity_t<Args>...> sentence, const Args&... args);

[[nodiscard]] std::vector<TextView> each_as_is(const std::vector<std::string>& texts);

/// For readers of either language: the Indonesian text, a blank line, the English one; once where they are the same.
[[nodiscard]] std::string both(TextView text);

/// "a, b or c": "a, b atau c".
[[nodiscard]] Text any_of(std::span<const TextView> texts);
/// The same of names: "`a`, `b` or `c`".
[[nodiscard]] Text one_of(const std::vector<std::string_view>& names);

}  // namespace kentongan::said
