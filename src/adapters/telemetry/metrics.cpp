// SPDX-License-Identifier: Apache-2.0
#include "adapters/telemetry/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "adapters/telemetry/catalog.hpp"
#include "adapters/telemetry/process_series.hpp"
#include "adapters/telemetry/snapshot_series.hpp"

namespace kentongan::telemetry {
namespace {

using Buckets = prometheus::Histogram::BucketBoundaries;
using Strings = std::map<std::string, std::string>;

constexpr std::size_t kEventTypes = Words<EventType>::list.size();
constexpr std::size_t kSteps = static_cast<std::size_t>(AlertStepKind::withdrawn) + 1;

#if defined(__clang__)
constexpr std::string_view kCompiler = "clang " __clang_version__;
#else
constexpr std::string_view kCompiler = "gcc " __VERSION__;
#endif

const Buckets kLatency{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
const Buckets kRecords{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};
/// From a minute to two weeks.
const Buckets kSymptom{60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 259200, 604800, 1209600};

template <class Metric>
prometheus::Family<Metric>& register_family(prometheus::Registry& registry, MetricId id, Strings labels = {}) {
  const auto& spec = spec_of(id);
  prometheus::detail::Builder<Metric> builder;
  builder.Name(std::string(spec.name)).Help(std::string(spec.help)).Labels(labels);
  return builder.Register(registry);
}

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

class Metrics::Impl {
 public:
  Impl(const BuildInfo& build, std::size_t area_series_max)
      : snapshot_(area_series_max),
        requests_(register_family<prometheus::Counter>(registry_, MetricId::http_requests)),
        request_duration_(register_family<prometheus::Histogram>(registry_, MetricId::http_duration)),
        commit_duration_(histogram(MetricId::commit_duration, kLatency)),
        commit_records_(histogram(MetricId::commit_records, kRecords)),
        symptom_to_alert_(histogram(MetricId::symptom_to_alert, kSymptom)),
        consumer_lag_(gauge(MetricId::consumer_lag)),
        consumer_lag_age_(gauge(MetricId::consumer_lag_seconds)),
        commit_failures_(register_family<prometheus::Counter>(registry_, MetricId::commit_failures).Add({})),
        restore_duration_(gauge(MetricId::restore_duration)),
        restore_records_(gauge(MetricId::restore_records)),
        partitions_(gauge(MetricId::partitions)),
        read_model_lag_(gauge(MetricId::read_model_lag)),
        stalled_(gauge(MetricId::stalled)),
        reload_success_(gauge(MetricId::rules_reload_success)),
        rules_wrong_(register_family<prometheus::Gauge>(registry_, MetricId::rules_wrong)),
        reload_time_(gauge(MetricId::rules_reload_time)),
        reloads_good_(reloads("good")),
        reloads_failed_(reloads("failed")),
        connections_(gauge(MetricId::http_connections)),
        heartbeat_(gauge(MetricId::heartbeat)) {
    create_events();
    create_reasons();
    create_alerts();
    register_family<prometheus::Gauge>(registry_, MetricId::build_info)
        .Add({{"version", build.version}, {"commit", build.commit}, {"compiler", std::string(kCompiler)}}, 1.0);
  }

  /// A series stays for who has been told once, so that its alert ends; so many have one at most.
  void tell_owners(const std::vector<std::string>& owners) {
    constexpr std::size_t kMostOwners = 100;
    std::lock_guard lock(owners_mutex_);
    for (const auto& [owner, gauge] : owners_) gauge->Set(0);
    for (const std::string& owner : owners) {
      if (owners_.size() >= kMostOwners && !owners_.contains(owner)) continue;
      auto& gauge = owners_[owner];
      if (gauge == nullptr) gauge = &rules_wrong_.Add({{"owner", owner}});
      gauge->Set(1);
    }
  }

  [[nodiscard]] std::string text() const {
    auto families = registry_.Collect();
    for (auto more : {snapshot_.Collect(), collect_process()}) {
      families.insert(families.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return prometheus::TextSerializer().Serialize(families);
  }

  prometheus::Registry registry_;
  SnapshotSeries snapshot_;
  std::array<std::array<prometheus::Counter*, kVerdicts>, kEventTypes + 1> events_{};
  std::array<prometheus::Counter*, kRejectReasons> dead_letters_{};
  std::array<prometheus::Counter*, kRejectReasons> rejected_{};
  std::array<std::array<prometheus::Counter*, kSteps>, kLevels> alerts_{};
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& request_duration_;
  prometheus::Histogram& commit_duration_;
  prometheus::Histogram& commit_records_;
  prometheus::Histogram& symptom_to_alert_;
  prometheus::Gauge& consumer_lag_;
  prometheus::Gauge& consumer_lag_age_;
  prometheus::Counter& commit_failures_;
  prometheus::Gauge& restore_duration_;
  prometheus::Gauge& restore_records_;
  prometheus::Gauge& partitions_;
  prometheus::Gauge& read_model_lag_;
  prometheus::Gauge& stalled_;
  prometheus::Gauge& reload_success_;
  prometheus::Family<prometheus::Gauge>& rules_wrong_;
  std::mutex owners_mutex_;
  std::map<std::string, prometheus::Gauge*> owners_;
  prometheus::Gauge& reload_time_;
  prometheus::Counter& reloads_good_;
  prometheus::Counter& reloads_failed_;
  prometheus::Gauge& connections_;
  prometheus::Gauge& heartbeat_;

 private:
  prometheus::Histogram& histogram(MetricId id, const Buckets& buckets) {
    return register_family<prometheus::Histogram>(registry_, id).Add({}, buckets);
  }
  prometheus::Gauge& gauge(MetricId id) { return register_family<prometheus::Gauge>(registry_, id).Add({}); }

  prometheus::Counter& reloads(const std::string& outcome) {
    return register_family<prometheus::Counter>(registry_, MetricId::rules_reloads).Add({{"outcome", outcome}});
  }

  void create_events() {
    auto& family = register_family<prometheus::Counter>(registry_, MetricId::events);
    for (std::size_t type = 0; type <= kEventTypes; ++type) {
      const std::string name(type < kEventTypes ? type_name(static_cast<EventType>(type)) : "unknown");
      for (std::size_t verdict = 0; verdict < kVerdicts; ++verdict) {
        events_[type][verdict] =
            &family.Add({{"type", name}, {"verdict", std::string(name_of(static_cast<Verdict>(verdict)))}});
      }
    }
  }

  void create_reasons() {
    auto& dead_letters = register_family<prometheus::Counter>(registry_, MetricId::dead_letters);
    auto& rejected = register_family<prometheus::Counter>(registry_, MetricId::http_rejected);
    for (std::size_t i = 0; i < kRejectReasons; ++i) {
      const std::string reason(name_of(static_cast<RejectReason>(i)));
      dead_letters_[i] = &dead_letters.Add({{"reason", reason}});
      rejected_[i] = &rejected.Add({{"reason", reason}});
    }
  }

  void create_alerts() {
    auto& family = register_family<prometheus::Counter>(registry_, MetricId::alerts);
    for (std::size_t level = static_cast<std::size_t>(Level::waspada); level < kLevels; ++level) {
      for (std::size_t step = 0; step < kSteps; ++step) {
        alerts_[level][step] = &family.Add({{"level", std::string(kLevelNames[level])},
                                            {"step", std::string(name_of(static_cast<AlertStepKind>(step)))}});
      }
    }
  }
};

Metrics::Metrics(const BuildInfo& build, std::size_t area_series_max)
    : impl_(std::make_unique<Impl>(build, area_series_max)) {}
Metrics::~Metrics() = default;

void Metrics::count_events(std::optional<EventType> type, Verdict verdict, std::uint64_t events) {
  const auto row = type ? static_cast<std::size_t>(*type) : kEventTypes;
  impl_->events_[row][static_cast<std::size_t>(verdict)]->Increment(static_cast<double>(events));
}

void Metrics::count_dead_letter(RejectReason reason) {
  impl_->dead_letters_[static_cast<std::size_t>(reason)]->Increment();
}

void Metrics::count_rejected(RejectReason reason) { impl_->rejected_[static_cast<std::size_t>(reason)]->Increment(); }

void Metrics::count_alert_step(Level level, AlertStepKind step) {
  auto* counter = impl_->alerts_[static_cast<std::size_t>(level)][static_cast<std::size_t>(step)];
  if (counter != nullptr) counter->Increment();
}

void Metrics::observe_symptom_to_alert(std::chrono::milliseconds took) {
  impl_->symptom_to_alert_.Observe(seconds(took));
}

void Metrics::observe_commit(std::chrono::nanoseconds took, std::size_t records) {
  impl_->commit_duration_.Observe(seconds(took));
  impl_->commit_records_.Observe(static_cast<double>(records));
}

void Metrics::set_consumer_lag(std::uint64_t records) { impl_->consumer_lag_.Set(static_cast<double>(records)); }
void Metrics::set_consumer_lag_age(std::chrono::milliseconds age) { impl_->consumer_lag_age_.Set(seconds(age)); }
void Metrics::count_commit_failure() { impl_->commit_failures_.Increment(); }
void Metrics::set_restore_duration(std::chrono::nanoseconds took) { impl_->restore_duration_.Set(seconds(took)); }
void Metrics::set_restore_records(std::uint64_t records) { impl_->restore_records_.Set(static_cast<double>(records)); }
void Metrics::set_partitions(std::size_t partitions) { impl_->partitions_.Set(static_cast<double>(partitions)); }
void Metrics::set_rules_reload(bool good, std::optional<TimePoint> since, const std::vector<std::string>& owners) {
  impl_->tell_owners(owners);
  impl_->reload_success_.Set(good ? 1 : 0);
  if (since) impl_->reload_time_.Set(seconds(since->time_since_epoch()));
  (good ? impl_->reloads_good_ : impl_->reloads_failed_).Increment();
}
void Metrics::set_stalled(std::chrono::milliseconds since) {
  impl_->stalled_.Set(static_cast<double>(since.count()) / 1000);
}
void Metrics::set_read_model_lag(std::uint64_t records) { impl_->read_model_lag_.Set(static_cast<double>(records)); }
void Metrics::set_connections(std::size_t open) { impl_->connections_.Set(static_cast<double>(open)); }

void Metrics::observe_request(std::string_view route, std::string_view method, unsigned status,
                              std::chrono::nanoseconds took) {
  const std::string path(route);
  impl_->requests_.Add({{"route", path}, {"method", std::string(method)}, {"code", std::to_string(status)}})
      .Increment();
  impl_->request_duration_.Add({{"route", path}}, kLatency).Observe(seconds(took));
}

void Metrics::beat() { impl_->heartbeat_.Set(seconds(std::chrono::system_clock::now().time_since_epoch())); }
void Metrics::publish(Snapshot snapshot) { impl_->snapshot_.publish(std::move(snapshot)); }
std::string Metrics::text() const { return impl_->text(); }

}  // namespace kentongan::telemetry
