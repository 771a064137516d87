// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/error.hpp"

namespace kentongan::app {

inline constexpr int kGood = 0;
inline constexpr int kWrong = 1;   ///< what was examined is wrong: rule errors, failed tests
inline constexpr int kUsage = 2;   ///< usage or configuration
inline constexpr int kFailed = 3;  ///< the work could not be done: I/O, database

[[nodiscard]] constexpr int exit_code(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::usage:
      return kUsage;
    case Error::Kind::invalid:
      return kWrong;
    case Error::Kind::failed:
      return kFailed;
  }
  return kFailed;
}

}  // namespace kentongan::app
