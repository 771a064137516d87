// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/explain/speech.hpp"
#include "domain/output.hpp"
#include "rules/rule.hpp"

namespace kentongan::app::explain {

/// The rule's title, else its id.
[[nodiscard]] std::string title_of(const rules::Rule& rule, const Speech& speech);
/// The key of its block: "count", "sequence", ..
[[nodiscard]] std::string_view kind_of(const rules::Rule& rule);
/// What its block asks for, in one sentence without its full stop.
[[nodiscard]] std::string rule_in_words(const rules::Rule& rule, const Speech& speech);
/// Why a step of an alert was taken. `rule` null: it is no longer known.
[[nodiscard]] std::string reason_in_words(const AlertStep& step, const rules::Rule* rule, const Speech& speech);
[[nodiscard]] std::string_view word_of(AlertStepKind step, const Speech& speech);

}  // namespace kentongan::app::explain
