// SPDX-License-Identifier: Apache-2.0
//
// Random stories in the middle of which the rules change, once or twice: whatever changes into whatever, each alert
// has exactly one end, time never goes back, scores are never below nothing, and restarting once more changes nothing.
#include <fmt/format.h>

#include <array>
#include <map>
#include <string>
#include <utility>

#include "random_city.hpp"

namespace kentongan::engine::testing {
namespace {

using Edit = std::pair<std::string_view, std::string_view>;

/// What an author may write in place of what.
constexpr std::array<Edit, 16> kEdits{{
    {"half_life: 3d, spill: 0.2", "half_life: 5d, spill: 0.1"},
    {"add: 9, half_life: 6h", "add: 2, half_life: 12h"},
    {"id: m-score", "id: mm-score"},
    {"per: district}", "per: area}"},
    {"distinct: reporter.ref", "distinct: category"},
    {"count: {at_least: 2, within: 2d, per: [category, severity]}", "check: {}"},
    {"count: {at_least: 3, within: 1d}", "count: {at_least: 2, within: 3h}"},
    {"quiet_for: 20d", "quiet_for: 1h"},
    {"level: {at: siaga, per: city}", "level: {at: waspada, per: city}"},
    {"level: {at: waspada}", "level: {at: siaga, for: 1h}"},
    {"status: shadow", "status: live"},
    {"id: a-check-severe", "id: z-check-severe"},
    {"clash: {same: area, gap: 2h}", "clash: {same: area, gap: 5h}"},
    {"quota: {at_most: 1, per: city}", "quota: {at_most: 2}"},
    {"match: {category: [intimidation, hoax]}", "match: {category: vote_buying}"},
    {"count: {at_least: 2, within: 12h, per: consignment}", "check: {per: consignment}"},
}};

std::string edited(std::string text, std::uint32_t edits) {
  for (std::size_t i = 0; i < kEdits.size(); ++i) {
    if (((edits >> i) & 1U) == 0) continue;
    const auto at = text.find(kEdits[i].first);
    if (at != std::string::npos) text.replace(at, kEdits[i].first.size(), kEdits[i].second);
  }
  return text;
}

/// Follows every output of a story.
class Witness {
 public:
  void see(const std::vector<Output>& outputs) {
    for (const Output& output : outputs) {
      const auto* step = std::get_if<AlertStep>(&output.data);
      if (std::holds_alternative<DeadLetter>(output.data)) continue;
      TimePoint& last = last_[output.city->value()];
      RC_ASSERT(output.time >= last);
      last = output.time;
      if (step == nullptr) continue;
      const std::string& alert = step->alert.value();
      RC_ASSERT((step->step == AlertStepKind::fired) == !open_.contains(alert));
      open_.try_emplace(alert, true);
      RC_ASSERT(open_[alert]);
      open_[alert] = step->state == AlertState::firing || step->state == AlertState::acknowledged;
    }
  }
  [[nodiscard]] std::string left_open() const {
    for (const auto& [alert, open] : open_) {
      if (open) return alert;
    }
    return "";
  }

 private:
  std::map<std::uint32_t, TimePoint> last_;
  std::map<std::string, bool> open_;
};

void all_alerts_end(const std::vector<Step>& steps, unsigned variant, std::uint32_t first, std::uint32_t second) {
  const auto rules = risky_rules(variant);
  const Options options = busy_options(variant / kVariants);
  const std::vector<Input> inputs = to_inputs(steps, rules, options);
  const std::string yaml = risky_yaml(variant);
  Play play(rules, options);
  Play again(rules, options);
  SavedState saved, saved_again;
  Witness witness;
  const auto look = [&] {
    auto outputs = play.outputs();
    RC_ASSERT(again.outputs().size() == outputs.size());
    witness.see(outputs);
    for (const PlaceView& view : play.engine().areas()) RC_ASSERT(view.score >= 0);
  };
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    RC_ASSERT(feed(again, inputs[i]) == feed(play, inputs[i]));
    look();
    play.save(saved);
    again.save(saved_again);
    const bool changes = i == inputs.size() / 3 || i == 2 * inputs.size() / 3;
    if (!changes) continue;
    const auto next = rules_of(edited(yaml, i == inputs.size() / 3 ? first : second));
    play.restart(saved, next);
    again.restart(saved_again, next);
    look();
    play.save(saved);
    again.save(saved_again);
    again.restart(saved_again);
    RC_ASSERT(again.outputs().empty());
  }
  play.until(at("800d"));
  again.until(at("800d"));
  look();
  RC_ASSERT(witness.left_open() == "");
}

TEST(ChangedRulesProperty, EveryAlertHasOneEnd) {
  for (const auto& [before, after] : kEdits) {
    EXPECT_NE(risky_yaml(0).find(before), std::string::npos) << before;
  }
  hold("every alert has one end", 60, [] {
    const std::vector<Step> steps = *any_steps();
    const unsigned variant = *rc::gen::inRange(0U, kVariants * 3);
    all_alerts_end(steps, variant, *rc::gen::arbitrary<std::uint32_t>(), *rc::gen::arbitrary<std::uint32_t>());
  });
}

}  // namespace
}  // namespace kentongan::engine::testing
