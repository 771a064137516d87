// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "duty/planner.hpp"

namespace kentongan::duty::testing {

/// One city, 35.73, with the kecamatan .01 (1001, 1002) and .02 (1003, 1004), at +07:00. 27 November 2024, a Wednesday,
/// is a holiday and the day of the stage `voting`.
std::shared_ptr<const Reference> town();

/// "2024-11-10T08:00" in local time.
TimePoint local(std::string_view text);
std::string local_text(TimePoint time);

/// Somebody with one channel, always on duty, everywhere.
Person person(std::string id, std::vector<std::string> roles, std::vector<std::string> areas = {});
Shift shift(int from_hour, int to_hour);
std::shared_ptr<const Roster> roster(std::vector<Person> people);

/// A step of the alert 35.73-NAME.
struct Step {
  std::string name = "a";
  AlertStepKind kind = AlertStepKind::fired;
  Level level = Level::siaga;
  std::vector<std::string> to = {"lurah"};
  std::string area = "35.73.02.1003";
  std::string rule = "repeated-hoax";
  std::string actor = {};
  std::string assignee = {};
};
AlertStep step_of(const Step& step);

/// A planner, and what it planned so far as people read it.
class Desk {
 public:
  explicit Desk(std::vector<Person> people, Settings settings = {});
  explicit Desk(std::shared_ptr<const Roster> roster, Settings settings = {});

  /// Steps of one alert are numbered as they come.
  void take(std::string_view at, const Step& step);
  /// The same event once more.
  void take_again();
  void until(std::string_view at);
  /// "08:00 lurah-1 alert a: fired" each; of several alerts "a: fired, b: fired x2" and their number.
  std::vector<std::string> told();
  Plan& plan() { return plan_; }
  Planner& planner() { return *planner_; }
  /// Thrown away, and restored from its bytes.
  void restart();

 private:
  std::shared_ptr<const Roster> roster_;
  Settings settings_;
  std::unique_ptr<Planner> planner_;
  Plan plan_;
  std::vector<std::pair<std::string, int>> numbers_;
  std::string last_id_;
  AlertStep last_step_;
  TimePoint last_time_;
};

}  // namespace kentongan::duty::testing
