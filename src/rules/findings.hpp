// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "rules/diagnostic.hpp"
#include "rules/said/text.hpp"
#include "rules/source.hpp"

namespace kentongan::rules {

using said::as_is;
using said::say;
using said::Text;
using said::TextView;

/// Where the stages that look at one file put what they find, by byte offset. The same finding at the
/// same place counts once (a list that several rules use is examined for each of them).
/// Of errors and of warnings at most kMaxPerFile are kept, then one more says so, so that
/// memory stays bounded and warnings never become an error.
class Findings {
 public:
  static constexpr std::size_t kMaxPerFile = 1000;

  explicit Findings(const Source& source) : source_(&source) {}

  void error(std::size_t offset, std::string_view code, TextView message, TextView hint = {}, Fix fix = {});
  void warning(std::size_t offset, std::string_view code, TextView message, TextView hint = {}, Fix fix = {});

  /// The value here cannot be read, which has been said: later findings at this very place are dropped.
  void set_aside(std::size_t offset) { aside_.insert(offset); }

  /// Drops what was said with this code at this very place: it need not be mended, as its key has to go.
  void take_back(std::size_t offset, std::string_view code);

  [[nodiscard]] const Source& source() const noexcept { return *source_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const noexcept { return all_; }
  [[nodiscard]] bool full() const noexcept { return errors_ >= kMaxPerFile; }

 private:
  void add(Severity severity, std::size_t offset, std::string_view code, TextView message, TextView hint, Fix fix);

  const Source* source_;
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::unordered_set<std::string> seen_;
  std::unordered_set<std::size_t> aside_;
};

}  // namespace kentongan::rules
