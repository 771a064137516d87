// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "app/pages/command_page.hpp"

// Three scripts of one shape: which command stands on the line so far, then what may follow it.
namespace kentongan::app {
namespace {

std::string words_of_options(const CommandPage& page) {
  std::string words;
  for (const OptionPage& option : page.options) {
    for (const std::string& name : option.names) words += (words.empty() ? "" : " ") + name;
  }
  return words;
}

std::string words_of_commands(const CommandPage& page) {
  std::string words;
  for (const CommandPage& below : page.commands) words += (words.empty() ? "" : " ") + below.path.back();
  return words;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
  return text;
}

bool takes_folder(const OptionPage& option) {
  return std::any_of(option.names.begin(), option.names.end(),
                     [](const std::string& name) { return name == "--rules" || name == "--reference"; });
}

/// One line; what the shell's quotes would end at is escaped by the caller.
std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

std::string bash_command(const CommandPage& page) {
  std::string text;
  for (const OptionPage& option : page.options) {
    if (option.names.empty() || !option.takes_value()) continue;
    const std::string complete = !option.choices.empty() ? fmt::format("-W '{}'", fmt::join(option.choices, " "))
                                 : takes_folder(option)  ? "-d"
                                                         : "-f";
    for (const std::string& name : option.names) {
      text += fmt::format("    '{}:{}') COMPREPLY=($(compgen {} -- \"$current\")); return ;;\n", page.name(), name,
                          complete);
    }
  }
  return text;
}

std::string bash(const CommandPage& program) {
  std::string steps, values, words;
  for (const CommandPage* page : all_pages(program)) {
    if (!page->path.empty()) {
      CommandPage above = *page;
      above.path.pop_back();
      steps += fmt::format("      '{}/{}') command='{}' ;;\n", above.name(), page->path.back(), page->name());
    }
    values += bash_command(*page);
    words += fmt::format("    '{}') options='{}' commands='{}' ;;\n", page->name(), words_of_options(*page),
                         words_of_commands(*page));
  }
  return fmt::format(R"sh(# bash completion of kentongan; written by `kentongan completion bash`.
_kentongan() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command='' options='' commands='' word
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$command/$word" in
{}    esac
  done
  case "$command:$previous" in
{}  esac
  case "$command" in
{}  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [ -n "$commands" ]; then
    COMPREPLY=($(compgen -W "$commands" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}}
complete -o filenames -F _kentongan kentongan
)sh",
                     steps, values, words);
}

std::string zsh_text(std::string_view text) {
  std::string out = first_line(text);
  for (const auto& [what, by] : {std::pair{"'", "'\\''"}, {"[", "\\["}, {"]", "\\]"}, {":", "\\:"}}) {
    out = replaced(std::move(out), what, by);
  }
  return out;
}

std::string zsh_value(const OptionPage& option) {
  if (!option.takes_value()) return "";
  if (!option.choices.empty()) return fmt::format(":value:({})", fmt::join(option.choices, " "));
  return takes_folder(option) ? ":folder:_files -/" : ":value:_files";
}

std::string zsh_function(const CommandPage& page) {
  return page.path.empty() ? "_kentongan" : "_kentongan_" + page.name("_");
}

/// The last argument without a name may come again; zsh takes one such.
std::string zsh_argument(const OptionPage& option, std::size_t number, bool last) {
  const std::string place = last ? "*" : fmt::to_string(number);
  const std::string what = option.choices.empty() ? "_files" : fmt::format("({})", fmt::join(option.choices, " "));
  return fmt::format("    '{}:{}:{}' \\\n", place, zsh_text(option.argument), what);
}

std::string zsh_options(const CommandPage& page) {
  const auto arguments = std::count_if(page.options.begin(), page.options.end(),
                                       [](const OptionPage& option) { return option.names.empty(); });
  std::string text;
  std::size_t number = 0;
  for (const OptionPage& option : page.options) {
    for (const std::string& name : option.names) {
      text += fmt::format("    '*{}[{}]{}' \\\n", name, zsh_text(option.description), zsh_value(option));
    }
    if (!option.names.empty()) continue;
    ++number;
    text += zsh_argument(option, number, number == static_cast<std::size_t>(arguments));
  }
  return text;
}

std::string zsh_leaf(const CommandPage& page) {
  std::string options = zsh_options(page);
  options.resize(options.size() - 3);  // the last " \" and line break
  return fmt::format("{}() {{\n  _arguments \\\n{}\n}}\n", zsh_function(page), options);
}

std::string zsh_group(const CommandPage& page) {
  std::string described, cases;
  for (const CommandPage& below : page.commands) {
    described += fmt::format("        '{}:{}'\n", below.path.back(), zsh_text(below.description));
    cases += fmt::format("        {}) {} ;;\n", below.path.back(), zsh_function(below));
  }
  return fmt::format(R"sh({}() {{
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C \
{}    '1: :->command' \
    '*:: :->rest'
  case $state in
    command)
      local -a commands=(
{}      )
      _describe command commands
      ;;
    rest)
      case $words[1] in
{}      esac
      ;;
  esac
}}
)sh",
                     zsh_function(page), zsh_options(page), described, cases);
}

std::string zsh(const CommandPage& program) {
  std::string text = "#compdef kentongan\n# zsh completion of kentongan; written by `kentongan completion zsh`.\n";
  for (const CommandPage* page : all_pages(program))
    text += page->commands.empty() ? zsh_leaf(*page) : zsh_group(*page);
  return text +
         "if [ \"$funcstack[1]\" = _kentongan ]; then _kentongan \"$@\"; else compdef _kentongan kentongan; fi\n";
}

std::string fish_text(std::string_view text) { return replaced(replaced(first_line(text), "\\", "\\\\"), "'", "\\'"); }

std::string fish_option(const OptionPage& option, const std::string& when) {
  std::string names;
  for (const std::string& name : option.names) {
    names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  std::string value;
  if (!option.choices.empty()) {
    value = fmt::format(" -x -a '{}'", fmt::join(option.choices, " "));
  } else if (takes_folder(option)) {
    value = " -x -a '(__fish_complete_directories)'";
  } else if (option.takes_value()) {
    value = " -r -F";
  }
  return fmt::format("complete -c kentongan -n '{}'{}{} -d '{}'\n", when, names, value, fish_text(option.description));
}

std::string fish(const CommandPage& program) {
  std::string steps, lines;
  for (const CommandPage* page : all_pages(program)) {
    if (!page->path.empty()) {
      CommandPage above = *page;
      above.path.pop_back();
      steps +=
          fmt::format("      case '{}/{}'\n        set command '{}'\n", above.name(), page->path.back(), page->name());
    }
    const std::string when = fmt::format("__kentongan_at \"{}\"", page->name());
    for (const OptionPage& option : page->options) {
      if (!option.names.empty()) lines += fish_option(option, when);
      if (option.names.empty() && !option.choices.empty()) {
        lines += fmt::format("complete -c kentongan -n '{}' -f -a '{}'\n", when, fmt::join(option.choices, " "));
      }
    }
    for (const CommandPage& below : page->commands) {
      lines += fmt::format("complete -c kentongan -n '{}' -f -a {} -d '{}'\n", when, below.path.back(),
                           fish_text(below.description));
    }
  }
  return fmt::format(R"sh(# fish completion of kentongan; written by `kentongan completion fish`.
function __kentongan_at
  set -l command ''
  for word in (commandline -opc)[2..-1]
    switch "$command/$word"
{}    end
  end
  test "$command" = "$argv[1]"
end
{})sh",
                     steps, lines);
}

}  // namespace

std::string completion(const CommandPage& program, std::string_view shell) {
  if (shell == "zsh") return zsh(program);
  return shell == "fish" ? fish(program) : bash(program);
}

}  // namespace kentongan::app
