// SPDX-License-Identifier: Apache-2.0
// Regular expressions of matches(): RE2 syntax, linear time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>
#include "rules/said/text.hpp"

namespace kentongan::cel {

// Immutable; safe to use from many threads.
class Regex {
 public:
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  // The error is RE2's own sentence.
  [[nodiscard]] static tl::expected<std::shared_ptr<const Regex>, said::Text> compile(std::string_view pattern);

  // Does the pattern occur anywhere in the text?
  [[nodiscard]] bool occurs_in(std::string_view text) const;

 private:
  struct Engine;
  explicit Regex(std::unique_ptr<Engine> engine);

  std::unique_ptr<Engine> engine_;
};

}  // namespace kentongan::cel
