// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "domain/reference.hpp"
#include "rules/loader.hpp"

namespace kentongan::rules {

/// A small city: 35.73 with two kecamatan and five kelurahan (Klojen and Kiduldalem among them), the
/// built-in categories, a calendar of campaign, quiet_period and voting in November 2024, one site and the roles lurah,
/// camat, polsek, bawaslu_kota and bakesbangpol. Kelurahan 35.73.02.1001 has three neighbours, the most of all.
[[nodiscard]] const Reference& test_reference();

/// load() of one file of this name.
[[nodiscard]] Loaded load_text(std::string_view text, std::string_view name = "test.yaml");

/// The codes of all findings in order, joined by spaces; warnings in brackets.
[[nodiscard]] std::string codes_of(const Loaded& loaded);

/// A file with one rule: `version`, `rules` and these lines, each indented by four, the first after the dash.
[[nodiscard]] std::string with_rule(std::string_view lines);

}  // namespace kentongan::rules
