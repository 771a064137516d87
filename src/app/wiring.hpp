// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/config.hpp"
#include "domain/error.hpp"

namespace kentongan::app {

/// Puts the service together and runs it until SIGTERM or SIGINT: the only place that knows which adapters
/// there are. Returns after a clean stop; an error when it could not start.
[[nodiscard]] Result<void> run_service(const Config& config);

}  // namespace kentongan::app
