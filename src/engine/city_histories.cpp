// SPDX-License-Identifier: Apache-2.0
// Saving and restoring what is known of consignments and campaign entries.
//
//   kind            key              value
//   consignment     its id           its steps
//   campaign-start  the entry's id   when it was to begin, by version
#include "engine/city.hpp"
#include "engine/saved_time.hpp"
#include "state.pb.h"

namespace kentongan::engine {
namespace {

template <class Saved>
EventKey load_key(const Saved& saved) {
  return {from_ms(saved.time()), saved.id(), saved.source()};
}

template <class Saved>
void save_key(const EventKey& key, Saved& saved) {
  saved.set_time(to_ms(key.time));
  saved.set_id(key.id);
  saved.set_source(key.source);
}

}  // namespace

void City::save_histories(std::vector<StateChange>& changes) {
  custody_.take_changed([&](const std::string& name, const std::vector<CustodyStep>& steps) {
    state::Custody saved;
    for (const CustodyStep& step : steps) {
      state::CustodyStep& one = *saved.add_steps();
      save_key(step.key, one);
      one.set_event(step.event);
    }
    changes.push_back(
        {code(), "consignment", name, steps.empty() ? std::nullopt : std::optional(saved.SerializeAsString())});
  });
  campaign_starts_.take_changed([&](const std::string& name, const std::vector<CampaignStart>& versions) {
    state::CampaignStarts saved;
    for (const CampaignStart& version : versions) {
      state::CampaignStart& one = *saved.add_versions();
      save_key(version.key, one);
      one.set_starts_at(to_ms(version.starts_at));
    }
    changes.push_back(
        {code(), "campaign-start", name, versions.empty() ? std::nullopt : std::optional(saved.SerializeAsString())});
  });
}

bool City::restore_consignment(std::string_view key, std::string_view value) {
  state::Custody saved;
  if (!saved.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
  std::vector<CustodyStep> steps;
  for (const state::CustodyStep& step : saved.steps()) steps.push_back({load_key(step), step.event()});
  custody_.restore(std::string(key), std::move(steps));
  return true;
}

bool City::restore_campaign_starts(std::string_view key, std::string_view value) {
  state::CampaignStarts saved;
  if (!saved.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
  std::vector<CampaignStart> versions;
  for (const state::CampaignStart& version : saved.versions()) {
    versions.push_back({load_key(version), from_ms(version.starts_at())});
  }
  campaign_starts_.restore(std::string(key), std::move(versions));
  return true;
}

}  // namespace kentongan::engine
