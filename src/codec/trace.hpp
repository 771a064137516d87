// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "domain/trace.hpp"

/// Trace context as it comes from outside: attributes of an event, headers of HTTP and of Kafka.
namespace kentongan::codec {

inline constexpr std::string_view kTraceParent = "traceparent";
inline constexpr std::string_view kTraceState = "tracestate";

/// What of these two may be passed on. Nothing when `parent` is none of W3C Trace Context (version 00, or a later one
/// read as it); no state when that is none, is longer than 512 bytes or holds a NIK.
[[nodiscard]] TraceContext read_trace(std::string_view parent, std::string_view state);

/// A JSON object with the trace as its first members. `object` is one, and has no members of these names.
[[nodiscard]] std::string with_trace(std::string_view object, const TraceContext& trace);

}  // namespace kentongan::codec
