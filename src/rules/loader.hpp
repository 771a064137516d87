// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/reference.hpp"
#include "rules/diagnostic.hpp"
#include "rules/rule.hpp"
#include "rules/story.hpp"

namespace kentongan::rules {

/// The text of a rule file and the name under which diagnostics speak of it.
struct SourceFile {
  std::string name;
  std::string text;
};

/// A rule as it was written, whether it runs or not.
struct WrittenRule {
  std::string id;
  LocalText title;
  std::string kind;  ///< the block's key: count, absence, ..
  RuleStatus status = RuleStatus::live;
  std::string owner;
  std::string file;
  int line = 0;
};

/// The key of a block in a rule file.
[[nodiscard]] std::string_view key_of(const Block& block);

struct Loaded {
  std::size_t files = 0;
  std::size_t rules = 0;  ///< all rules written, those of status off and those with errors included
  Diagnostics diagnostics;
  std::shared_ptr<const RuleSet> set;  ///< null when there are errors
  std::vector<Story> stories;          ///< in file order, then as written
  std::vector<WrittenRule> written;    ///< by id; of a set with errors those that could be read
  /// Of load_paths(): what was read, in the order of names.
  std::shared_ptr<const std::vector<SourceFile>> sources = {};
};

/// All *.yaml and *.yml below the paths (files or folders), except below a folder named `reference`,
/// sorted by name. A missing path is Error::usage; an unreadable file becomes a diagnostic of load().
[[nodiscard]] Result<std::vector<std::filesystem::path>> find_rule_files(
    const std::vector<std::filesystem::path>& paths);

/// Reads, checks and compiles a whole set: every error of every file in one run. Pure.
[[nodiscard]] Loaded load(const std::vector<SourceFile>& files, const Reference& reference);

/// The files of a set, and what is to be told of those that cannot be read.
struct ReadFiles {
  std::vector<SourceFile> files;
  std::vector<Diagnostic> unread;
  bool whole_folders = true;  ///< false where single files were named: what they lack may stand beside them
};

/// find_rule_files + reading.
[[nodiscard]] Result<ReadFiles> read_rule_files(const std::vector<std::filesystem::path>& paths);
/// load() of what was read, with what could not be.
[[nodiscard]] Loaded load_files(const ReadFiles& read, const Reference& reference);
/// Both.
[[nodiscard]] Result<Loaded> load_paths(const std::vector<std::filesystem::path>& paths, const Reference& reference);

}  // namespace kentongan::rules
