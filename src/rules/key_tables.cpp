// SPDX-License-Identifier: Apache-2.0
#include "rules/key_tables.hpp"

#include <algorithm>
#include <array>

#include "rules/said/say.hpp"

namespace kentongan::rules {

namespace {

using enum KeySpec::Need;

// clang-format off
constexpr std::array kFile{
    KeySpec{"version", required, "1", "", "Version of the rule language."},
    KeySpec{"lists", optional, "map of lists", "", "Named lists of values, known in the whole set; `$name` in `match`."},
    KeySpec{"macros", optional, "map of expressions", "", "Named expressions, known in the whole set."},
    KeySpec{"risk", optional, "map", "", "How weights become scores and levels; in one file of the set."},
    KeySpec{"rules", optional, "list of rules", "[]", "The rules of this file."}};

constexpr std::array kRisk{
    KeySpec{"levels", optional, "map", "{waspada: 10, siaga: 25, awas: 60}", "Scores at which the levels begin, rising."},
    KeySpec{"leave_at", optional, "number above 0, at most 1", "0.8", "A level is left below this share of its threshold."},
    KeySpec{"independent", optional, "map", "{waspada: 0, siaga: 2, awas: 2}", "Reporters that must stand behind the score for a level."},
    KeySpec{"voice", optional, "map", "{factor: 0.5, within: 7d}", "How the repeated reports of one reporter in an area count less."},
    KeySpec{"source", optional, "map", "{A: 1.0, B: 0.9, C: 0.75, D: 0.5, E: 0.25, F: 0.5}", "Factor for the reliability of the source."},
    KeySpec{"content", optional, "map", "{1: 1.0, 2: 0.9, 3: 0.75, 4: 0.5, 5: 0.25, 6: 0.5}", "Factor for the credibility of the content."},
    KeySpec{"rollup", optional, "max or sum", "max", "How a kecamatan and the city take the scores of their kelurahan."}};

constexpr std::array kRiskLevel{
    KeySpec{"waspada", optional, "number above 0", "10", "Score at which waspada begins."},
    KeySpec{"siaga", optional, "number above 0", "25", "Score at which siaga begins."},
    KeySpec{"awas", optional, "number above 0", "60", "Score at which awas begins."}};

constexpr std::array kIndependent{
    KeySpec{"waspada", optional, "whole number", "0", "Reporters needed for waspada."},
    KeySpec{"siaga", optional, "whole number", "2", "Reporters needed for siaga."},
    KeySpec{"awas", optional, "whole number", "2", "Reporters needed for awas."}};

constexpr std::array kVoice{
    KeySpec{"factor", optional, "number from 0 to 1", "0.5", "The n-th report weighs this to the power n - 1; 1 turns it off."},
    KeySpec{"within", optional, "duration", "7d", "The time within which reports of one reporter in an area are ranked."}};

constexpr std::array kSource{
    KeySpec{"A", optional, "number", "1.0", "Factor of source A."}, KeySpec{"B", optional, "number", "0.9", "Factor of source B."},
    KeySpec{"C", optional, "number", "0.75", "Factor of source C."}, KeySpec{"D", optional, "number", "0.5", "Factor of source D."},
    KeySpec{"E", optional, "number", "0.25", "Factor of source E."}, KeySpec{"F", optional, "number", "0.5", "Factor of source F."}};

constexpr std::array kContent{
    KeySpec{"1", optional, "number", "1.0", "Factor of content 1."}, KeySpec{"2", optional, "number", "0.9", "Factor of content 2."},
    KeySpec{"3", optional, "number", "0.75", "Factor of content 3."}, KeySpec{"4", optional, "number", "0.5", "Factor of content 4."},
    KeySpec{"5", optional, "number", "0.25", "Factor of content 5."}, KeySpec{"6", optional, "number", "0.5", "Factor of content 6."}};

constexpr std::array kRule{
    KeySpec{"id", required, "text", "", "Name of the rule, unique in the set; alerts carry it."},
    KeySpec{"title", optional, "{id, en} or text", "", "What the rule is called."},
    KeySpec{"description", optional, "text", "", "What it is for."},
    KeySpec{"owner", optional, "text", "", "Who answers for it."},
    KeySpec{"legal", optional, "text", "", "Legal basis; shown in the alert."},
    KeySpec{"status", optional, "live, shadow or off", "live", "shadow runs and pages nobody; off is checked and does not run."},
    KeySpec{"stages", optional, "list of stages", "", "Limits the rule to stages of the calendar."},
    KeySpec{"on", optional, "report, campaign, consignment, readiness or action", "report", "The event that the rule looks at."},
    KeySpec{"match", optional, "map of field paths", "{}", "What the event must have; every line must hold."},
    KeySpec{"when", optional, "expression", "", "What must hold as well, in CEL."},
    KeySpec{"per", optional, "scope, or list of field paths", "area", "What is kept apart; here or in the block."},
    KeySpec{"check", optional, "block", "", "Alert on this single event."},
    KeySpec{"score", optional, "block", "", "Adds to the risk of the area."},
    KeySpec{"level", optional, "block", "", "Alert when the risk of a place reaches a level."},
    KeySpec{"count", optional, "block", "", "At least n events, or n distinct values, in a sliding window."},
    KeySpec{"sequence", optional, "block", "", "Steps in order."},
    KeySpec{"absence", optional, "block", "", "What should have come has not."},
    KeySpec{"spike", optional, "block", "", "More than the past of the area allows."},
    KeySpec{"clash", optional, "block", "", "Two campaign entries that meet."},
    KeySpec{"quota", optional, "block", "", "More campaign entries on a day than allowed."},
    KeySpec{"alert", optional, "map", "", "What is said, and to whom; required but for `score`."},
    KeySpec{"tests", optional, "list of tests", "[]", "Stories that show when the rule fires and when not."}};

constexpr std::array kTitle{
    KeySpec{"id", required, "text", "", "In Indonesian."}, KeySpec{"en", optional, "text", "", "In English."}};

constexpr std::array kCheck{
    KeySpec{"per", optional, "scope, or list of field paths", "area", "What is kept apart: one episode per value."}};

constexpr std::array kScore{
    KeySpec{"add", required, "number or expression, not negative", "", "Weight of a report, before source, content and voice."},
    KeySpec{"half_life", required, "duration", "", "Time after which half of the weight is left."},
    KeySpec{"spill", optional, "number from 0", "0", "Share that goes to each neighbouring kelurahan."}};

constexpr std::array kLevel{
    KeySpec{"at", required, "waspada, siaga or awas", "", "The level that must be reached."},
    KeySpec{"for", optional, "duration", "0s", "How long the level must have been reached."},
    KeySpec{"per", optional, "area, district or city", "area", "Whose level is looked at."}};

constexpr std::array kCount{
    KeySpec{"at_least", required, "whole number from 1", "", "How many events, or distinct values, the window must hold."},
    KeySpec{"within", required, "duration", "", "Length of the window."},
    KeySpec{"distinct", optional, "field path", "", "Count distinct values of this field instead of events."},
    KeySpec{"per", optional, "scope, or list of field paths", "area", "What is counted apart."}};

constexpr std::array kSequence{
    KeySpec{"steps", required, "list of {on, match, when, not}", "", "What must come in this order, each an event of its own."},
    KeySpec{"within", required, "duration", "", "The last step comes less than this after the first."},
    KeySpec{"per", optional, "scope, or list of field paths", "area", "What is kept apart."}};

constexpr std::array kStep{
    KeySpec{"on", optional, "report, campaign, consignment, readiness or action", "report", "The event of this step; where the rule says `on`, that."},
    KeySpec{"match", optional, "map of field paths", "{}", "What the event must have; every line must hold."},
    KeySpec{"when", optional, "expression", "", "What must hold as well, in CEL."},
    KeySpec{"not", optional, "true or false", "false", "This must not come here; not the first step."}};

constexpr std::array kAbsence{
    KeySpec{"after", optional, "{on, match, when}", "", "The event after which another one must come; this or `each` is needed."},
    KeySpec{"each", optional, "area, district, polling_station or consignment", "", "For every one of these an event must come; this or `after` is needed."},
    KeySpec{"expect", required, "{on, match, when}", "", "The event that must come."},
    KeySpec{"within", optional, "duration", "", "How long after the event it may take; required with `after`."},
    KeySpec{"by", optional, "{stage, at}", "", "The moment by which it must have come; required with `each`."},
    KeySpec{"since", optional, "{stage, at}", "", "What came earlier does not count; by default what came before the end of the election before."},
    KeySpec{"per", optional, "scope, or list of field paths", "area", "What is kept apart; with `after`."}};

constexpr std::array kAfter{
    KeySpec{"on", optional, "report, campaign, consignment, readiness or action", "report", "The event; where the rule says `on`, that."},
    KeySpec{"match", optional, "map of field paths", "{}", "What the event must have; every line must hold."},
    KeySpec{"when", optional, "expression", "", "What must hold as well, in CEL."}};

constexpr std::array kMoment{
    KeySpec{"stage", required, "stage", "", "The stage of the calendar from whose first day, H, is counted."},
    KeySpec{"at", required, "day and time", "", "`H-1 18:00`, `H 06:00`, `H+2 12:00`: local time."}};

constexpr std::array kSpike{
    KeySpec{"method", required, "cusum, ears_c1, ears_c2 or ears_c3", "", "How the day is held against those before it."},
    KeySpec{"baseline", optional, "whole days", "28d", "Of cusum: the days before that say what is usual."},
    KeySpec{"ratio", optional, "number above 1", "3", "Of cusum: so many times as much as usual is to be found."},
    KeySpec{"threshold", optional, "number", "", "Above this the day is unusual; 3, of ears_c3 2."},
    KeySpec{"min", optional, "whole number from 1", "3", "Fewer events on the day are never unusual."},
    KeySpec{"floor", optional, "number above 0", "0.5", "Of EARS: a smaller standard deviation counts as this."},
    KeySpec{"per", optional, "scope, or list of field paths", "area", "What is counted apart."}};

constexpr std::array kClash{
    KeySpec{"same", optional, "area, venue or city", "", "The two are near when they share this; this or `within` is needed."},
    KeySpec{"within", optional, "distance", "", "The two are near when their places or routes are at most this far apart."},
    KeySpec{"gap", optional, "duration", "0s", "Time that should lie between the two."},
    KeySpec{"same_day", optional, "true or false", "false", "They meet when both touch one local day, whatever the hour."},
    KeySpec{"when", optional, "expression", "", "What must hold as well of the two, `a` and `b`, in either order."}};

constexpr std::array kQuota{
    KeySpec{"at_most", required, "whole number from 0", "", "How many entries a local day may have."},
    KeySpec{"distinct", optional, "field path", "", "Count distinct values of this field instead of entries."},
    KeySpec{"per", optional, "area, district or city", "area", "Where they are counted; a scope per place and day."}};

constexpr std::array kAlert{
    KeySpec{"level", optional, "waspada, siaga or awas", "", "Level of the alert; required but for `level` rules."},
    KeySpec{"message", required, "{id, en}", "", "What is said; `{{ expression }}` puts a value in."},
    KeySpec{"recommend", optional, "{id, en}", "", "What to do."},
    KeySpec{"to", optional, "list of roles", "[]", "Who is told; where empty, routing.yaml decides."},
    KeySpec{"escalate", optional, "list of {after, to}", "[]", "Who is told next while nobody acknowledges."},
    KeySpec{"remind", optional, "{every}", "", "Reminders after the acknowledgement."},
    KeySpec{"quiet_for", optional, "duration", "1h", "The episode ends so long after the condition last held."},
    KeySpec{"again_after", optional, "duration", "", "An event so long after the alert begins a new episode."},
    KeySpec{"expires", optional, "duration", "14d", "The episode is closed at the latest so long after it began."}};

constexpr std::array kMessage{
    KeySpec{"id", required, "message", "", "In Indonesian."}, KeySpec{"en", optional, "message", "", "In English."}};

constexpr std::array kRecommend{
    KeySpec{"id", required, "message", "", "In Indonesian."}, KeySpec{"en", optional, "message", "", "In English."}};

constexpr std::array kEscalate{
    KeySpec{"after", required, "duration", "", "Time since the alert fired."},
    KeySpec{"to", required, "list of roles", "", "Who is told then."}};

constexpr std::array kRemind{KeySpec{"every", required, "duration", "", "Time between reminders."}};

constexpr std::array kTest{
    KeySpec{"name", required, "text", "", "What the story shows."},
    KeySpec{"start", required, "time with offset", "", "The moment 0 of the story."},
    KeySpec{"stage", optional, "text", "", "This stage holds on all days, instead of the calendar."},
    KeySpec{"events", optional, "list of events", "[]", "What comes in, in this order."},
    KeySpec{"expect", optional, "list of expectations", "[]", "What must hold then."}};

constexpr std::array kEvent{
    KeySpec{"at", required, "duration", "", "Time since `start`."},
    KeySpec{"report", optional, "data of a report", "", "A report."},
    KeySpec{"campaign", optional, "data of a campaign entry", "", "A campaign entry."},
    KeySpec{"consignment", optional, "data of a consignment", "", "A step of a consignment."},
    KeySpec{"readiness", optional, "data of a readiness", "", "A readiness snapshot."},
    KeySpec{"action", optional, "data of an action", "", "What an officer did."}};

constexpr std::array kExpect{
    KeySpec{"at", required, "duration", "", "Time since `start`; holds after all events and deadlines up to and at it."},
    KeySpec{"alert", optional, "waspada, siaga or awas", "", "An episode of the rule is open, of this level."},
    KeySpec{"silent", optional, "true", "", "No episode of the rule is open."},
    KeySpec{"resolved", optional, "true", "", "An episode was open, none is."},
    KeySpec{"risk", optional, "level", "", "The level of `area`."},
    KeySpec{"score", optional, "{approx, within}", "", "The score of `area`."},
    KeySpec{"rule", optional, "text", "", "The rule that is meant; by default the one in which the test stands."},
    KeySpec{"area", optional, "place code", "", "The place that is meant."},
    KeySpec{"scope", optional, "text", "", "The key of the scope that is meant."},
    KeySpec{"message", optional, "text or {id, en}", "", "The rendered message of the alert."},
    KeySpec{"count", optional, "whole number", "", "The count of the alert."},
    KeySpec{"to", optional, "list of roles", "", "Who is told."},
    KeySpec{"state", optional, "text", "", "Beside `alert` firing or acknowledged, beside `resolved` resolved, expired or withdrawn."},
    KeySpec{"proposed", optional, "true or false", "", "Whether an awas still waits for an officer to confirm it."},
    KeySpec{"because", optional, "text", "", "Code of the reason why it is silent."}};

constexpr std::array kExpectMessage{
    KeySpec{"id", optional, "text", "", "The Indonesian message."}, KeySpec{"en", optional, "text", "", "The English message."}};

constexpr std::array kExpectScore{
    KeySpec{"approx", required, "number", "", "The score expected."},
    KeySpec{"within", optional, "number from 0", "0.01", "How far the score may be from it."}};

constexpr said::TextView kEachPlace{"a level is looked at place by place; how many places have it cannot be asked: take `per: district` or `per: city`"};
constexpr std::array kInsteadInLevel{
    KeyTable::Instead{"at_least", kEachPlace}, KeyTable::Instead{"distinct", kEachPlace},
    KeyTable::Instead{"at_most", kEachPlace}, KeyTable::Instead{"within", "a level has no window; `for` says how long it must last"}};

constexpr std::array<std::string_view, 9> kBlocks{"check", "score", "level", "count", "sequence", "absence", "spike", "clash", "quota"};
// clang-format on

}  // namespace

const KeyTable kFileKeys{"the top level of a file", kFile};
const KeyTable kRiskKeys{"`risk`", kRisk};
const KeyTable kRiskLevelKeys{"`risk.levels`", kRiskLevel};
const KeyTable kIndependentKeys{"`risk.independent`", kIndependent};
const KeyTable kVoiceKeys{"`risk.voice`", kVoice};
const KeyTable kSourceKeys{"`risk.source`", kSource};
const KeyTable kContentKeys{"`risk.content`", kContent};
const KeyTable kRuleKeys{"a rule", kRule};
const KeyTable kTitleKeys{"`title`", kTitle};
const KeyTable kCheckKeys{"`check`", kCheck};
const KeyTable kScoreKeys{"`score`", kScore};
const KeyTable kLevelKeys{"`level`", kLevel, kInsteadInLevel};
const KeyTable kCountKeys{"`count`", kCount};
const KeyTable kSequenceKeys{"`sequence`", kSequence};
const KeyTable kStepKeys{"a step", kStep};
const KeyTable kAbsenceKeys{"`absence`", kAbsence};
const KeyTable kAfterKeys{"`after`", kAfter};
const KeyTable kExpectedKeys{"`absence.expect`", kAfter};
const KeyTable kMomentKeys{"a moment", kMoment};
const KeyTable kSpikeKeys{"`spike`", kSpike};
const KeyTable kClashKeys{"`clash`", kClash};
const KeyTable kQuotaKeys{"`quota`", kQuota};
const KeyTable kAlertKeys{"`alert`", kAlert};
const KeyTable kMessageKeys{"`message`", kMessage};
const KeyTable kRecommendKeys{"`recommend`", kRecommend};
const KeyTable kEscalateKeys{"`escalate`", kEscalate};
const KeyTable kRemindKeys{"`remind`", kRemind};
const KeyTable kTestKeys{"a test", kTest};
const KeyTable kEventKeys{"an event of a test", kEvent};
const KeyTable kExpectKeys{"an expectation", kExpect};
const KeyTable kExpectMessageKeys{"the message of an expectation", kExpectMessage};
const KeyTable kExpectScoreKeys{"the score of an expectation", kExpectScore};

const KeySpec* KeyTable::find(std::string_view name) const {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const KeySpec& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

std::vector<std::string_view> KeyTable::names() const {
  std::vector<std::string_view> all;
  for (const KeySpec& key : keys) all.push_back(key.name);
  return all;
}

std::span<const KeyTable* const> all_key_tables() {
  static constexpr std::array<const KeyTable*, 32> kAll{
      &kFileKeys,  &kRiskKeys,    &kRiskLevelKeys,     &kIndependentKeys, &kVoiceKeys,    &kSourceKeys, &kContentKeys,
      &kRuleKeys,  &kTitleKeys,   &kCheckKeys,         &kScoreKeys,       &kLevelKeys,    &kCountKeys,  &kSequenceKeys,
      &kStepKeys,  &kAbsenceKeys, &kAfterKeys,         &kExpectedKeys,    &kMomentKeys,   &kSpikeKeys,  &kClashKeys,
      &kQuotaKeys, &kAlertKeys,   &kMessageKeys,       &kRecommendKeys,   &kEscalateKeys, &kRemindKeys, &kTestKeys,
      &kEventKeys, &kExpectKeys,  &kExpectMessageKeys, &kExpectScoreKeys};
  return kAll;
}

std::vector<said::TextView> places_of_key(std::string_view name) {
  std::vector<said::TextView> places;
  for (const KeyTable* table : all_key_tables()) {
    if (table->find(name) != nullptr) places.push_back(table->place);
  }
  return places;
}

std::span<const std::string_view> block_names() { return kBlocks; }

}  // namespace kentongan::rules
