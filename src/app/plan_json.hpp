// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "domain/reference.hpp"
#include "duty/plan.hpp"

namespace kentongan::app {

/// One JSON object, without a line's end: {"delivery","purpose","at","person",..}; see docs/reference/duty.md.
void append_delivery(std::string& out, const duty::Delivery& delivery, const Reference& reference);
/// {"nobody","at","roles","notice"}.
void append_nobody(std::string& out, const duty::NobodyOnDuty& nobody, const Reference& reference);

}  // namespace kentongan::app
