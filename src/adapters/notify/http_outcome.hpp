// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "adapters/web/client.hpp"
#include "ports/notifier.hpp"

namespace kentongan::notify {

/// Where the server's address is from, and so whether a wrong one may become right.
enum class Server : unsigned char {
  one_for_all,    ///< the configuration: nobody is reached until it is right
  the_receivers,  ///< the roster: this person is not reached by it
};

/// What a status means where the body is not looked at: 2xx delivered; 408, 425, 429 and 5xx again; redirects and all
/// other 4xx refused; without an answer again.
[[nodiscard]] ports::SendOutcome outcome_of(const web::Answer& answer, Server server);

/// The beginning of what the other side said, on one line, for the operator.
[[nodiscard]] std::string said(const web::Answer& answer);

}  // namespace kentongan::notify
