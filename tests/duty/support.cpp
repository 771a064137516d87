// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "duty/on_duty.hpp"

namespace kentongan::duty::testing {
namespace {

constexpr std::chrono::hours kOffset{7};

Place place(PlaceKind kind, std::string code, std::string name, std::uint32_t parent,
            const std::shared_ptr<const LocalZone>& zone) {
  Place made;
  made.kind = kind;
  made.code = std::move(code);
  made.name = std::move(name);
  made.city = PlaceId{0};
  made.parent = PlaceId{parent};
  made.zone = zone;
  return made;
}

std::shared_ptr<const Reference> make_town() {
  auto reference = std::make_shared<Reference>();
  const auto zone = std::make_shared<const LocalZone>(
      "Asia/Jakarta", std::vector<LocalZone::Transition>{{TimePoint{}, std::chrono::seconds(kOffset)}});
  auto& places = reference->places;
  places.push_back(place(PlaceKind::city, "35.73", "35.73", 0, zone));
  places.push_back(place(PlaceKind::district, "35.73.01", "Utara", 0, zone));
  places.push_back(place(PlaceKind::area, "35.73.01.1001", "Satu", 1, zone));
  places.push_back(place(PlaceKind::area, "35.73.01.1002", "Dua", 1, zone));
  places.push_back(place(PlaceKind::district, "35.73.02", "Selatan", 0, zone));
  places.push_back(place(PlaceKind::area, "35.73.02.1003", "Tiga", 4, zone));
  places.push_back(place(PlaceKind::area, "35.73.02.1004", "Empat", 4, zone));
  reference->cities = {PlaceId{0}};
  const LocalDay voting = *parse_day("2024-11-27");
  reference->days.push_back({voting, "holiday", "Pilkada"});
  reference->stages.push_back({"pilkada2024", "voting", voting, voting});
  reference->build_indexes();
  return reference;
}

}  // namespace

std::shared_ptr<const Reference> town() {
  static const auto made = make_town();
  return made;
}

TimePoint local(std::string_view text) {
  const auto time = parse_rfc3339(fmt::format("{}:00+07:00", text));
  if (!time) throw std::invalid_argument(std::string(text));
  return *time;
}

std::string local_text(TimePoint time) {
  const LocalMoment moment = local_moment(time, zone_of("35.73", *town()));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count() % 60;
  std::string text =
      fmt::format("{} {:02}:{:02}", format_day(moment.day).substr(8), moment.minute / 60, moment.minute % 60);
  if (seconds != 0) text += fmt::format(":{:02}", seconds);
  return text;
}

Person person(std::string id, std::vector<std::string> roles, std::vector<std::string> areas) {
  Person made;
  made.channels = {{ChannelType::telegram, id}};
  made.id = std::move(id);
  made.roles = std::move(roles);
  made.areas = std::move(areas);
  return made;
}

Shift shift(int from_hour, int to_hour) {
  Shift made;
  made.hours = {from_hour * 60, to_hour * 60};
  return made;
}

std::shared_ptr<const Roster> roster(std::vector<Person> people) {
  auto made = std::make_shared<Roster>();
  made->people = std::move(people);
  return made;
}

AlertStep step_of(const Step& step) {
  AlertStep made;
  made.alert = AlertId{"35.73-" + step.name};
  made.rule = step.rule;
  made.scope = {ScopeKind::area, step.area};
  made.area = step.area;
  made.step = step.kind;
  made.level = step.level;
  made.proposed = step.level == Level::awas;
  made.to = step.to;
  made.text.message = {"pesan " + step.name, "message " + step.name};
  switch (step.kind) {
    case AlertStepKind::resolved:
      made.state = AlertState::resolved;
      break;
    case AlertStepKind::expired:
      made.state = AlertState::expired;
      break;
    case AlertStepKind::withdrawn:
      made.state = AlertState::withdrawn;
      break;
    default:
      break;
  }
  if (!step.actor.empty()) made.actor = step.actor;
  if (!step.assignee.empty()) made.assignee = step.assignee;
  return made;
}

Desk::Desk(std::vector<Person> people, Settings settings) : Desk(roster(std::move(people)), settings) {}

Desk::Desk(std::shared_ptr<const Roster> roster, Settings settings)
    : roster_(std::move(roster)), settings_(settings), planner_(std::make_unique<Planner>(roster_, town(), settings)) {}

void Desk::take(std::string_view at, const Step& step) {
  auto number = std::ranges::find(numbers_, step.name, &std::pair<std::string, int>::first);
  if (number == numbers_.end()) number = numbers_.insert(numbers_.end(), {step.name, 0});
  last_id_ = fmt::format("35.73-{}-{}", step.name, ++number->second);
  last_step_ = step_of(step);
  last_time_ = local(at);
  planner_->take(last_id_, last_step_, last_time_, plan_);
}

void Desk::take_again() { planner_->take(last_id_, last_step_, last_time_, plan_); }

void Desk::until(std::string_view at) { planner_->advance(local(at), plan_); }

std::vector<std::string> Desk::told() {
  std::vector<std::string> lines;
  for (const Delivery& delivery : plan_.deliveries) {
    std::string alerts;
    for (const Notice& notice : delivery.notices) {
      alerts += fmt::format("{}{}: {}", alerts.empty() ? "" : ", ", notice.step.alert.value().substr(6),
                            name_of(notice.step.step));
    }
    lines.push_back(
        fmt::format("{} {} {} {}", local_text(delivery.at), delivery.person, name_of(delivery.purpose), alerts));
    if (!delivery.instead_of.empty()) lines.back() += " for " + delivery.instead_of;
    if (delivery.alerts != 1) lines.back() += fmt::format(" ({})", delivery.alerts);
  }
  for (const NobodyOnDuty& nobody : plan_.nobody) {
    lines.push_back(fmt::format("{} NOBODY {}: {}", local_text(nobody.at), nobody.notice.step.alert.value().substr(6),
                                name_of(nobody.notice.step.step)));
  }
  plan_ = {};
  return lines;
}

void Desk::restart() {
  const std::string saved = planner_->save();
  planner_ = std::make_unique<Planner>(roster_, town(), settings_);
  EXPECT_TRUE(planner_->restore(saved));
  EXPECT_EQ(planner_->save(), saved);
}

}  // namespace kentongan::duty::testing
