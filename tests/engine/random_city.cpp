// SPDX-License-Identifier: Apache-2.0
#include "random_city.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>

namespace kentongan::engine::testing {
namespace {

constexpr std::array<std::string_view, 7> kAreas{"35.73.02.1004", "35.73.01.1001", "35.73.01.1002", "35.73.01.1003",
                                                 "35.73.02.1005", "35.79.01.1001", "35.79.01.1002"};
constexpr std::array<std::string_view, 4> kCategories{"intimidation", "hoax", "vote_buying", "disaster"};
constexpr std::array<std::int64_t, 14> kGaps{0,          1,           30'000, 600'000,    3'600'000,   18'000'000,
                                             72'000'000, 259'200'000, -1'000, -3'600'000, -36'000'000, -100'000'000,
                                             43'200'000, 60'000};
constexpr std::array<std::string_view, 7> kActions{"acknowledge", "confirm",     "assign", "mitigate",
                                                   "snooze",      "false_alarm", "resolve"};

R data_of(const Step& step) {
  R data;
  data.area = kAreas[step.area % kAreas.size()];
  data.category = kCategories[step.what % kCategories.size()];
  data.severity = 1 + (step.what / 4) % 5;
  data.reporter = std::string(1, static_cast<char>('a' + step.who % 4));
  data.source = static_cast<char>('A' + (step.what / 8) % 3);
  if (step.what % 3 == 0) data.household = step.who % 2 == 0 ? "a" : "h";  // also named as a reporter is
  return data;
}

/// A campaign entry, mostly of the days around the event, in one place, along a road, or somewhere.
std::string entry_data(const Step& step, TimePoint time) {
  constexpr std::array<std::string_view, 6> kWhere{"",
                                                   R"(,"venue":" Stadion ")",
                                                   R"(,"location":{"lat":-7.98,"lon":112.63},"radius_m":250)",
                                                   R"(,"venue":"STADION","location":{"lat":-7.984,"lon":112.63})",
                                                   R"(,"route":[[-7.97,112.62],[-7.99,112.64]])",
                                                   R"(,"location":{"lat":-7.98,"lon":112.66},"radius_m":9e7)"};
  constexpr std::array<int, 8> kStart{-20, -3, 0, 2, 5, 20, 26, 50};
  constexpr std::array<int, 5> kLength{1, 3, 9, 30, 100};
  const TimePoint from = time + std::chrono::hours(kStart[step.what % kStart.size()]);
  const TimePoint to = from + std::chrono::hours(kLength[step.target % kLength.size()]);
  const std::string_view more = step.what % 9 == 0 ? R"(,"35.73.01")" : "";
  const bool other_city = step.area >= 5;
  return fmt::format(
      R"("campaign":"c{}","status":"{}","party":"P{}","method":"{}","areas":["{}"{}],"starts_at":"{}","ends_at":"{}"{})",
      step.who % 4, step.what % 2 == 0 ? "planned" : "changed", step.target % 3,
      step.what % 5 == 0 ? "debate" : "rally", kAreas[step.area % kAreas.size()], other_city ? "" : more, rfc3339(from),
      rfc3339(to), kWhere[(step.what + step.target) % kWhere.size()]);
}

/// Writes one story; knows what an event may speak of.
class Narrator {
 public:
  Narrator(const std::shared_ptr<const rules::RuleSet>& rules, Options options) : play_(rules, options) {}

  void tell(const Step& step) {
    const TimePoint time = now_ + Duration{kGaps[step.gap % kGaps.size()]};
    Input input{text(step, time), time};
    if (input.raw.empty() && step.kind != 20) return;
    now_ = std::max(now_, time);
    (void)feed(play_, input);
    for (const Output& output : play_.outputs()) {
      const auto* alert = std::get_if<AlertStep>(&output.data);
      if (alert != nullptr && alert->step == AlertStepKind::fired) alerts_.push_back(alert->alert.value());
    }
    inputs_.push_back(std::move(input));
  }
  std::vector<Input> inputs() && { return std::move(inputs_); }

 private:
  std::string text(const Step& step, TimePoint time) {
    const std::string id = fmt::format("e{}", step.kind == 19 ? back(step) : ids_++);
    switch (step.kind) {
      case 10:
      case 11: {
        R data = data_of(step);
        data.corrects = fmt::format("e{}", back(step));
        return report(id, time, data);
      }
      case 12:
        return refutation(id, time, fmt::format("e{}", back(step)), kAreas[step.area % kAreas.size()]);
      case 13:
        if (step.what % 3 == 0) {
          const TimePoint starts = time + std::chrono::hours(12 * step.who);
          return event(
              "campaign", id, time,
              fmt::format(R"("campaign":"c{}","status":"planned","party":"P1","method":"rally","areas":["{}"],)"
                          R"("starts_at":"{}","ends_at":"{}")",
                          step.target % 2, kAreas[step.area % 5], rfc3339(starts),
                          rfc3339(starts + std::chrono::hours(2))));
        }
        return event("campaign", id, time,
                     fmt::format(R"("campaign":"c{}","status":"cancelled","areas":["{}","{}"])", step.who % 2,
                                 kAreas[step.area % 5], kAreas[step.target % 5]));
      case 14:
        return event("consignment", id, time,
                     fmt::format(R"("consignment":"k{}","area":"{}","step":"arrived","quantity":{})", step.who % 2,
                                 kAreas[step.area % 5], step.what % 3));
      case 15:
        return event("readiness", id, time,
                     fmt::format(R"("area":"{}","tps":"{}","police":{})", kAreas[step.area % 5], 1 + step.who % 2,
                                 step.what % 2));
      case 16:
      case 17:
        if (alerts_.empty()) return "";
        return action(id, time, alerts_[alerts_.size() - 1 - step.target % std::min<std::size_t>(alerts_.size(), 5)],
                      kActions[step.what % kActions.size()],
                      fmt::format(R"("until":"{}"{})", rfc3339(time + std::chrono::hours(step.who)),
                                  step.what % 14 == 12 ? R"(,"refute":true)" : ""));
      case 18:
        return inputs_.empty()
                   ? ""
                   : inputs_[inputs_.size() - 1 - step.target % std::min<std::size_t>(inputs_.size(), 20)].raw;
      case 20:
        return "";
      case 21:
      case 22:
      case 23:
      case 24:
        return event("campaign", id, time, entry_data(step, time));
      default:
        return report(id, time, data_of(step));
    }
  }
  /// The number of an event that came a while ago, or will come soon.
  [[nodiscard]] unsigned back(const Step& step) const {
    const unsigned ago = step.target % 8;
    return ago == 7 ? ids_ + 1 : ids_ - std::min(ids_, ago + 1);
  }

  Play play_;
  TimePoint now_ = start();
  unsigned ids_ = 0;
  std::vector<std::string> alerts_;
  std::vector<Input> inputs_;
};

rc::Gen<std::vector<Step>> steps_of(rc::Gen<std::uint8_t> kind, rc::Gen<std::uint8_t> gap) {
  return rc::gen::scale(1.6, rc::gen::container<std::vector<Step>>(rc::gen::build<Step>(
                                 rc::gen::set(&Step::kind, std::move(kind)), rc::gen::set(&Step::gap, std::move(gap)),
                                 rc::gen::set(&Step::area, rc::gen::inRange<std::uint8_t>(0, 7)),
                                 rc::gen::set(&Step::who, rc::gen::inRange<std::uint8_t>(0, 4)),
                                 rc::gen::set(&Step::what, rc::gen::inRange<std::uint8_t>(0, 40)),
                                 rc::gen::set(&Step::target, rc::gen::inRange<std::uint8_t>(0, 20)))));
}

constexpr std::string_view kBusyRules = R"(
macros:
  credible: report.source in ["A", "B"] && report.content <= 3
rules:
  - id: a-check-severe
    match: {severity: 5}
    check: {}
    alert:
      level: awas
      message: {id: "Berat {{ report.category }} {{ area.name }}", en: "{{ now }} {{ count }}"}
      to: [polsek]
      escalate: [{after: 30m, to: [camat]}, {after: 3h, to: [lurah, bakesbangpol]}]
      remind: {every: 2h}
      quiet_for: 6h
      again_after: 4h
  - id: b-count-area
    match: {category: [intimidation, hoax]}
    count: {at_least: 3, within: 1d}
    alert: {level: siaga, message: {id: "{{ count }}"}, quiet_for: 30m, escalate: [{after: 0s, to: [camat]}]}
  - id: c-distinct-city
    count: {at_least: 3, distinct: reporter.ref, within: 6h, per: city}
    alert: {level: siaga, message: {id: "{{ count }} {{ distinct }}"}, again_after: 1d, expires: 3d, quiet_for: 20d}
  - id: d-count-fields
    count: {at_least: 2, within: 2d, per: [category, severity]}
    alert: {level: waspada, message: {id: m}, quiet_for: 0s}
  - id: e-campaign
    on: campaign
    check: {per: area}
    alert: {level: waspada, message: {id: "{{ campaign.campaign }}"}}
  - id: f-campaign-distinct
    on: campaign
    count: {at_least: 2, distinct: campaign, within: 5d, per: area}
    alert: {level: waspada, message: {id: m}}
  - id: g-consignment
    on: consignment
    count: {at_least: 2, within: 12h, per: consignment}
    alert: {level: waspada, message: {id: "{{ consignment.quantity }}"}, expires: 1h}
  - id: h-station
    on: readiness
    match: {police: 0}
    check: {per: polling_station}
    alert: {level: siaga, message: {id: m}, quiet_for: 2d, again_after: 1h}
  - id: i-level-area
    level: {at: waspada}
    alert: {message: {id: "{{ area.name }}"}, quiet_for: 1h, escalate: [{after: 1h, to: [camat]}], remind: {every: 5h}}
  - id: j-level-for
    level: {at: siaga, for: 3h, per: district}
    alert: {level: siaga, message: {id: m}, again_after: 1h, quiet_for: 2h}
  - id: k-level-city
    level: {at: siaga, per: city}
    alert: {message: {id: m}, quiet_for: 10m, expires: 12h}
  - id: l-shadow
    status: shadow
    count: {at_least: 2, within: 1d, per: district}
    alert: {level: waspada, message: {id: m}, to: [lurah]}
  - id: m-score
    score: {add: 4, half_life: 3d, spill: 0.2}
  - id: n-score-fast
    match: {category: intimidation}
    score: {add: 9, half_life: 6h}
  - id: p-clash-area
    clash: {same: area, gap: 2h}
    alert: {level: siaga, message: {id: "{{ campaign.campaign }}"}, again_after: 3h, escalate: [{after: 4h, to: [camat]}]}
  - id: q-clash-near
    match: {method: rally}
    clash: {within: 700m, same_day: true}
    alert: {level: waspada, message: {id: m}, expires: 5h}
  - id: r-clash-venue
    clash: {same: venue, within: 100m, when: "a.party != b.party || a.method == 'rally'"}
    alert: {level: awas, message: {id: m}, remind: {every: 1h}}
  - id: s-quota-city
    quota: {at_most: 1, per: city}
    alert: {level: siaga, message: {id: "{{ count }}"}}
  - id: t-quota-area
    quota: {at_most: 1, distinct: method}
    alert: {level: siaga, message: {id: "{{ distinct }}"}, again_after: 1h}
  - id: u-quota-none
    status: shadow
    match: {method: debate}
    quota: {at_most: 0, per: district}
    alert: {level: siaga, message: {id: "{{ distinct }}"}, expires: 20h}
  - id: v-sequence
    sequence: {within: 20h, per: district, steps: [{match: {category: hoax}}, {not: true, match: {category: disaster}}, {match: {category: intimidation}}]}
    alert: {level: siaga, message: {id: "{{ report.category }} {{ count }}"}, quiet_for: 8h, again_after: 2h}
  - id: w-sequence-end
    sequence: {within: 6h, per: city, steps: [{match: {severity: [4, 5]}}, {match: {category: hoax}}, {not: true, on: consignment}]}
    alert: {level: waspada, message: {id: "{{ report.severity }} {{ now }}"}, quiet_for: 2d}
  - id: x-absence
    absence: {after: {match: {category: [hoax, vote_buying]}}, expect: {match: {category: disaster}}, within: 5h}
    alert: {level: siaga, message: {id: "{{ report.category }} {{ count }}"}, quiet_for: 3h, again_after: 4h, expires: 3d}
  - id: y-absence-same
    absence: {after: {on: consignment}, expect: {on: consignment}, within: 1d, per: consignment}
    alert: {level: siaga, message: {id: "{{ consignment.quantity }}"}, quiet_for: 0s, escalate: [{after: 5h, to: [camat]}]}
  - id: za-member-area
    absence: {each: area, expect: {match: {category: [hoax, disaster]}}, by: {stage: voting, at: H-1 18:00}, since: {stage: campaign, at: H 00:00}}
    alert: {level: siaga, message: {id: "{{ area.name }}"}, quiet_for: 2h, expires: 20h}
  - id: zb-member-consignment
    absence: {each: consignment, expect: {on: consignment, match: {area: 35.73.02.1004}}, by: {stage: campaign, at: H+1 06:00}}
    alert: {level: awas, message: {id: m}}
  - id: zc-spike-c1
    spike: {method: ears_c1, min: 2, threshold: 1.5, per: city}
    alert: {level: siaga, message: {id: "{{ count }}"}, quiet_for: 3h}
  - id: zd-spike-cusum
    spike: {method: cusum, min: 1, threshold: 1, baseline: 10d}
    alert: {level: siaga, message: {id: "{{ count }}"}, again_after: 3h}
  - id: ze-spike-c3
    spike: {method: ears_c3, min: 2, threshold: 1, per: district}
    alert: {level: siaga, message: {id: "{{ count }}"}, expires: 2h}
  - id: o-score-same
    match: {category: hoax}
    score: {add: 3, half_life: 3d, spill: 0.3}
  - id: p-when-count
    when: report.severity >= 2 && credible && (has(tps) || reporter.role == "rw" || severity != 4)
    count: {at_least: 2, within: 1d}
    alert: {level: waspada, message: {id: "{{ report.severity * count }} {{ time }}"}}
  - id: q-when-score
    when: credible && category != "disaster"
    score: {add: 0.5 * double(severity), half_life: 12h}
  - id: r-previous
    on: consignment
    when: previous.quantity > quantity || first.quantity < quantity
    check: {per: consignment}
    alert:
      level: siaga
      message: {id: "{{ previous.quantity }} {{ first.quantity }} {{ now - previous.time }} {{ first.area }}"}
      quiet_for: 5h
  - id: s-campaign-staged
    stages: [quiet_period, voting]
    on: campaign
    check: {per: campaign}
    alert: {level: siaga, message: {id: "{{ starts_at }} {{ stage.name }} {{ stage.days_left }}"}}
  - id: t-level-staged
    stages: [quiet_period, voting]
    level: {at: waspada, for: 1h}
    alert: {message: {id: "{{ stage.day }}"}, quiet_for: 2h, escalate: [{after: 1h, to: [camat]}]}
  - id: u-count-staged
    stages: [campaign, voting]
    count: {at_least: 2, within: 1d, per: city}
    alert: {level: waspada, message: {id: m}, quiet_for: 1d}
)";

/// What looks at the risk depends on the order of arrival, as it should.
constexpr std::string_view kRiskRules = R"(
  - id: v-when-risk
    when: area.risk >= 5.0 && category in ["hoax", "disaster"]
    check: {}
    alert: {level: siaga, message: {id: "{{ area.risk > 100.0 }} {{ area.level }}"}, quiet_for: 1h}
  - id: w-add-by-level
    score: {add: "area.level == 'aman' ? 3.0 : 1.0", half_life: 1d}
  - id: x-score-when-level
    when: area.level != "aman" || severity == 5
    score: {add: 1, half_life: 2d}
  - id: y-add-negative
    score: {add: 10.0 - double(severity) * 4.0, half_life: 1d}
  - id: z-when-missing
    when: crowd > 3 || (severity == 4 && area.level in ["siaga", "awas"])
    count: {at_least: 2, within: 2d}
    alert: {level: waspada, message: {id: "{{ crowd }}"}}
)";

constexpr std::array<std::string_view, kVariants> kRisks{
    "risk: {levels: {waspada: 3, siaga: 8, awas: 20}}\n",
    "risk: {levels: {waspada: 3, siaga: 8, awas: 20}, rollup: sum, leave_at: 0.5}\n",
    "risk: {levels: {waspada: 2, siaga: 6, awas: 9}, voice: {factor: 0.3, within: 1d}, independent: {siaga: 3, awas: "
    "2}}\n",
    "risk: {levels: {waspada: 4, siaga: 8, awas: 16}, voice: {factor: 1}, leave_at: 1, independent: {siaga: 1, awas: "
    "1}}\n"};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << fmt::format("{{{}, {}, {}, {}, {}, {}}}", step.kind, step.gap, step.area, step.who, step.what,
                            step.target);
}

std::ostream& operator<<(std::ostream& out, const Input& input) {
  return out << (input.raw.empty() ? "until " + rfc3339(input.time) : input.raw);
}

rc::Gen<std::vector<Step>> any_steps() {
  return steps_of(rc::gen::inRange<std::uint8_t>(0, 25), rc::gen::inRange<std::uint8_t>(0, kGaps.size()));
}

rc::Gen<std::vector<Step>> orderly_reports() {
  return steps_of(rc::gen::just<std::uint8_t>(0), rc::gen::inRange<std::uint8_t>(0, 6));
}

std::vector<Input> to_inputs(const std::vector<Step>& steps, const std::shared_ptr<const rules::RuleSet>& rules,
                             Options options) {
  Narrator narrator(rules, options);
  for (const Step& step : steps) narrator.tell(step);
  return std::move(narrator).inputs();
}

std::string feed(Play& play, const Input& input) {
  if (!input.raw.empty()) return play.take(input.raw);
  play.until(input.time);
  return "";
}

std::shared_ptr<const rules::RuleSet> busy_rules(unsigned variant) {
  static const auto sets = [] {
    std::array<std::shared_ptr<const rules::RuleSet>, kVariants> made;
    for (std::size_t i = 0; i < kVariants; ++i) made[i] = rules_of(std::string(kRisks[i]) + std::string(kBusyRules));
    return made;
  }();
  return sets[variant % kVariants];
}

std::string risky_yaml(unsigned variant) {
  return std::string(kRisks[variant % kVariants]) + std::string(kBusyRules) + std::string(kRiskRules);
}

std::shared_ptr<const rules::RuleSet> risky_rules(unsigned variant) {
  static const auto sets = [] {
    std::array<std::shared_ptr<const rules::RuleSet>, kVariants> made;
    for (std::size_t i = 0; i < kVariants; ++i) {
      made[i] = rules_of(risky_yaml(static_cast<unsigned>(i)));
    }
    return made;
  }();
  return sets[variant % kVariants];
}

Options busy_options(unsigned variant) {
  Options options;
  if (variant % 3 == 1) options.dedupe = std::chrono::hours(14);
  if (variant % 3 == 2) {
    options.dedupe = std::chrono::days(2);
    options.lateness = std::chrono::hours(2);
  }
  return options;
}

}  // namespace kentongan::engine::testing
