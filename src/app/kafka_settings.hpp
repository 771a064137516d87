// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/kafka/settings.hpp"
#include "app/config.hpp"

namespace kentongan::app {

/// What the configuration says, for the Kafka adapter. Error::usage.
[[nodiscard]] Result<kafka::Settings> kafka_settings(const Config& config);

}  // namespace kentongan::app
