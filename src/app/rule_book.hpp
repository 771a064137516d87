// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/rule_source.hpp"
#include "domain/time.hpp"
#include "ports/api.hpp"

namespace kentongan::app {

/// A checked set of rules with its reference data, as the service runs it. Immutable.
struct RulesInUse {
  LoadedRules loaded;                     ///< ok()
  std::string version;                    ///< see version_of()
  TimePoint since;                        ///< when it was taken over
  std::vector<std::string> changed = {};  ///< ids of rules that are not as in the set before; sorted
};

/// What the last look at the rule files came to.
struct ReloadOutcome {
  bool good = true;
  TimePoint when;
  std::string message;               ///< of one that is not good: a line about what is wrong as a whole
  rules::Diagnostics diagnostics;    ///< at most kShownFindings, errors first; of a good one its warnings
  std::size_t errors = 0;            ///< all of them
  std::size_t warnings = 0;          ///< all of them
  std::size_t files = 0, rules = 0;  ///< that were read
  std::vector<std::string> owners;   ///< of the rules of files with errors; sorted
};
inline constexpr std::size_t kShownFindings = 200;

/// Which rules the service runs. A reload puts another set in; whoever works with one keeps it as long as it needs.
/// Thread-safe.
class RuleBook {
 public:
  explicit RuleBook(RulesInUse first);

  /// What shards restore with from now on.
  [[nodiscard]] std::shared_ptr<const RulesInUse> current() const;
  /// What the door judges by: that of the shards, once all of them have it.
  [[nodiscard]] std::shared_ptr<const RulesInUse> at_door() const;
  [[nodiscard]] ReloadOutcome last() const;

  void replace(std::shared_ptr<const RulesInUse> next);
  void open_door(std::shared_ptr<const RulesInUse> next);
  void note(ReloadOutcome outcome);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const RulesInUse> current_, at_door_;
  ReloadOutcome last_;
};

/// 16 hex digits of the names and bytes of all rule files and files of reference data: the same on every machine that
/// has the same files, wherever they lie. The reference data are read once more for it.
[[nodiscard]] std::string version_of(const LoadedRules& loaded, const RuleSource& source);

/// What to tell of a set that was read: its findings, cut, and who owns what is wrong. `running`: for owners of rules
/// that can no longer be read.
[[nodiscard]] ReloadOutcome outcome_of(const LoadedRules& loaded, const RulesInUse& running, TimePoint now);

/// Both as readers see them.
[[nodiscard]] ports::RulesView view_of(const RulesInUse& rules, const ReloadOutcome& last);

}  // namespace kentongan::app
