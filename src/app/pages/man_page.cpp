// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "app/pages/command_page.hpp"

namespace kentongan::app {
namespace {

/// Text that roff prints as it is: a backslash is escaped, a dash is one that can be copied, and no line begins
/// with a dot or an apostrophe, which would make it a request.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_begins = c == '\n';
  }
  return out;
}

std::string full_name(const CommandPage& page, std::string_view separator) {
  return page.path.empty() ? "kentongan" : fmt::format("kentongan{}{}", separator, page.name(separator));
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::string synopsis(const CommandPage& page) {
  std::string line = ".B " + roff(full_name(page, " ")) + "\n";
  if (!page.commands.empty()) return line + ".I COMMAND\n.RI [ OPTION .\\|.\\|. ]\n";
  line += ".RI [ OPTION .\\|.\\|. ]\n";
  for (const OptionPage& option : page.options) {
    if (option.names.empty()) line += ".RI [ " + roff(option.argument) + " ]\n";
  }
  return line;
}

std::string option_text(const OptionPage& option) {
  std::string head;
  for (const std::string& name : option.names)
    head += fmt::format("{}\\fB{}\\fR", head.empty() ? "" : ", ", roff(name));
  if (option.names.empty()) head = fmt::format("\\fI{}\\fR", roff(option.argument));
  if (!option.names.empty() && option.takes_value()) head += fmt::format(" \\fI{}\\fR", roff(option.value));
  std::string text = ".TP\n" + head + "\n" + roff(option.description) + "\n";
  if (!option.choices.empty())
    text += fmt::format("(one of {})\n", roff(fmt::format("{}", fmt::join(option.choices, ", "))));
  if (!option.standard.empty()) text += fmt::format("(default: {})\n", roff(option.standard));
  return text;
}

std::string see_also(const CommandPage& page) {
  std::string text = ".SH SEE ALSO\n";
  if (!page.path.empty()) text += ".BR kentongan (1)\n";
  for (const CommandPage& below : page.commands) text += fmt::format(".BR {} (1)\n", roff(full_name(below, "-")));
  return text;
}

constexpr std::string_view kProgramSections =
    ".SH ENVIRONMENT\n"
    "Every key of the configuration is also a variable: KENTONGAN_HTTP_LISTEN for http.listen. It wins over the file.\n"
    "NO_COLOR turns colours off.\n"
    ".SH FILES\n"
    ".TP\n.I /etc/kentongan/kentongan.yaml\nthe configuration of the packaged service\n"
    ".TP\n.I /var/lib/kentongan/\nits journal\n"
    ".TP\n.I /usr/share/kentongan/rules/\nthe rules and reference data of the package\n";

}  // namespace

std::string man_file(const CommandPage& page) { return full_name(page, "-") + ".1"; }

std::string man_page(const CommandPage& page, std::string_view version) {
  const std::string name = full_name(page, "-");
  std::string text =
      fmt::format(".\\\" Written by `kentongan man`; do not edit.\n.TH {} 1 \"\" \"kentongan {}\" \"Kentongan\"\n",
                  roff(upper(name)), version);
  text += fmt::format(".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}", roff(name), roff(page.description), synopsis(page));
  if (!page.commands.empty()) {
    text += ".SH COMMANDS\n";
    for (const CommandPage& below : page.commands) {
      text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(below.path.back()), roff(below.description));
    }
  }
  text += ".SH OPTIONS\n";
  for (const OptionPage& option : page.options) text += option_text(option);
  if (!page.footer.empty()) text += fmt::format(".SH NOTES\n.nf\n{}\n.fi\n", roff(page.footer));
  if (page.path.empty()) text += kProgramSections;
  return text + see_also(page);
}

}  // namespace kentongan::app
