// SPDX-License-Identifier: Apache-2.0
#include "rules/certain.hpp"

#include <string>

#include "rules/indonesian_words.hpp"
#include "rules/nearest.hpp"
#include "rules/scalar_place.hpp"

namespace kentongan::rules {

namespace {

/// How many letters may be wrong. In a short word each letter makes another one: `to`, `do`, `on`.
std::size_t allowance(std::size_t length) { return length <= 2 ? 0 : length <= 5 ? 1 : 2; }

/// How many bytes of the file a scalar of one line takes, quotes included; none where it is written in another way.
std::optional<std::size_t> length_of(const Source& source, const Node& scalar) {
  const std::string_view rest = source.text().substr(std::min(scalar.offset, source.text().size()));
  if (!scalar.is_scalar() || scalar.text.empty() || scalar.style == Node::Style::block) return std::nullopt;
  if (scalar.is_plain()) return rest.starts_with(scalar.text) ? std::optional(scalar.text.size()) : std::nullopt;
  const auto end = end_of_quoted(source, scalar);
  // With an escape or a second line in it, the text is not what stands in the file.
  if (!end || rest.substr(1, *end - scalar.offset - 2) != scalar.text) return std::nullopt;
  return *end - scalar.offset;
}

bool is_simple(std::string_view text) { return text.find_first_of("\"\\\n\r") == std::string_view::npos; }

}  // namespace

std::optional<std::string_view> only_near(std::string_view name, const std::vector<std::string_view>& known) {
  std::optional<std::string_view> only;
  for (std::size_t distance = 0; distance <= allowance(name.size()); ++distance) {
    for (const std::string_view candidate : known) {
      if (candidate.size() <= distance || edit_distance(name, candidate, distance) > distance) continue;
      if (only && *only != candidate) return std::nullopt;
      only = candidate;
    }
    // The same but for capitals and dashes: nothing can be nearer.
    if (distance == 0 && only) return only;
  }
  return only;
}

Fix rename(const Source& source, const Node& scalar, std::string_view to) {
  const auto length = length_of(source, scalar);
  if (!length || !is_simple(to)) return {};
  if (scalar.is_plain()) return {Edit{scalar.offset, *length, std::string(to)}};
  return {Edit{scalar.offset + 1, *length - 2, std::string(to)}};
}

Fix rename_to_near(const Source& source, const Node& scalar, const std::vector<std::string_view>& known) {
  const auto meant = word_meant_by(scalar.text, known);
  const auto near = meant ? meant : only_near(scalar.text, known);
  return near ? rename(source, scalar, *near) : Fix{};
}

Fix with_quotes(const Source& source, const Node& scalar) {
  const auto length = length_of(source, scalar);
  if (!length || !scalar.is_plain() || !is_simple(scalar.text)) return {};
  return {Edit{scalar.offset, *length, '"' + scalar.text + '"'}};
}

Fix without_quotes(const Source& source, const Node& scalar) {
  const auto length = length_of(source, scalar);
  if (!length || scalar.is_plain()) return {};
  return {Edit{scalar.offset, *length, scalar.text}};
}

Fix replace_text(const Source& source, std::size_t offset, std::string_view text, std::string_view by) {
  if (text.empty() || !source.text().substr(std::min(offset, source.text().size())).starts_with(text)) return {};
  return {Edit{offset, text.size(), std::string(by)}};
}

}  // namespace kentongan::rules
