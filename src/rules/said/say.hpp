// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>

#include "rules/said/catalogue.hpp"
#include "rules/said/text.hpp"

namespace kentongan::said {

namespace detail {

inline std::string_view english(const Text& text) { return text.en; }
inline std::string_view english(const TextView& text) { return text.en; }
template <class T>
const T& english(const T& value) {
  return value;
}

inline std::string_view indonesian(const Text& text) { return text.id; }
inline std::string_view indonesian(const TextView& text) { return text.id; }
template <class T>
const T& indonesian(const T& value) {
  return value;
}

/// Which of its arguments a form uses, bit by bit: those of `{}` in their order, those of `{1}` as written.
consteval unsigned arguments_in(std::string_view form) {
  unsigned used = 0;
  unsigned next = 0;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (form[at] != '{') continue;
    if (form.substr(at).starts_with("{{")) {
      ++at;
      continue;
    }
    const char c = form[at + 1];
    used |= 1U << (c >= '0' && c <= '9' ? static_cast<unsigned>(c - '0') : next++);
  }
  return used;
}

/// Not constexpr: a call of it says in the compiler's error what is wrong.
void the_two_languages_do_not_use_the_same_arguments();

template <class... Args>
Text rendered(TextView form, const Args&... args) {
  return {fmt::vformat(fmt::string_view(form.en.data(), form.en.size()), fmt::make_format_args(english(args)...)),
          fmt::vformat(fmt::string_view(form.id.data(), form.id.size()), fmt::make_format_args(indonesian(args)...))};
}

}  // namespace detail

template <class... Args>
class Template {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor)
  consteval Template(const char* english) : form(english) {
    const unsigned all = (1U << sizeof...(Args)) - 1;
    if (detail::arguments_in(form.en) != all || detail::arguments_in(form.id) != all) {
      detail::the_two_languages_do_not_use_the_same_arguments();
    }
  }
  TextView form;
};

template <class... Args>
Text say(Template<std::type_identity_t<Args>...> sentence, const Args&... args) {
  return detail::rendered(sentence.form, args...);
}

}  // namespace kentongan::said
