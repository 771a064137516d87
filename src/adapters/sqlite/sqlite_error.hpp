// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "domain/error.hpp"

namespace kentongan::sqlite {

/// What SQLite reported, as a sentence that says where, what, and what to do.
/// `code`: an (extended) SQLite result code; `detail`: SQLite's own words; `path`: the database;
/// `doing`: what failed, "storing events".
[[nodiscard]] Error explain(int code, std::string_view detail, std::string_view path, std::string_view doing);

}  // namespace kentongan::sqlite
