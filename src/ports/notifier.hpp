// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/level.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "domain/time.hpp"

/// What a person is told, and the channels that tell it.
namespace kentongan::ports {

enum class Tongue : std::uint8_t { id, en };

enum class NoticeKind : std::uint8_t {
  alert,    ///< one step of an alert, or several of one cause
  digest,   ///< what was held back in quiet hours
  trouble,  ///< of telling itself: nobody on duty, somebody who cannot be reached
  test,
};

/// One step of an alert as it is told.
struct NoticeItem {
  std::string event;  ///< id of the step's CloudEvent
  std::string alert;
  std::string rule;
  AlertStepKind step = AlertStepKind::fired;
  AlertState state = AlertState::firing;
  Level level = Level::aman;
  bool proposed = false;
  int tier = 0;
  std::string area;               ///< code
  std::string place;              ///< its name, with that of the kecamatan
  TimePoint since;                ///< of `fired`
  std::chrono::seconds offset{};  ///< of the city's zone at that time
  LocalText message;
  LocalText recommend;
  std::string legal;
  std::vector<std::string> recommendations;  ///< free text of reporters: for channels marked for it alone
  std::string actor;                         ///< of a step that an officer made
};

struct Notice {
  std::string id;  ///< derived: the same telling has the same id
  NoticeKind kind = NoticeKind::alert;
  TimePoint at;  ///< when it was due
  std::string person;
  Tongue tongue = Tongue::id;
  std::vector<NoticeItem> items;  ///< of an alert or digest
  std::size_t more = 0;           ///< that are not among the items
  std::string text;               ///< of trouble and test: what is said
  std::string link;               ///< where a page asks whether to acknowledge; empty: none
  bool asks = false;              ///< an answer is hoped for: firing and told to who may answer
  std::string origin;             ///< what planned it, for whoever plans the next step; opaque

  /// The highest level among the items.
  [[nodiscard]] Level level() const {
    Level highest = Level::aman;
    for (const NoticeItem& item : items) highest = item.level > highest ? item.level : highest;
    return highest;
  }
  /// Whether one of the items is an awas that no officer has confirmed.
  [[nodiscard]] bool proposes() const {
    for (const NoticeItem& item : items) {
      if (item.proposed && item.state == AlertState::firing) return true;
    }
    return false;
  }
};

enum class Fate : std::uint8_t {
  delivered,    ///< the other side has taken it
  retry,        ///< it may be taken later
  refused,      ///< it will never be taken from here: a wrong address, a message that is refused
  interrupted,  ///< the service stops: as if it had not been tried
};

struct SendOutcome {
  Fate fate = Fate::retry;
  /// The fault lies with the channel as a whole, not with this address: it counts for its circuit breaker.
  bool channel_fault = false;
  std::string detail = {};  ///< one line for the operator: what the other side said; no secret
  std::optional<Duration> retry_after = {};
  std::string receipt = {};  ///< what the other side calls it
};

/// One way to people. Thread-safe: several deliveries may be under way.
class Channel {
 public:
  virtual ~Channel() = default;
  /// telegram, webhook, ..: as the roster's `type` and the metrics' label.
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// `to`: the roster's address. `key`: identity of this delivery, the same at each try; handed to the receiver
  /// wherever the channel has a place for it.
  [[nodiscard]] virtual SendOutcome send(const Notice& notice, const std::string& to, const std::string& key) = 0;
};

}  // namespace kentongan::ports
