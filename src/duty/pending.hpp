// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "duty/plan.hpp"

namespace kentongan::duty {

/// A message that is being put together.
struct Pending {
  Purpose purpose = Purpose::alert;
  TimePoint due;
  std::string instead_of;
  std::set<std::string> roles;
  Level level = Level::aman;
  std::vector<Notice> notices;  ///< the last step of each alert, at most kMostNotices
  std::vector<std::string> steps;
  std::size_t alerts = 0;

  [[nodiscard]] bool empty() const noexcept { return alerts == 0; }
  [[nodiscard]] bool holds(std::string_view alert) const;
  /// A step of an alert; of an alert that it holds already it takes the place of the step before.
  void add(const Notice& notice);
  /// Takes over all that `other` holds of this alert.
  void take_from(Pending& other, std::string_view alert);
};

/// What kinds of messages are put into one.
enum class Lane : std::uint8_t { alert, update, all_clear };

/// One cause for one person.
struct CauseKey {
  std::string person;
  Lane lane = Lane::alert;
  std::string place;   ///< the kecamatan, or the city
  std::string family;  ///< of rules
  friend auto operator<=>(const CauseKey&, const CauseKey&) = default;
};

struct Cause {
  Pending waiting;
  std::optional<TimePoint> sent;   ///< the last message
  Level sent_level = Level::aman;  ///< its level
};

/// An alert as far as people were told of it.
struct KnownAlert {
  std::uint64_t last_step = 0;    ///< running number of the last step that was taken
  std::vector<std::string> told;  ///< people, in order
  TimePoint touched;
  bool closed = false;

  [[nodiscard]] bool was_told(std::string_view person) const;
  void tell(std::string_view person);
};

/// What is known and what waits, for one city.
struct CityPlan {
  TimePoint clock = TimePoint::min();
  TimePoint swept = TimePoint::min();  ///< when what is too old was last forgotten
  TimePoint next = TimePoint::min();   ///< nothing is due before; not saved
  std::map<std::string, KnownAlert, std::less<>> alerts;
  std::map<CauseKey, Cause> causes;
  std::map<std::string, Pending, std::less<>> digests;  ///< by person
};

/// The delivery of what was put together, to this person.
[[nodiscard]] Delivery delivery_of(Pending&& pending, const Person& person);

/// The smallest place that holds both, by their codes.
[[nodiscard]] std::string common_place(std::string_view a, std::string_view b);
/// The kecamatan of a place, or the city.
[[nodiscard]] std::string district_of(std::string_view area);

}  // namespace kentongan::duty
