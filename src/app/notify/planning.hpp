// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "domain/reference.hpp"
#include "duty/planner.hpp"
#include "ports/alert_log.hpp"
#include "ports/outbox.hpp"

namespace kentongan::app {

/// Whom to tell by, as it is now.
struct DutyBook {
  std::shared_ptr<const duty::Roster> roster;
  std::shared_ptr<const Reference> reference;
  friend bool operator==(const DutyBook&, const DutyBook&) = default;
};

struct PlanningPlan {
  duty::Settings duty = {};
  std::set<std::string, std::less<>> channels;  ///< names of those that there are
  bool mirrors = false;                         ///< alerts are kept for Alertmanager
  bool event_clock = false;           ///< digests and groups wait for the times of steps, not the wall clock's
  Duration oldest{0};                 ///< steps older than this are not told; 0: all are
  std::optional<ports::Way> trouble;  ///< who hears that somebody is not reached
  std::function<DutyBook()> book;
  /// Where a page asks this person whether to acknowledge this alert; empty: there is none.
  std::function<std::string(const std::string& alert, const std::string& person)> link;
  std::function<void(std::uint64_t)> dropped = [](std::uint64_t) {};           ///< steps that were too old
  std::function<void(const std::string&)> nobody = [](const std::string&) {};  ///< a line about it, for the operator
};

/// Reads the alert log, plans who is told, and puts that into the outbox together with the position behind it: what is
/// planned once is planned once, whenever the program ends. Used by one thread; time is given.
class Planning {
 public:
  /// Log and outbox outlive it.
  Planning(ports::AlertLog& log, ports::Outbox& outbox, PlanningPlan plan);

  /// One piece of the log. Whether there may be more at once. After an error: call it again, later.
  [[nodiscard]] Result<bool> step(TimePoint now, Duration wait);

 private:
  struct Draft {
    ports::PlanCommit commit;
    duty::Plan plan;
    std::uint64_t dropped = 0;
    std::optional<TimePoint> latest;  ///< of the steps that were taken
    bool changed = false;
  };
  [[nodiscard]] Result<void> restore();
  void take(const ports::LoggedAlert& alert, TimePoint now, Draft& draft);
  [[nodiscard]] Result<void> see_to_unreached(TimePoint now, Draft& draft);
  void tell_trouble(const std::string& id, const std::string& text, TimePoint now, Draft& draft);
  void tell_nobody(const duty::NobodyOnDuty& nobody, TimePoint now, Draft& draft);
  [[nodiscard]] Result<void> commit(Draft& draft, TimePoint now);

  ports::AlertLog& log_;
  ports::Outbox& outbox_;
  const PlanningPlan plan_;
  DutyBook book_;
  std::optional<duty::Planner> planner_;  ///< none: to be restored
  std::map<std::string, std::int64_t> positions_;
};

}  // namespace kentongan::app
