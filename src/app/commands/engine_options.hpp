// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "domain/error.hpp"
#include "domain/time.hpp"
#include "engine/options.hpp"

namespace kentongan::app {

/// What commands that replay a file let their user say about the engine, as written.
struct EngineArguments {
  std::optional<std::string> until;  ///< move every city's clock on to this time behind the last event
  std::optional<std::string> dedupe, lateness;
};

/// Options of an engine whose state nobody saves. Error::usage names the option that is wrong.
[[nodiscard]] Result<engine::Options> engine_options(const EngineArguments& arguments);
[[nodiscard]] Result<std::optional<TimePoint>> until_of(const EngineArguments& arguments);

}  // namespace kentongan::app
