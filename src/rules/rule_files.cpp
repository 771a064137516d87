// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "rules/loader.hpp"
#include "rules/said/say.hpp"
#include "rules/text_check.hpp"

namespace kentongan::rules {

namespace {

namespace fs = std::filesystem;

/// All files of a set together; more is no rule set but a mistaken path.
constexpr std::size_t kMaxSetBytes = 64 * 1024 * 1024;

/// Not the mark that Emacs sets beside a file that is being edited, a link to nowhere.
bool is_rule_file(const fs::path& path) {
  const bool named = path.extension() == ".yaml" || path.extension() == ".yml";
  return named && !path.filename().string().starts_with(".#");
}

/// Folders that hold no rules: the reference data, and what Kubernetes puts beside mounted files (`..data`).
bool is_skipped(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name == "reference" || name.starts_with("..");
}

Result<void> collect(const fs::path& folder, std::vector<fs::path>& found) {
  std::error_code problem;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, problem);
  const fs::recursive_directory_iterator end;
  for (; !problem && entry != end; entry.increment(problem)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      const bool named_as_file = is_rule_file(entry->path());
      if (named_as_file) found.push_back(entry->path());  // told as a file that cannot be read
      if (named_as_file || is_skipped(entry->path())) entry.disable_recursion_pending();
    } else if (is_rule_file(entry->path()) && !entry->is_fifo(ignored) && !entry->is_socket(ignored)) {
      // Reading from one of those would wait for somebody to write.
      found.push_back(entry->path());
    }
  }
  if (problem) {
    return fail(Error::Kind::usage, fmt::format("{}: cannot be listed: {}", folder.string(), problem.message()));
  }
  return {};
}

/// The bytes of the file, at most one more than a rule file may have; none when it cannot be read.
std::optional<std::string> read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code ignored;
  if (!file || fs::is_directory(path, ignored)) return std::nullopt;
  std::string text;
  std::string block(64 * 1024, '\0');
  while (text.size() <= kMaxFileBytes && file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    text.append(block, 0, static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  return text;
}

Diagnostic about_file(const fs::path& path, std::string code, TextView message, TextView hint) {
  Diagnostic diagnostic;
  diagnostic.file = path.string();
  diagnostic.code = std::move(code);
  diagnostic.message = message;
  diagnostic.hint = hint;
  return diagnostic;
}

bool all_folders(const std::vector<fs::path>& paths) {
  return std::all_of(paths.begin(), paths.end(), [](const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
  });
}

/// Where single files were named, what they lack may stand in a file beside them.
void tell_of_other_files(Diagnostics& diagnostics) {
  for (Diagnostic& found : diagnostics.all) {
    constexpr std::array<std::string_view, 4> kOfOthers{"unknown-list", "unknown-name", "unknown-rule",
                                                        "level-without-score"};
    if (std::find(kOfOthers.begin(), kOfOthers.end(), found.code) == kOfOthers.end()) continue;
    const bool near = found.hint.en.starts_with("did you mean");
    // Most unknown names with a near one are slips; a list that is missing is missing.
    if (near && found.code == "unknown-name") continue;
    constexpr TextView kOthers = "only the files that were named are read: if another one defines it, check the folder";
    found.hint = near                 ? say("{} ({})", found.hint, kOthers)
                 : found.hint.empty() ? Text(kOthers)
                                      : say("{}; {}", found.hint, kOthers);
  }
}

}  // namespace

Result<std::vector<fs::path>> find_rule_files(const std::vector<fs::path>& paths) {
  std::vector<fs::path> found;
  for (const fs::path& path : paths) {
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (!fs::exists(status)) {
      return fail(Error::Kind::usage, fmt::format("{}: there is no such file or folder", path.string()));
    }
    if (!fs::is_directory(status)) {
      found.push_back(path);
    } else if (auto listed = collect(path, found); !listed) {
      return tl::unexpected(listed.error());
    }
  }
  std::sort(found.begin(), found.end(),
            [](const fs::path& a, const fs::path& b) { return a.generic_string() < b.generic_string(); });
  std::set<fs::path> seen;
  std::erase_if(found, [&](const fs::path& path) { return !seen.insert(path.lexically_normal()).second; });
  return found;
}

Result<ReadFiles> read_rule_files(const std::vector<fs::path>& paths) {
  const auto found = find_rule_files(paths);
  if (!found) return tl::unexpected(found.error());
  ReadFiles read;
  read.whole_folders = all_folders(paths);
  std::size_t total = 0;
  for (const fs::path& path : *found) {
    auto text = read_bytes(path);
    if (!text) {
      std::error_code ignored;
      read.unread.push_back(fs::is_directory(path, ignored)
                                ? about_file(path, "unreadable-file", "this is a folder, not a file",
                                             "a folder of rules has a name without .yaml and .yml")
                                : about_file(path, "unreadable-file", "the file cannot be read",
                                             "check that it exists and its permissions"));
      continue;
    }
    total += text->size();
    if (total > kMaxSetBytes) {
      read.unread.push_back(about_file(path, "file-too-large",
                                       say("the files of the set are together larger than {} MiB", kMaxSetBytes >> 20U),
                                       "check that the path leads to rule files"));
      break;
    }
    read.files.push_back({path.string(), std::move(*text)});
  }
  return read;
}

Loaded load_files(const ReadFiles& read, const Reference& reference) {
  Loaded loaded = load(read.files, reference);
  loaded.sources = std::make_shared<const std::vector<SourceFile>>(read.files);
  if (!read.whole_folders) tell_of_other_files(loaded.diagnostics);
  loaded.files += read.unread.size();
  if (!read.unread.empty()) {
    loaded.set.reset();
    loaded.diagnostics.all.insert(loaded.diagnostics.all.end(), read.unread.begin(), read.unread.end());
    loaded.diagnostics.sort();
  }
  return loaded;
}

Result<Loaded> load_paths(const std::vector<fs::path>& paths, const Reference& reference) {
  const auto read = read_rule_files(paths);
  if (!read) return tl::unexpected(read.error());
  return load_files(*read, reference);
}

}  // namespace kentongan::rules
