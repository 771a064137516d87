// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "scenario/calm.hpp"

namespace kentongan::scenario {
namespace {

/// The connection broke.
void cut(std::string& out, std::size_t from) { out.resize(from + (out.size() - from) / 2); }

/// Replaces what stands between `before` and the next `until` behind it; cuts a line that lacks it.
void replace_value(std::string& out, std::size_t from, std::string_view before, char until, std::string_view value) {
  const std::size_t found = out.find(before, from);
  if (found == std::string::npos) return cut(out, from);
  const std::size_t begin = found + before.size();
  out.replace(begin, out.find(until, begin) - begin, value);
}

}  // namespace

void break_line(std::string& out, std::size_t from, Random& random) {
  switch (random.below(7)) {
    case 0:
      return cut(out, from);
    case 1:  // a number in words
      return replace_value(out, from, "\"severity\":", ',', "\"dua\"");
    case 2:
      return replace_value(out, from, "\"category\":\"", '"', "keributan");
    case 3:  // a kelurahan that there is not
      return replace_value(out, from, "\"area\":\"", '"', "35.73.99.9999");
    case 4:
      return replace_value(out, from, "\"type\":\"", '"', "kentongan.report.v9");
    case 5:
      return replace_value(out, from, "\"time\":\"", '"', "kemarin sore");
    default:  // a key twice
      out.insert(from + 1, "\"specversion\":\"1.0\",");
  }
}

}  // namespace kentongan::scenario
