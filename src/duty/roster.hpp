// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.hpp"

/// Who is on duty and who is told: plain values and pure functions. roster.yaml and routing.yaml as they are read.
namespace kentongan::duty {

enum class ChannelType : std::uint8_t { webhook, telegram, whatsapp, email, ntfy, alertmanager, file };
inline constexpr std::array<std::string_view, 7> kChannelTypes{"webhook", "telegram",     "whatsapp", "email",
                                                               "ntfy",    "alertmanager", "file"};
[[nodiscard]] constexpr std::string_view name_of(ChannelType type) {
  return kChannelTypes[static_cast<std::size_t>(type)];
}

struct Channel {
  ChannelType type = ChannelType::webhook;
  std::string to;  ///< an address, a chat, a URL: what the channel takes
  friend bool operator==(const Channel&, const Channel&) = default;
};

/// The language in which a person is told.
enum class Language : std::uint8_t { id, en };
[[nodiscard]] constexpr std::string_view name_of(Language language) { return language == Language::id ? "id" : "en"; }

inline constexpr int kMinutesOfDay = 24 * 60;

/// A span of the local day in minutes since midnight, its end not in it; `to` may be 1440. With `from` behind `to` it
/// goes over midnight, into the next day.
struct Hours {
  int from = 0;
  int to = kMinutesOfDay;
  [[nodiscard]] bool over_midnight() const noexcept { return from > to; }
  [[nodiscard]] bool contains(int minute) const noexcept {
    return over_midnight() ? minute >= from || minute < to : minute >= from && minute < to;
  }
  friend bool operator==(const Hours&, const Hours&) = default;
};

/// A duty time. All of it belongs to the local day on which it begins.
struct Shift {
  std::uint8_t days = 0x7f;         ///< bit 0 is Monday
  std::vector<std::string> only;    ///< only on days of one of these kinds; none: on any day
  std::vector<std::string> except;  ///< not on days of these kinds
  Hours hours;
};

/// Somebody stands in for a person, on the duty times that begin on these local days.
struct Substitute {
  LocalDay from;
  LocalDay to;  ///< inclusive
  std::string by;
};

/// Where something stands in its file, from 1.
struct Written {
  int line = 0;
  int column = 0;
};

struct Person {
  std::string id;
  std::string name;
  std::vector<std::string> roles;
  std::vector<std::string> areas;    ///< codes; none: everywhere
  std::vector<Channel> channels;     ///< in the order in which they are tried
  std::vector<Shift> duty;           ///< none: always on duty
  std::optional<Hours> quiet_hours;  ///< nothing but awas then; the rest comes with the digest
  std::optional<int> digest;         ///< minute of the day; none: the end of the quiet hours
  std::vector<Substitute> substitutes;
  Language language = Language::id;
  Written written;
  std::vector<Written> roles_written;  ///< as many as `roles`
};

/// Immutable once read; safe to share between threads.
struct Roster {
  std::vector<Person> people;
  std::map<std::string, std::vector<std::string>> fallback;  ///< by role: who is told where nobody of it is on duty
  std::map<std::string, std::vector<std::string>> families;  ///< by name: rules (`consignment-*`) that are one cause
  std::vector<std::string> routed;                           ///< roles that routing.yaml names
  std::string file;                                          ///< roster.yaml as it was named; empty: there is none
  Written written;                                           ///< of `people`

  [[nodiscard]] const Person* find(std::string_view id) const;
  /// A roster in which nobody has a channel says which roles there are, and no more: nobody can be told.
  [[nodiscard]] bool reaches_anybody() const;
  /// The family to which a rule belongs, the first by name; the rule itself where none names it.
  [[nodiscard]] std::string_view family_of(std::string_view rule) const;
};

/// The role that is told last, where the fallback of a role names nobody who is on duty.
inline constexpr std::string_view kLastRole = "posko";

}  // namespace kentongan::duty
