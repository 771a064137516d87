// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/time.hpp"
#include "engine/table_hash.hpp"

namespace kentongan::engine {

/// Where an event stands in the order of events.
struct EventKey {
  TimePoint time;
  std::string id;
  std::string source;
  friend auto operator<=>(const EventKey&, const EventKey&) = default;
};

/// What was said about things that have a name (consignments, campaign entries), in the order of events. `Version` has
/// a member `key`, an EventKey.
///
/// Of each thing the first version is kept, those that another event can still come before (not older than `settled`),
/// and the last one before these; of more than kMostVersions the oldest but the first go. A thing of which nothing was
/// said for kKnownFor is forgotten, and of more than kMostThings the one of which nothing was said for longest.
template <class Version>
class Histories {
 public:
  static constexpr std::size_t kMostVersions = 500;
  static constexpr std::size_t kMostThings = 50'000;
  static constexpr Duration kKnownFor = std::chrono::days(366);

  /// `saved`: somebody calls take_changed(), so what changes is noted.
  explicit Histories(bool saved) : saved_(saved) {}

  /// In the order of events; empty: nothing is known. Valid until the next add() or forget().
  [[nodiscard]] const std::vector<Version>& of(std::string_view name) const {
    static const std::vector<Version> none;
    const auto found = things_.find(std::string(name));
    return found == things_.end() ? none : found->second;
  }

  void add(std::string_view name, Version version, TimePoint settled) {
    const std::string thing(name);
    std::vector<Version>& versions = things_[thing];
    if (!versions.empty()) by_last_.erase({versions.back().key.time, thing});
    const auto at = std::upper_bound(versions.begin(), versions.end(), version,
                                     [](const Version& a, const Version& b) { return a.key < b.key; });
    versions.insert(at, std::move(version));
    prune(versions, settled);
    by_last_.emplace(versions.back().key.time, thing);
    note_change(thing);
    while (things_.size() > kMostThings) drop_oldest();
  }

  /// Calls `visit` with the versions of each thing, in no particular order.
  template <class Visit>
  void visit(Visit visit) const {
    for (const auto& [name, versions] : things_) visit(versions);
  }

  /// At this clock.
  void forget(TimePoint now) {
    while (!by_last_.empty() && now - by_last_.begin()->first > kKnownFor) drop_oldest();
  }

  /// Calls `visit(name, versions)` for each thing that changed since the last call, in the order of names; empty
  /// versions: it is gone.
  template <class Visit>
  void take_changed(Visit visit) {
    for (const std::string& name : std::exchange(changed_, {})) visit(name, of(name));
  }

  /// Brings a thing back as it was saved.
  void restore(const std::string& name, std::vector<Version> versions) {
    if (versions.empty()) return;
    by_last_.emplace(versions.back().key.time, name);
    things_.insert_or_assign(name, std::move(versions));
  }

 private:
  static void prune(std::vector<Version>& versions, TimePoint settled) {
    const auto open = std::find_if(versions.begin(), versions.end(),
                                   [&](const Version& version) { return version.key.time >= settled; });
    const auto old = open - versions.begin();
    // The first stays, and the last of the old ones.
    if (old > 2) versions.erase(versions.begin() + 1, versions.begin() + old - 1);
    if (versions.size() > kMostVersions) {
      versions.erase(versions.begin() + 1,
                     versions.begin() + 1 + static_cast<std::ptrdiff_t>(versions.size() - kMostVersions));
    }
  }

  void drop_oldest() {
    const std::string name = by_last_.begin()->second;
    by_last_.erase(by_last_.begin());
    things_.erase(name);
    note_change(name);
  }
  void note_change(const std::string& name) {
    if (saved_) changed_.insert(name);
  }

  bool saved_;
  std::unordered_map<std::string, std::vector<Version>, TextHash> things_;
  std::set<std::pair<TimePoint, std::string>> by_last_;
  std::set<std::string> changed_;
};

}  // namespace kentongan::engine
