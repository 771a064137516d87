// SPDX-License-Identifier: Apache-2.0
#include "rules/time_blocks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

#include "rules/condition_compiler.hpp"
#include "rules/per.hpp"
#include "rules/said/say.hpp"
#include "rules/stage_names.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

constexpr std::size_t kMostSteps = 30;

/// What a rule has that looks at one event; here the conditions are in the block.
void check_no_condition(const MapReader& rule, std::string_view block, TextView where) {
  for (const std::string_view key : {"match", "when"}) {
    if (rule.key(key) == nullptr) continue;
    rule.findings().error(rule.key(key)->offset, "misplaced-key",
                          say("`{}` rules have no `{}` beside the block", block, key), say("it belongs in {}", where));
  }
}

Scoped read_scoped(SetContext& context, const MapReader& keys, EventType on, const Node* per) {
  Findings& findings = keys.findings();
  Scoped scoped;
  if (keys.value("on") != nullptr) {
    const auto own = read_event_type(findings, keys.value("on"));
    if (!own) return scoped;
    on = *own;
  }
  scoped.condition = compile_condition(context, findings, on, keys.value("match"), keys.value("when"));
  if (per != nullptr) scoped.per = read_per(findings, *per, on).value_or(Per{});
  return scoped;
}

/// A map {on, match, when} below a key of the block.
std::optional<Scoped> read_condition(SetContext& context, const MapReader& block, std::string_view key,
                                     const KeyTable& table, EventType on, const Node* per) {
  const Node* node = block.value(key);
  if (node == nullptr) return std::nullopt;
  if (!expect_map(block.findings(), *node, say("`{}`", key))) return std::nullopt;
  return read_scoped(context, MapReader(block.findings(), *node, table, block.key(key)), on, per);
}

std::optional<SequenceStep> read_step(SetContext& context, Findings& findings, const Node& item, EventType on,
                                      const Node* per) {
  if (!expect_map(findings, item, "a step")) return std::nullopt;
  const MapReader keys(findings, item, kStepKeys);
  SequenceStep step;
  static_cast<Scoped&>(step) = read_scoped(context, keys, on, per);
  if (const Node* negated = keys.value("not")) {
    const auto truth = as_boolean(*negated);
    if (!truth) {
      findings.error(negated->offset, "wrong-type", say("`not` must be true or false, not {}", kind_of(*negated)),
                     "write `not: true` beside the step's own `match`");
    }
    step.negated = truth.value_or(false);
  }
  return step;
}

void check_steps(Findings& findings, const Node& node, const std::vector<SequenceStep>& steps) {
  if (node.items.size() < 2) {
    findings.error(node.offset, "out-of-range", "a sequence needs at least two steps",
                   "add a step, or make it a `check` or `count` rule");
  } else if (node.items.size() > kMostSteps) {
    findings.error(node.items[kMostSteps].offset, "out-of-range", say("a sequence has at most {} steps", kMostSteps),
                   "make several rules of it");
  } else if (!steps.empty() && steps.front().negated) {
    findings.error(node.items.front().offset, "out-of-range",
                   "the first step of a sequence must come: it cannot be a `not`",
                   "begin with the event from which the time counts");
  }
}

/// What comes after a campaign entry comes after its notice; the author may think of the rally.
void warn_of_campaign_time(Findings& findings, const Node& campaign) {
  findings.warning(campaign.offset, "unlikely-meaning",
                   "a campaign entry counts at the time when it is announced, not when it takes place",
                   "a rule cannot wait for `starts_at`: look at the other events by themselves, as `count` does");
}

void check_campaign_steps(Findings& findings, const Node& node, const std::vector<SequenceStep>& steps) {
  if (steps.size() != node.items.size()) return;
  const auto is_campaign = [](const SequenceStep& step) { return step.condition.on == EventType::campaign; };
  if (std::all_of(steps.begin(), steps.end(), is_campaign)) return;
  const auto first = std::find_if(steps.begin(), steps.end(), is_campaign);
  if (first != steps.end())
    warn_of_campaign_time(findings, node.items[static_cast<std::size_t>(first - steps.begin())]);
}

/// `H-1 18:00`: days from the stage's first day, and the local time.
std::optional<std::pair<int, Duration>> parse_at(std::string_view text) {
  if (!text.starts_with('H')) return std::nullopt;
  text.remove_prefix(1);
  int days = 0;
  if (text.starts_with('+') || text.starts_with('-')) {
    const bool before = text[0] == '-';
    const auto [end, problem] = std::from_chars(text.data() + 1, text.data() + text.size(), days);
    const auto digits = static_cast<std::size_t>(end - text.data()) - 1;
    if (problem != std::errc{} || digits == 0 || digits > 4 || text[1] == '-') return std::nullopt;
    if (before) days = -days;
    text.remove_prefix(digits + 1);
  }
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 6 || text[0] != ' ' || text[3] != ':') return std::nullopt;
  if (!digit(1) || !digit(2) || !digit(4) || !digit(5)) return std::nullopt;
  const int hours = (text[1] - '0') * 10 + text[2] - '0';
  const int minutes = (text[4] - '0') * 10 + text[5] - '0';
  if (hours > 23 || minutes > 59) return std::nullopt;
  return std::pair<int, Duration>(days, std::chrono::hours(hours) + std::chrono::minutes(minutes));
}

void check_stage(Findings& findings, const Node& node, const std::string& stage, const Reference& reference) {
  const bool planned = std::any_of(reference.stages.begin(), reference.stages.end(),
                                   [&](const Stage& known) { return known.name == stage; });
  if (planned) return;
  findings.warning(node.offset, "never-matches",
                   say("calendar.csv has no stage `{}`, so this moment never comes", stage), "add it to calendar.csv");
}

std::optional<CalendarMoment> read_moment(SetContext& context, const MapReader& block, std::string_view key) {
  const Node* node = block.value(key);
  if (node == nullptr) return std::nullopt;
  Findings& findings = block.findings();
  if (!expect_map(findings, *node, say("`{}`", key))) return std::nullopt;
  const MapReader keys(findings, *node, kMomentKeys, block.key(key));
  CalendarMoment moment;
  if (const Node* stage = keys.value("stage")) {
    moment.stage = read_stage(findings, *stage, "`stage`", *context.reference).value_or("");
    if (!moment.stage.empty()) check_stage(findings, *stage, moment.stage, *context.reference);
  }
  if (const Node* at = keys.value("at")) {
    const auto parsed = at->is_scalar() ? parse_at(at->text) : std::nullopt;
    if (parsed) {
      std::tie(moment.days, moment.since_midnight) = *parsed;
    } else {
      findings.error(at->offset, "bad-moment",
                     say("`at` must be a day and a local time, not {}",
                         at->is_scalar() ? say("`{}`", shortened(at->text)) : Text(kind_of(*at))),
                     "write H-1 18:00, H 06:00 or H+2 12:00: days from the first day of the stage");
    }
  }
  return moment;
}

void refuse(const MapReader& block, std::string_view key, std::string_view beside) {
  if (block.key(key) == nullptr) return;
  block.findings().error(block.key(key)->offset, "misplaced-key", say("`{}` does not belong beside `{}`", key, beside),
                         beside == "each" ? TextView("with `each` the calendar says the time: `by`, and `since`")
                                          : TextView("with `after` the time is `within` the event"));
}

AbsenceBlock compile_after(SetContext& context, const MapReader& block, EventType on, const Node* per) {
  for (const std::string_view key : {"each", "by", "since"}) refuse(block, key, "after");
  AbsenceBlock absence;
  absence.after = read_condition(context, block, "after", kAfterKeys, on, per).value_or(Scoped{});
  absence.expect = read_condition(context, block, "expect", kExpectedKeys, on, per).value_or(Scoped{});
  if (absence.after.condition.on == EventType::campaign && absence.expect.condition.on != EventType::campaign) {
    warn_of_campaign_time(block.findings(), *block.key("after"));
  }
  if (const Node* within = block.value("within")) {
    absence.within = read_duration(block.findings(), *within, "`within`", ZeroDuration::refused).value_or(Duration{});
  } else {
    block.missing("within");
  }
  return absence;
}

MemberAbsenceBlock compile_each(SetContext& context, const MapReader& block, EventType on, const Node* per_key) {
  Findings& findings = block.findings();
  refuse(block, "within", "each");
  if (per_key != nullptr) {
    findings.error(per_key->offset, "misplaced-key", "`per` does not belong beside `each`", "`each` says it already");
  }
  MemberAbsenceBlock absence;
  const Node& each = *block.value("each");
  constexpr std::array kKinds{PerKind::area, PerKind::district, PerKind::polling_station, PerKind::consignment};
  const auto word = read_word(findings, each, "`each`", {"area", "district", "polling_station", "consignment"});
  if (word) absence.each = kKinds[*word];
  absence.expect =
      read_condition(context, block, "expect", kExpectedKeys, on, word ? &each : nullptr).value_or(Scoped{});
  if (block.value("by") == nullptr) block.missing("by");
  absence.by = read_moment(context, block, "by").value_or(CalendarMoment{});
  absence.since = read_moment(context, block, "since");
  return absence;
}

constexpr std::array<double, 4> kThresholds{3, 3, 3, 2};

}  // namespace

SequenceBlock compile_sequence(SetContext& context, const MapReader& rule, const MapReader& block, EventType on,
                               const Node* per) {
  Findings& findings = rule.findings();
  check_no_condition(rule, "sequence", "the steps");
  SequenceBlock sequence;
  if (const Node* within = block.value("within")) {
    sequence.within = read_duration(findings, *within, "`within`", ZeroDuration::refused).value_or(Duration{});
  }
  const Node* steps = block.value("steps");
  if (steps == nullptr || !expect_list(findings, *steps, "`steps`", "[{match: {..}}, {match: {..}}]")) return sequence;
  for (const Node& item : steps->items) {
    if (auto step = read_step(context, findings, item, on, per)) sequence.steps.push_back(*std::move(step));
  }
  check_steps(findings, *steps, sequence.steps);
  check_campaign_steps(findings, *steps, sequence.steps);
  return sequence;
}

Block compile_absence(SetContext& context, const MapReader& rule, const MapReader& block, EventType on,
                      const Node* per) {
  Findings& findings = rule.findings();
  check_no_condition(rule, "absence", "`after` and `expect`");
  const bool after = block.key("after") != nullptr;
  const bool each = block.key("each") != nullptr;
  if (!after && !each) {
    if (!block.misspelled("after") && !block.misspelled("each")) {
      block.missing("after", "add `after:` with the event that asks for an answer, or `each:` with who must report");
    }
    (void)read_condition(context, block, "expect", kExpectedKeys, on, per);
    return AbsenceBlock{};
  }
  if (after && each) {
    findings.error(block.key("each")->offset, "misplaced-key", "`each` does not belong beside `after`",
                   "make two rules of it");
    return AbsenceBlock{};
  }
  if (after) return compile_after(context, block, on, per);
  const Node* per_key = block.key("per") != nullptr ? block.key("per") : rule.key("per");
  return compile_each(context, block, on, per_key);
}

SpikeBlock compile_spike(const MapReader& block, Per per) {
  Findings& findings = block.findings();
  SpikeBlock spike;
  spike.per = std::move(per);
  if (const Node* method = block.value("method")) {
    const auto word = read_word(findings, *method, "`method`", {"cusum", "ears_c1", "ears_c2", "ears_c3"});
    spike.method = static_cast<SpikeMethod>(word.value_or(0));
  }
  spike.threshold = kThresholds[static_cast<std::size_t>(spike.method)];
  const bool cusum = spike.method == SpikeMethod::cusum;
  if (const Node* baseline = block.value("baseline")) {
    const auto length = read_duration(findings, *baseline, "`baseline`", ZeroDuration::refused);
    constexpr Duration kLongest = std::chrono::days(366);
    if (length && (*length % kDay != Duration{0} || *length > kLongest)) {
      findings.error(baseline->offset, "out-of-range", "`baseline` must be whole days, at most 366", "write 28d");
    } else if (length) {
      spike.baseline_days = static_cast<int>(*length / kDay);
    }
  }
  if (const Node* ratio = block.value("ratio")) {
    spike.ratio = read_number(findings, *ratio, "`ratio`", {.least = 1, .most = 1000, .open_below = true}).value_or(3);
  }
  if (const Node* threshold = block.value("threshold")) {
    spike.threshold = read_number(findings, *threshold, "`threshold`", {.least = 0}).value_or(spike.threshold);
  }
  if (const Node* min = block.value("min")) spike.min = read_integer(findings, *min, "`min`", 1, 1'000'000).value_or(3);
  if (const Node* floor = block.value("floor")) {
    spike.floor = read_number(findings, *floor, "`floor`", {.least = 0, .open_below = true}).value_or(0.5);
  }
  for (const std::string_view key : {"baseline", "ratio", "floor"}) {
    if (block.key(key) == nullptr || cusum == (key != "floor")) continue;
    findings.warning(block.key(key)->offset, "unused-key", say("`{}` has no effect with this method", key),
                     "remove it");
  }
  return spike;
}

}  // namespace kentongan::rules
