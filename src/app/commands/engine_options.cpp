// SPDX-License-Identifier: Apache-2.0
#include "app/commands/engine_options.hpp"

#include <fmt/format.h>

#include "domain/time_fault.hpp"

namespace kentongan::app {
namespace {

Result<Duration> duration_option(const char* name, const std::string& text) {
  if (const auto duration = parse_duration(text)) return *duration;
  return fail(Error::Kind::usage, fmt::format("--{}: \"{}\" is no duration; write 90s, 15m, 24h or 7d", name, text));
}

}  // namespace

Result<engine::Options> engine_options(const EngineArguments& arguments) {
  engine::Options options;
  options.durable = false;
  if (arguments.dedupe) {
    const auto dedupe = duration_option("dedupe", *arguments.dedupe);
    if (!dedupe) return tl::unexpected(dedupe.error());
    options.dedupe = *dedupe;
  }
  if (arguments.lateness) {
    const auto lateness = duration_option("lateness", *arguments.lateness);
    if (!lateness) return tl::unexpected(lateness.error());
    options.lateness = *lateness;
  }
  return options;
}

Result<std::optional<TimePoint>> until_of(const EngineArguments& arguments) {
  if (!arguments.until) return std::optional<TimePoint>();
  if (const auto until = parse_rfc3339(*arguments.until)) return until;
  const std::string_view fault = fault_of_time(*arguments.until);
  return fail(Error::Kind::usage, fmt::format("--until: \"{}\" {}; write 2024-11-10T18:00:00+07:00", *arguments.until,
                                              fault.empty() ? "is no time" : fault));
}

}  // namespace kentongan::app
