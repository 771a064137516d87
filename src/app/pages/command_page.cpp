// SPDX-License-Identifier: Apache-2.0
#include "app/pages/command_page.hpp"

#include <CLI/CLI.hpp>

namespace kentongan::app {
namespace {

/// CLI11 writes the words that a value may have behind its type: TEXT:{en,id}.
std::vector<std::string> choices_in(const std::string& type) {
  const auto open = type.find('{');
  const auto close = type.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return {};
  std::vector<std::string> words{""};
  for (const char c : type.substr(open + 1, close - open - 1)) {
    if (c == ',') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

OptionPage option_page(const CLI::Option& option) {
  OptionPage page;
  for (const std::string& name : option.get_snames()) page.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) page.names.push_back("--" + name);
  if (page.names.empty()) page.argument = option.get_name(true);
  page.description = option.get_description();
  page.standard = option.get_default_str();
  if (option.get_items_expected_max() > 0) {
    const std::string type = option.get_type_name();
    page.choices = choices_in(type);
    page.value = type.substr(0, type.find_first_of(":{ "));
    if (page.value.empty()) page.value = "VALUE";
  }
  return page;
}

CommandPage page_below(const CLI::App& app, const std::vector<std::string>& path) {
  CommandPage page;
  page.path = path;
  page.description = app.get_description();
  page.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) page.options.push_back(option_page(*option));
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    std::vector<std::string> below = path;
    below.push_back(command->get_name());
    page.commands.push_back(page_below(*command, below));
  }
  return page;
}

void collect(const CommandPage& page, std::vector<const CommandPage*>& all) {
  all.push_back(&page);
  for (const CommandPage& below : page.commands) collect(below, all);
}

}  // namespace

std::string CommandPage::name(std::string_view separator) const {
  std::string name;
  for (const std::string& part : path) name.append(name.empty() ? "" : separator).append(part);
  return name;
}

CommandPage page_of(const CLI::App& app) { return page_below(app, {}); }

std::vector<const CommandPage*> all_pages(const CommandPage& page) {
  std::vector<const CommandPage*> all;
  collect(page, all);
  return all;
}

}  // namespace kentongan::app
