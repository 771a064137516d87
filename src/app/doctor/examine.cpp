// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "adapters/sqlite/condition.hpp"
#include "app/doctor/checks.hpp"

namespace kentongan::app::doctor {
namespace {

struct JournalUse {
  bool served = false;
  std::optional<TimePoint> latest;
};

JournalUse use_of(const Config& config) {
  const auto condition = sqlite::condition_of(config.journal_path, 0);
  if (!condition) return {};
  JournalUse use{condition->in_use, {}};
  if (condition->last_received > 0) use.latest = TimePoint{Duration{condition->last_received}};
  return use;
}

void append(Findings& all, Findings more) { std::move(more.begin(), more.end(), std::back_inserter(all)); }

}  // namespace

Findings examine(const std::optional<std::filesystem::path>& path) {
  const auto config = load_config(path);
  if (!config) {
    return {bad("configuration", config.error().message, "correct it and run this again; the rest was not looked at")};
  }
  const TimePoint now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  const bool embedded = config->journal == JournalKind::sqlite;
  Findings all{good("configuration", path ? path->string() : "defaults and environment")};
  append(all, check_variables());
  append(all, check_secrets(*config));
  append(all, check_rules(*config, now));
  append(all, embedded ? check_journal(*config) : check_broker(*config));
  append(all, check_certificates(*config, now));
  append(all, check_access(*config, now));
  const JournalUse use = embedded ? use_of(*config) : JournalUse{};
  all.push_back(check_listen(*config, use.served));
  all.push_back(check_clock(*config, use.latest));
  return all;
}

}  // namespace kentongan::app::doctor
