// SPDX-License-Identifier: Apache-2.0
#include "app/rule_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include "engine/hash.hpp"
#include "rules/diagnostic_output.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The name below whichever root it lies; as it is where it lies below none.
std::string name_below(const fs::path& file, const std::vector<fs::path>& roots) {
  for (const fs::path& root : roots) {
    const fs::path below = file.lexically_relative(root);
    if (!below.empty() && *below.begin() != "..") return below.generic_string();
  }
  return file.filename().generic_string();
}

std::string_view name_of(rules::RuleStatus status) {
  switch (status) {
    case rules::RuleStatus::live:
      return "live";
    case rules::RuleStatus::shadow:
      return "shadow";
    case rules::RuleStatus::off:
      return "off";
  }
  return "";
}

std::set<std::string> files_with_errors(const rules::Diagnostics& diagnostics) {
  std::set<std::string> files;
  for (const rules::Diagnostic& one : diagnostics.all) {
    if (one.severity == rules::Severity::error) files.insert(one.file);
  }
  return files;
}

}  // namespace

RuleBook::RuleBook(RulesInUse first)
    : current_(std::make_shared<const RulesInUse>(std::move(first))), at_door_(current_) {
  last_ = outcome_of(current_->loaded, *current_, current_->since);
}

std::shared_ptr<const RulesInUse> RuleBook::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

std::shared_ptr<const RulesInUse> RuleBook::at_door() const {
  const std::lock_guard lock(mutex_);
  return at_door_;
}

ReloadOutcome RuleBook::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

void RuleBook::replace(std::shared_ptr<const RulesInUse> next) {
  const std::lock_guard lock(mutex_);
  current_ = std::move(next);
}

void RuleBook::open_door(std::shared_ptr<const RulesInUse> next) {
  const std::lock_guard lock(mutex_);
  // Of two reloads in a row the later one is told last, but the first may be told after it.
  if (next == current_) at_door_ = std::move(next);
}

void RuleBook::note(ReloadOutcome outcome) {
  const std::lock_guard lock(mutex_);
  last_ = std::move(outcome);
}

std::string version_of(const LoadedRules& loaded, const RuleSource& source) {
  std::string all;
  if (loaded.rules.sources) {
    for (const rules::SourceFile& file : *loaded.rules.sources) {
      all += fmt::format("{}\n{}\n", name_below(file.name, source.rules), engine::hash_text(file.text));
    }
  }
  for (const fs::path& file : reference_files(source)) {
    all += fmt::format("reference/{}\n{}\n", file.filename().generic_string(), engine::hash_text(bytes_of(file)));
  }
  return engine::hash_text(all);
}

ReloadOutcome outcome_of(const LoadedRules& loaded, const RulesInUse& running, TimePoint now) {
  ReloadOutcome outcome;
  outcome.good = loaded.ok();
  outcome.when = now;
  outcome.errors = loaded.rules.diagnostics.errors();
  outcome.warnings = loaded.rules.diagnostics.warnings();
  outcome.files = loaded.rules.files;
  outcome.rules = loaded.rules.rules;
  for (const auto severity : {rules::Severity::error, rules::Severity::warning}) {
    for (const rules::Diagnostic& one : loaded.rules.diagnostics.all) {
      if (one.severity != severity || outcome.diagnostics.all.size() == kShownFindings) continue;
      outcome.diagnostics.all.push_back(one);
    }
  }
  outcome.diagnostics.sort();
  const std::set<std::string> wrong = files_with_errors(loaded.rules.diagnostics);
  std::set<std::string> owners;
  for (const auto* written : {&loaded.rules.written, &running.loaded.rules.written}) {
    for (const rules::WrittenRule& rule : *written) {
      if (!rule.owner.empty() && wrong.contains(rule.file)) owners.insert(rule.owner);
    }
  }
  outcome.owners.assign(owners.begin(), owners.end());
  return outcome;
}

ports::RulesView view_of(const RulesInUse& rules, const ReloadOutcome& last) {
  ports::RulesView view;
  for (const rules::WrittenRule& rule : rules.loaded.rules.written) {
    view.rules.push_back(
        {rule.id, rule.title, rule.kind, std::string(name_of(rule.status)), rule.owner, rule.file, rule.line});
  }
  view.version = rules.version;
  view.since = rules.since;
  view.last = {last.good,   last.when,     last.message, rules::to_json(last.diagnostics, last.files, last.rules),
               last.errors, last.warnings, last.owners};
  return view;
}

}  // namespace kentongan::app
