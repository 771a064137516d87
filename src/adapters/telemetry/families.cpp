// SPDX-License-Identifier: Apache-2.0
#include "adapters/telemetry/families.hpp"

namespace kentongan::telemetry {

prometheus::MetricFamily family_of(MetricId id) {
  const auto& spec = spec_of(id);
  prometheus::MetricFamily family;
  family.name = spec.name;
  family.help = spec.help;
  family.type = spec.type == MetricType::counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
  return family;
}

void add_value(prometheus::MetricFamily& family, double value, const Labels& labels) {
  prometheus::ClientMetric metric;
  for (const auto& [name, text] : labels) metric.label.push_back({name, text});
  if (family.type == prometheus::MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  family.metric.push_back(std::move(metric));
}

prometheus::MetricFamily single(MetricId id, double value) {
  auto family = family_of(id);
  add_value(family, value);
  return family;
}

}  // namespace kentongan::telemetry
