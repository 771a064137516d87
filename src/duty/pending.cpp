// SPDX-License-Identifier: Apache-2.0
#include "duty/pending.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kentongan::duty {
namespace {

/// Free texts of reports that a message carries, at most.
constexpr std::size_t kMostRecommendations = 10;

bool is_step_of(std::string_view step, std::string_view alert) {
  return step.size() > alert.size() && step.starts_with(alert) && step[alert.size()] == '-';
}

/// The part of a code up to its n-th dot; all of it where it has fewer.
std::string_view up_to_dot(std::string_view code, int n) {
  std::size_t at = 0;
  for (; at < code.size(); ++at) {
    if (code[at] == '.' && --n == 0) break;
  }
  return code.substr(0, at);
}

}  // namespace

bool Pending::holds(std::string_view alert) const {
  return std::ranges::any_of(steps, [&](const std::string& step) { return is_step_of(step, alert); });
}

void Pending::add(const Notice& notice) {
  const std::string& alert = notice.step.alert.value();
  if (!holds(alert)) ++alerts;
  if (steps.size() < kMostSteps) steps.push_back(notice.id);
  level = std::max(level, notice.step.level);
  const auto same =
      std::ranges::find_if(notices, [&](const Notice& other) { return other.step.alert == notice.step.alert; });
  if (same == notices.end() && notices.size() == kMostNotices) return;
  Notice& kept = same == notices.end() ? notices.emplace_back() : *same;
  kept = notice;
  auto& texts = kept.step.text.recommendations;
  if (texts.size() > kMostRecommendations) texts.resize(kMostRecommendations);
}

void Pending::take_from(Pending& other, std::string_view alert) {
  if (!other.holds(alert)) return;
  const auto of_alert = [&](const std::string& step) { return is_step_of(step, alert); };
  std::ranges::copy_if(other.steps, std::back_inserter(steps), of_alert);
  std::erase_if(other.steps, of_alert);
  std::erase_if(other.notices, [&](const Notice& notice) {
    if (notice.step.alert.value() != alert) return false;
    notices.push_back(notice);
    return true;
  });
  --other.alerts;
  ++alerts;
}

bool KnownAlert::was_told(std::string_view person) const { return std::ranges::find(told, person) != told.end(); }

void KnownAlert::tell(std::string_view person) {
  if (!was_told(person)) told.emplace_back(person);
}

std::string common_place(std::string_view a, std::string_view b) {
  std::string_view common = a;
  while (!common.empty()) {
    if (b.starts_with(common) && (b.size() == common.size() || b[common.size()] == '.')) break;
    const std::size_t dot = common.rfind('.');
    common = common.substr(0, dot == std::string_view::npos ? 0 : dot);
  }
  return std::string(common);
}

std::string district_of(std::string_view area) { return std::string(up_to_dot(area, 3)); }

Delivery delivery_of(Pending&& pending, const Person& person) {
  Delivery delivery;
  delivery.id = pending.steps.front() + "/" + person.id;
  delivery.purpose = pending.purpose;
  delivery.at = pending.due;
  delivery.person = person.id;
  delivery.instead_of = std::move(pending.instead_of);
  delivery.roles.assign(pending.roles.begin(), pending.roles.end());
  delivery.channels = person.channels;
  delivery.language = person.language;
  delivery.level = pending.level;
  delivery.notices = std::move(pending.notices);
  delivery.area = delivery.notices.front().step.area;
  for (const Notice& notice : delivery.notices) delivery.area = common_place(delivery.area, notice.step.area);
  delivery.alerts = pending.alerts;
  delivery.steps = std::move(pending.steps);
  return delivery;
}

}  // namespace kentongan::duty
