// SPDX-License-Identifier: Apache-2.0
#include "app/rule_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "rules/diagnostic_output.hpp"
#include "rules/fixer.hpp"
#include "rules/reference_loader.hpp"

namespace kentongan::app {

namespace fs = std::filesystem;

fs::path reference_folder(const RuleSource& source) {
  if (!source.reference.empty()) return source.reference;
  for (const fs::path& path : source.rules) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return path / "reference";
  }
  return source.rules.front().parent_path() / "reference";
}

std::vector<fs::path> reference_files(const RuleSource& source) {
  std::vector<fs::path> files;
  std::error_code problem;
  fs::directory_iterator entry(reference_folder(source), problem);
  for (const fs::directory_iterator end; !problem && entry != end; entry.increment(problem)) {
    const fs::path& path = entry->path();
    const bool hidden = path.filename().string().starts_with('.');
    if (!hidden && (path.extension() == ".csv" || path.extension() == ".yaml")) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

namespace {

/// Everything but the rules.
Result<LoadedRules> load_reference(const RuleSource& source) {
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
  loaded.roster = reference.roster;
  loaded.rules.diagnostics = std::move(reference.diagnostics);
  return loaded;
}

/// The rules, behind what was to be told of the reference data.
void take_rules(LoadedRules& loaded, const rules::ReadFiles& read) {
  auto before = std::move(loaded.rules.diagnostics.all);
  loaded.rules = rules::load_files(read, *loaded.reference);
  auto& all = loaded.rules.diagnostics.all;
  all.insert(all.begin(), before.begin(), before.end());
}

}  // namespace

Result<LoadedRules> load_rules(const RuleSource& source) {
  auto loaded = load_reference(source);
  if (!loaded || !loaded->reference) return loaded;
  const auto read = rules::read_rule_files(source.rules);
  if (!read) return tl::unexpected(read.error());
  take_rules(*loaded, *read);
  return loaded;
}

Result<RepairedRules> repair_rules(const RuleSource& source) {
  auto loaded = load_reference(source);
  if (!loaded) return tl::unexpected(loaded.error());
  RepairedRules repaired;
  repaired.loaded = *std::move(loaded);
  if (!repaired.loaded.reference) return repaired;
  auto read = rules::read_rule_files(source.rules);
  if (!read) return tl::unexpected(read.error());
  rules::Fixed fixed = rules::fix_files(read->files, *repaired.loaded.reference);
  for (std::size_t i = 0; i < fixed.files.size(); ++i) {
    const rules::SourceFile& before = read->files[i];
    const rules::SourceFile& after = fixed.files[i];
    if (before.text != after.text) repaired.files.push_back({before.name, before.text, after.text});
  }
  repaired.fixes = fixed.fixes;
  read->files = std::move(fixed.files);
  take_rules(repaired.loaded, *read);
  return repaired;
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
