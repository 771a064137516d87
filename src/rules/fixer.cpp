// SPDX-License-Identifier: Apache-2.0
#include "rules/fixer.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace kentongan::rules {

namespace {

/// Each round repairs at least one mistake; so many only where one repair brings about another.
constexpr int kMostRounds = 50;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool overlap(const Edit& a, const Edit& b) { return a.offset < b.offset + b.length && b.offset < a.offset + a.length; }

/// The fixes of one file that do not get in each other's way, in the order of their edits.
class Round {
 public:
  /// Whether it is taken: a list that several rules use may be repaired but once.
  bool take(const Fix& fix) {
    const bool clash = std::any_of(fix.begin(), fix.end(), [&](const Edit& edit) {
      return std::any_of(edits_.begin(), edits_.end(),
                         [&](const Edit& other) { return overlap(edit, other) || edit.offset == other.offset; });
    });
    if (!clash) edits_.insert(edits_.end(), fix.begin(), fix.end());
    return !clash;
  }

  [[nodiscard]] std::string applied_to(std::string_view text) {
    // The offsets are those behind a byte order mark.
    const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.offset < b.offset; });
    std::string repaired(text.substr(0, mark));
    text.remove_prefix(mark);
    std::size_t at = 0;
    for (const Edit& edit : edits_) {
      repaired += text.substr(at, edit.offset - at);
      repaired += edit.text;
      at = edit.offset + edit.length;
    }
    return repaired + std::string(text.substr(at));
  }

 private:
  Fix edits_;
};

}  // namespace

Fixed fix_files(std::vector<SourceFile> files, const Reference& reference) {
  Fixed fixed{std::move(files), 0};
  for (int round = 0; round < kMostRounds; ++round) {
    const Loaded loaded = load(fixed.files, reference);
    std::map<std::string, Round> rounds;
    std::size_t taken = 0;
    for (const Diagnostic& found : loaded.diagnostics.all) {
      if (!found.fix.empty() && rounds[found.file].take(found.fix)) ++taken;
    }
    if (taken == 0) break;
    fixed.fixes += taken;
    for (SourceFile& file : fixed.files) {
      if (const auto found = rounds.find(file.name); found != rounds.end())
        file.text = found->second.applied_to(file.text);
    }
  }
  return fixed;
}

}  // namespace kentongan::rules
