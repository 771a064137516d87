// SPDX-License-Identifier: Apache-2.0
#include "app/rule_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "rules/diagnostic_output.hpp"
#include "rules/reference_loader.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;

fs::path reference_folder(const RuleSource& source) {
  if (!source.reference.empty()) return source.reference;
  for (const fs::path& path : source.rules) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return path / "reference";
  }
  return source.rules.front().parent_path() / "reference";
}

}  // namespace

Result<LoadedRules> load_rules(const RuleSource& source) {
  const fs::path folder = reference_folder(source);
  std::error_code ignored;
  for (const fs::path& path : source.rules) {
    if (!fs::exists(path, ignored)) {
      return fail(Error::Kind::usage, fmt::format("there is no {}; name a folder of rule files", path.string()));
    }
  }
  if (!fs::is_directory(folder, ignored)) {
    return fail(Error::Kind::usage, fmt::format("there is no reference folder {}; name it with --reference (it holds "
                                                "areas.csv, neighbours.csv and calendar.csv)",
                                                folder.string()));
  }
  rules::LoadedReference reference = rules::load_reference(folder);
  LoadedRules loaded;
  loaded.reference = reference.reference;
  if (!reference.reference) {
    loaded.rules.diagnostics = std::move(reference.diagnostics);
    return loaded;
  }
  auto rules = rules::load_paths(source.rules, *reference.reference);
  if (!rules) return tl::unexpected(rules.error());
  loaded.rules = *std::move(rules);
  auto& all = loaded.rules.diagnostics.all;
  all.insert(all.begin(), reference.diagnostics.all.begin(), reference.diagnostics.all.end());
  return loaded;
}

std::string describe(const LoadedRules& loaded, bool colour, said::Language language) {
  return rules::to_text(loaded.rules.diagnostics, colour ? rules::Colour::yes : rules::Colour::no, language) +
         rules::summary(loaded.rules.diagnostics, loaded.rules.files, loaded.rules.rules, language) + '\n';
}

std::string without_rules(const LoadedRules& loaded, const std::vector<fs::path>& folders) {
  if (loaded.rules.rules > 0 || loaded.rules.diagnostics.has_errors()) return {};
  std::string names;
  for (const fs::path& folder : folders) names += (names.empty() ? "" : ", ") + folder.string();
  return "no rules in " + names;
}

fs::path installed_rules() {
  std::error_code error;
  const fs::path binary = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path beside = binary.parent_path().parent_path() / "share/kentongan/rules";
    if (fs::is_directory(beside, error)) return beside;
  }
  return "rules";
}

}  // namespace kentongan::app
