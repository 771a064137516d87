// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include <prometheus/collectable.h>

#include "adapters/telemetry/metrics.hpp"

namespace kentongan::telemetry {

/// Makes the series that come and go from the last published snapshot, at most `area_series_max` areas.
/// A registry keeps each series that it ever had; this keeps none. Thread-safe.
class SnapshotSeries : public prometheus::Collectable {
 public:
  explicit SnapshotSeries(std::size_t area_series_max);
  /// Sorts and cuts the areas; what is published is what is collected.
  void publish(Snapshot snapshot);
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  struct Published {
    Snapshot snapshot;
    std::size_t omitted = 0;
  };
  void collect_areas(const Published& published, std::vector<prometheus::MetricFamily>& families) const;

  const std::size_t area_series_max_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Published> published_;
};

}  // namespace kentongan::telemetry
