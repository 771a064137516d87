// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kentongan::ports {

/// What a token is for. docs/reference/access.md says what each may do.
enum class Role : unsigned char { reporter, officer, author, viewer, admin };

inline constexpr std::array<std::string_view, 5> kRoles{"reporter", "officer", "author", "viewer", "admin"};

[[nodiscard]] constexpr std::string_view word_of(Role role) { return kRoles[static_cast<std::size_t>(role)]; }
[[nodiscard]] inline std::optional<Role> read_role(std::string_view word) {
  const auto* const at = std::find(kRoles.begin(), kRoles.end(), word);
  if (at == kRoles.end()) return std::nullopt;
  return static_cast<Role>(at - kRoles.begin());
}

/// Who makes a request, as far as that is known.
struct Caller {
  /// Under which an action goes.
  struct Actor {
    std::string ref;   ///< pseudonym
    std::string duty;  ///< the role of the roster (lurah, ..); may be empty
  };
  std::string who;                 ///< "token 1f0c9a3b5d7e (posko)", "link"; empty: nobody was asked for a token
  std::optional<Role> role;        ///< none: nobody was asked for a token, and everything is allowed
  std::vector<std::string> areas;  ///< codes that the token is valid for, with all that lies in them; empty: everywhere
  std::string from;                ///< numeric address of the other end of the connection; empty: none
  std::optional<Actor> actor;      ///< who acts, whatever a body says; none: the body says it

  [[nodiscard]] bool may_everything() const noexcept { return !role || *role == Role::admin; }
};

/// Whether the place lies in one of these areas, or is one of them. No areas: everywhere.
[[nodiscard]] inline bool covers(const std::vector<std::string>& areas, std::string_view code) {
  return areas.empty() || std::any_of(areas.begin(), areas.end(), [code](std::string_view area) {
           return code.starts_with(area) && (code.size() == area.size() || code[area.size()] == '.');
         });
}

}  // namespace kentongan::ports
