// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What `kentongan doctor` looks at. Nothing is changed but a file that is made beside the journal and removed.
namespace kentongan::app::doctor {

enum class Health : unsigned char { ok, warn, fail };

/// One line of the examination.
struct Finding {
  std::string check;  ///< "journal"; the same in every run
  Health health = Health::ok;
  std::string message;  ///< what was found
  std::string advice;   ///< what to do; empty where all is well
};

[[nodiscard]] inline Finding good(std::string_view check, std::string message) {
  return {std::string(check), Health::ok, std::move(message), {}};
}
[[nodiscard]] inline Finding doubtful(std::string_view check, std::string message, std::string advice) {
  return {std::string(check), Health::warn, std::move(message), std::move(advice)};
}
[[nodiscard]] inline Finding bad(std::string_view check, std::string message, std::string advice) {
  return {std::string(check), Health::fail, std::move(message), std::move(advice)};
}

using Findings = std::vector<Finding>;

}  // namespace kentongan::app::doctor
