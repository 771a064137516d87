// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "rules/said/entry.hpp"
#include "rules/said/of_duty.hpp"
#include "rules/said/of_expressions.hpp"
#include "rules/said/of_fields.hpp"
#include "rules/said/of_files.hpp"
#include "rules/said/of_keys.hpp"
#include "rules/said/of_reference.hpp"
#include "rules/said/of_rules.hpp"
#include "rules/said/of_tests.hpp"
#include "rules/said/of_values.hpp"
#include "rules/said/text.hpp"

namespace kentongan::said {

/// The sentences of the checker, one table a subject. A new one goes into the table of its subject; until it stands
/// there, what says it does not compile.
inline constexpr std::span<const Entry> kCatalogue[]{kOfFiles,       kOfKeys,   kOfValues,    kOfRules, kOfTests,
                                                     kOfExpressions, kOfFields, kOfReference, kOfDuty};

/// Whether a text has no word of its own outside of backticks and braces, as in "`{}`": it is the same in both
/// languages.
constexpr bool is_wordless(std::string_view text) {
  char until = 0;
  for (const char c : text) {
    if (until != 0) {
      if (c == until) until = 0;
    } else if (c == '`' || c == '{') {
      until = c == '`' ? '`' : '}';
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      return false;
    }
  }
  return true;
}

/// Null data where the catalogue lacks the text.
constexpr std::string_view find_indonesian(std::string_view english) {
  for (const auto& table : kCatalogue) {
    for (const Entry& entry : table) {
      if (entry.en == english) return entry.id;
    }
  }
  return is_wordless(english) ? english : std::string_view{};
}

/// Not constexpr: a call of it says in the compiler's error what is wrong.
void this_text_is_missing_in_the_catalogue();

template <class>
struct Catalogue {
  static consteval std::string_view indonesian_of(std::string_view english) {
    const std::string_view found = find_indonesian(english);
    if (found.data() == nullptr) this_text_is_missing_in_the_catalogue();
    return found;
  }
};

}  // namespace kentongan::said
