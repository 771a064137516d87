// SPDX-License-Identifier: Apache-2.0
// Saving and restoring what is known of consignments and campaign entries.
//
//   kind            key              value
//   consignment     its id           its steps
//   campaign-start  the entry's id   when it was to begin, by version
#include "engine/city.hpp"
#include "state.pb.h"

namespace kentongan::engine {
namespace {

std::int64_t to_ms(TimePoint time) { return time.time_since_epoch().count(); }
TimePoint from_ms(std::int64_t ms) { return TimePoint{Duration{ms}}; }

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

void save_step(const CustodyStep& step, const Reference& reference, state::CustodyStep& saved) {
  save_key(step.key, saved);
  saved.set_area(reference.place(step.area).code);
  if (step.goods) saved.set_goods(*step.goods);
  if (step.from) saved.set_from(*step.from);
  if (step.to) saved.set_to(*step.to);
  if (step.tps) saved.set_tps(*step.tps);
  if (step.quantity) saved.set_quantity(*step.quantity);
  if (step.seals_expected) saved.set_seals_expected(*step.seals_expected);
  if (step.seals_intact) saved.set_seals_intact(*step.seals_intact);
  saved.set_step(static_cast<std::uint32_t>(step.step));
  if (step.due_at) saved.set_due_at(to_ms(*step.due_at));
}

CustodyStep load_step(const state::CustodyStep& saved, PlaceId area) {
  CustodyStep step;
  step.key = load_key(saved);
  step.area = area;
  if (saved.has_goods()) step.goods = saved.goods();
  if (saved.has_from()) step.from = saved.from();
  if (saved.has_to()) step.to = saved.to();
  if (saved.has_tps()) step.tps = saved.tps();
  if (saved.has_quantity()) step.quantity = saved.quantity();
  if (saved.has_seals_expected()) step.seals_expected = saved.seals_expected();
  if (saved.has_seals_intact()) step.seals_intact = saved.seals_intact();
  step.step = static_cast<ConsignmentStep>(saved.step());
  if (saved.has_due_at()) step.due_at = from_ms(saved.due_at());
  return step;
}

}  // namespace

void City::save_histories(std::vector<StateChange>& changes) {
  custody_.take_changed([&](const std::string& name, const std::vector<CustodyStep>& steps) {
    state::Custody saved;
    for (const CustodyStep& step : steps) save_step(step, context_.reference(), *saved.add_steps());
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
  for (const state::CustodyStep& step : saved.steps()) {
    // A place that is no longer in the reference data is taken for the city.
    steps.push_back(load_step(step, context_.reference().find_place(step.area()).value_or(id_)));
  }
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
