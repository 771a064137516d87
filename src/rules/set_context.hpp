// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reference.hpp"
#include "rules/expression_set.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// A list or macro of the set, where it is written. Refers to its file's nodes and findings.
struct NamedList {
  const Node* key = nullptr;
  const Node* value = nullptr;
  Findings* findings = nullptr;  ///< of the file in which it stands
  bool used = false;
};

/// What all files of a set have in common while they are checked.
struct SetContext {
  const Reference* reference = nullptr;
  std::map<std::string, NamedList, std::less<>> lists;
  std::map<std::string, NamedList, std::less<>> macros;
  /// False when a file could not be read: a name that is not found may stand there.
  bool complete = true;
  ExpressionSet expressions;

  [[nodiscard]] std::vector<std::string_view> list_names() const;
};

/// Takes up `lists` and `macros` of one file; a name given twice in the set is an error at the second.
void collect_names(SetContext& context, Findings& findings, const Node& file);

/// Makes the lists and macros known to expressions; macros that are none are errors. To be called once all are
/// collected.
void define_names(SetContext& context);

/// Warns about lists and macros that no rule uses.
void warn_unused_names(SetContext& context);

}  // namespace kentongan::rules
