// SPDX-License-Identifier: Apache-2.0
#include "app/demo/officers.hpp"

#include <fmt/format.h>

#include "adapters/http/client.hpp"
#include "scenario/random.hpp"

namespace kentongan::app::demo {
namespace {

/// Small symptoms that add up may be nothing; a broken seal is not.
bool may_be_nothing(const AlertView& alert) {
  return alert.level == Level::waspada && (alert.rule == "area-level" || alert.rule == "rising-pressure");
}

}  // namespace

void Officers::plan(const AlertView& alert) {
  scenario::Random random = scenario::Random::of(seed_, {scenario::Random::key(alert.id)});
  const std::string role = alert.to.empty() ? "posko" : alert.to.front();
  if (random.chance(150'000)) return;
  const TimePoint answered = alert.since + std::chrono::minutes(random.between(3, 40));
  const TimePoint settled = answered + std::chrono::minutes(random.between(45, 480));
  if (may_be_nothing(alert) && random.chance(150'000)) {
    planned_.insert({settled, {alert.id, "false_alarm", role}});
    return;
  }
  planned_.insert({answered, {alert.id, alert.proposed ? "confirm" : "acknowledge", role}});
  if (random.chance(600'000)) planned_.insert({settled, {alert.id, "resolve", role}});
}

std::vector<Officers::Answer> Officers::due(const std::vector<AlertView>& firing, TimePoint now) {
  for (const AlertView& alert : firing) {
    if (seen_.insert(alert.id).second) plan(alert);
  }
  std::vector<Answer> answers;
  while (!planned_.empty() && planned_.begin()->first <= now) {
    answers.push_back(planned_.begin()->second);
    planned_.erase(planned_.begin());
  }
  return answers;
}

Result<void> Officers::post(const std::string& listen, const std::vector<Answer>& answers) {
  for (const Answer& answer : answers) {
    const auto posted = http::post(listen, fmt::format("/v1/alerts/{}/actions", answer.alert), "application/json",
                                   fmt::format(R"({{"action":"{}","actor":{{"ref":"o-{}","role":"{}"}}}})",
                                               answer.action, answer.role, answer.role),
                                   std::chrono::seconds(20));
    if (!posted) return tl::unexpected(posted.error());
    if (posted->status == 202) ++posted_;
  }
  return {};
}

}  // namespace kentongan::app::demo
