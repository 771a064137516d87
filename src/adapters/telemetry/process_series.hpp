// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <prometheus/metric_family.h>

namespace kentongan::telemetry {

/// The process_* metrics of this process, read now from the system. What cannot be read is left out.
[[nodiscard]] std::vector<prometheus::MetricFamily> collect_process();

}  // namespace kentongan::telemetry
