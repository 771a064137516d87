// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace kentongan {

/// A failure that the caller is expected to handle; the kind decides the exit code of a command.
struct Error {
  enum class Kind {
    usage,    ///< configuration or command line: exit code 2
    invalid,  ///< what was examined is wrong: exit code 1
    failed,   ///< the work could not be done (I/O, database, broker): exit code 3
  };
  Kind kind = Kind::failed;
  std::string message;  ///< where, what, and what to do about it
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error::Kind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

}  // namespace kentongan
