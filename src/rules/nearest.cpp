// SPDX-License-Identifier: Apache-2.0
#include "rules/nearest.hpp"

#include "rules/indonesian_words.hpp"
#include "rules/said/say.hpp"

namespace kentongan::rules {

said::Text did_you_mean(std::string_view name, const std::vector<std::string_view>& known, said::TextView otherwise) {
  const auto meant = word_meant_by(name, known);
  const auto near = meant ? meant : nearest(name, known);
  return near ? said::say("did you mean `{}`?", *near) : said::Text(otherwise);
}

}  // namespace kentongan::rules
