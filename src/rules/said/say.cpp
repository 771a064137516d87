// SPDX-License-Identifier: Apache-2.0
#include "rules/said/say.hpp"

#include <string>
#include <string_view>

namespace kentongan::said {

TextView looked_up(std::string_view english) {
  const std::string_view found = find_indonesian(english);
  return {english, found.data() == nullptr ? english : found};
}

std::vector<TextView> each_as_is(const std::vector<std::string>& texts) {
  std::vector<TextView> views;
  for (const std::string& text : texts) views.push_back(as_is(text));
  return views;
}

std::string both(TextView text) {
  if (text.id == text.en) return std::string(text.en);
  return std::string(text.id) + "\n\n" + std::string(text.en);
}

Text any_of(std::span<const TextView> texts) {
  Text all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) {
      const bool last = i + 1 == texts.size();
      all.en += last ? " or " : ", ";
      all.id += last ? " atau " : ", ";
    }
    all.en += texts[i].en;
    all.id += texts[i].id;
  }
  return all;
}

Text one_of(const std::vector<std::string_view>& names) {
  std::vector<std::string> quoted;
  for (const std::string_view name : names) quoted.push_back('`' + std::string(name) + '`');
  return any_of(each_as_is(quoted));
}

}  // namespace kentongan::said
