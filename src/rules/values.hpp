// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/level.hpp"
#include "domain/time.hpp"
#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

// Reading one value of a known kind. Each returns nothing after it has made a finding at the value.
// `what` names the value in sentences: "`within`".

/// The number that a plain scalar is (JSON's notation), without a finding: `3`, `-0.5`, `1e3`.
[[nodiscard]] std::optional<double> as_number(const Node& node);
/// `true` or `false`, plain.
[[nodiscard]] std::optional<bool> as_boolean(const Node& node);
/// A scalar that is a text: quoted, or plain and neither number nor boolean.
[[nodiscard]] bool is_text(const Node& node);
/// "a number", "a list": what a node is, for sentences.
[[nodiscard]] TextView kind_of(const Node& node);

/// For what should be true or false and is not: `write `false`` for `no` and `tidak`.
[[nodiscard]] Text boolean_hint(const Node& node);

/// `hint`: what is most likely meant; where empty, how a map is written.
[[nodiscard]] bool expect_map(Findings& findings, const Node& node, TextView what, TextView hint = {});
[[nodiscard]] bool expect_list(Findings& findings, const Node& node, TextView what, std::string_view example);

/// Not empty.
[[nodiscard]] std::optional<std::string> read_text(Findings& findings, const Node& node, TextView what);

struct NumberRange {
  double least = 0;
  double most = 1e15;
  bool open_below = false;  ///< `least` itself is outside
};
[[nodiscard]] std::optional<double> read_number(Findings& findings, const Node& node, TextView what, NumberRange range);
/// A whole number; 3.0 is one.
[[nodiscard]] std::optional<std::int64_t> read_integer(Findings& findings, const Node& node, TextView what,
                                                       std::int64_t least, std::int64_t most);

enum class ZeroDuration { allowed, refused };
[[nodiscard]] std::optional<Duration> read_duration(Findings& findings, const Node& node, TextView what,
                                                    ZeroDuration zero);
/// Metres: `500m`, `1.5km`.
[[nodiscard]] std::optional<double> read_distance(Findings& findings, const Node& node, TextView what);
/// RFC 3339 with an offset.
[[nodiscard]] std::optional<TimePoint> read_time(Findings& findings, const Node& node, TextView what);

/// One of the words; its position. Other texts are an `unknown-word` (or `code`) with the nearest as hint.
[[nodiscard]] std::optional<std::size_t> read_word(Findings& findings, const Node& node, TextView what,
                                                   const std::vector<std::string_view>& words,
                                                   std::string_view code = "unknown-word");
/// A level's name; `aman` only where it is allowed.
enum class Aman { allowed, refused };
[[nodiscard]] std::optional<Level> read_level(Findings& findings, const Node& node, TextView what, Aman aman);

/// A text for a sentence: at most 60 code points, the rest as an ellipsis.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace kentongan::rules
