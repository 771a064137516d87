// SPDX-License-Identifier: Apache-2.0
#include "app/alerts/watch.hpp"

#include <algorithm>
#include <set>

namespace kentongan::app::alerts {

void Follower::compare(const RemoteAlert& alert, Look& look) {
  const std::string& id = alert.last.alert.value();
  const auto known = known_.find(id);
  const std::size_t seen = known == known_.end() ? 0 : known->second;
  for (std::size_t i = seen; !first_ && i < alert.steps.size(); ++i)
    look.since_then.emplace_back(alert, alert.steps[i]);
  if (alert.open()) {
    known_[id] = alert.steps.size();
  } else {
    known_.erase(id);
  }
}

Result<Follower::Look> Follower::look() {
  auto open = remote_.list(filter_);
  if (!open) return tl::unexpected(open.error());
  Look look;
  look.open = *std::move(open);
  std::set<std::string> here;
  for (const RemoteAlert& alert : look.open) {
    here.insert(alert.last.alert.value());
    compare(alert, look);
  }
  std::vector<std::string> gone;
  for (const auto& [id, steps] : known_) {
    if (!here.contains(id)) gone.push_back(id);
  }
  for (const std::string& id : gone) {
    const auto alert = remote_.one(id);
    if (!alert && alert.error().kind == Error::Kind::failed) return tl::unexpected(alert.error());
    if (alert) {
      compare(*alert, look);
    } else {
      known_.erase(id);  // the service has forgotten it
    }
  }
  std::stable_sort(look.since_then.begin(), look.since_then.end(),
                   [](const auto& a, const auto& b) { return a.second.time < b.second.time; });
  first_ = false;
  return look;
}

}  // namespace kentongan::app::alerts
