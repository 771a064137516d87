// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A line of the log. Whoever writes one says `key=value key="two words"`; here it is taken apart and put together
/// again as what the configuration asks for.
///
///   line  = field *( SP field )
///   field = key "=" ( word / DQUOTE text DQUOTE )
///
/// In a text a backslash takes the next character as it is. A quote that is neither escaped nor followed by the end or
/// by a further field belongs to the text: not every sentence of a library has been through log_text().
namespace kentongan::app {

struct LogField {
  std::string key;
  std::string value;
  bool in_quotes = false;  ///< it was written so, and is again; a reader of the line sees no difference

  friend bool operator==(const LogField& a, const LogField& b) { return a.key == b.key && a.value == b.value; }
};
using LogFields = std::vector<LogField>;

/// The text as it may stand behind `key=`: in quotes, with quotes and backslashes escaped and control characters as
/// \n, \t or \x1b. To be used for whatever came from outside.
[[nodiscard]] std::string log_text(std::string_view text);

/// Never fails: what has no key is told as `msg`. Values are as they were before log_text().
[[nodiscard]] LogFields fields_of(std::string_view line);

/// `key=value key="two words"`, one line without control characters whatever the values hold.
[[nodiscard]] std::string to_logfmt(const LogFields& fields);

/// {"key":"value",..}, on one line; bytes that are not UTF-8 as U+FFFD. Numbers and true, false stand without quotes.
[[nodiscard]] std::string to_json(const LogFields& fields);

}  // namespace kentongan::app
