// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>

#include "adapters/telemetry/catalog.hpp"

namespace kentongan::telemetry {

using Labels = std::vector<std::pair<std::string, std::string>>;

/// An empty family with name, help and type of the catalog.
[[nodiscard]] prometheus::MetricFamily family_of(MetricId id);
/// One counter or gauge in it.
void add_value(prometheus::MetricFamily& family, double value, const Labels& labels = {});
/// A family of one value without labels.
[[nodiscard]] prometheus::MetricFamily single(MetricId id, double value);

}  // namespace kentongan::telemetry
