// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "domain/error.hpp"
#include "domain/reference.hpp"
#include "duty/roster.hpp"
#include "rules/loader.hpp"

namespace kentongan::app {

/// Rules and reference data as a command line or configuration names them.
struct RuleSource {
  std::vector<std::filesystem::path> rules;
  std::filesystem::path reference;  ///< empty: `reference` below the first rules folder
};

struct LoadedRules {
  std::shared_ptr<const Reference> reference;  ///< null when there are errors in it
  std::shared_ptr<const duty::Roster> roster;  ///< null when there are errors in the reference data
  rules::Loaded rules;                         ///< diagnostics of the reference data included

  [[nodiscard]] bool ok() const { return reference != nullptr && rules.set != nullptr; }
};

/// The folder of reference data that the source means.
[[nodiscard]] std::filesystem::path reference_folder(const RuleSource& source);

/// The files in it that reference data may be in, sorted by name; what editors leave beside them is not among them.
[[nodiscard]] std::vector<std::filesystem::path> reference_files(const RuleSource& source);

/// Reads all of it. A missing folder is Error::usage; what is wrong inside is in the diagnostics.
[[nodiscard]] Result<LoadedRules> load_rules(const RuleSource& source);

/// A rule file before and after its certain repairs.
struct Repaired {
  std::filesystem::path path;
  std::string before;
  std::string after;
};

struct RepairedRules {
  LoadedRules loaded;           ///< as it is after the repairs
  std::vector<Repaired> files;  ///< those that changed
  std::size_t fixes = 0;        ///< how many mistakes they repair
};

/// As load_rules(), with all repaired that is certain. Writes nothing; reference data is never repaired.
[[nodiscard]] Result<RepairedRules> repair_rules(const RuleSource& source);

/// The diagnostics as text for a terminal or a log, ending with their summary.
[[nodiscard]] std::string describe(const LoadedRules& loaded, bool colour,
                                   said::Language language = said::Language::english);

/// "no rules in DIR" where there is neither a rule nor an error in these folders; else empty.
[[nodiscard]] std::string without_rules(const LoadedRules& loaded, const std::vector<std::filesystem::path>& folders);

/// Where the rules of the installation are: ../share/kentongan/rules beside the binary, else ./rules.
[[nodiscard]] std::filesystem::path installed_rules();

}  // namespace kentongan::app
