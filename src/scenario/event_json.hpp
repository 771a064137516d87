// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "domain/event.hpp"
#include "domain/reference.hpp"
#include "scenario/timetable.hpp"

namespace kentongan::scenario {

/// Appends the event as a structured CloudEvent in one line, without LF. What has its default is left out; of a
/// refuted report that names no category only what it needs is written.
void write_event(std::string& out, const Event& event, const Reference& reference, const Timetable& timetable);

}  // namespace kentongan::scenario
