// SPDX-License-Identifier: Apache-2.0
#include "app/story_runner.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "app/coverage.hpp"
#include "app/processor.hpp"
#include "app/silence.hpp"
#include "codec/writer.hpp"
#include "rules/said/say.hpp"

namespace kentongan::app {
namespace {

using rules::Expectation;
using said::as_is;
using said::say;
using said::Text;
using said::TextView;

bool closes(AlertState state) { return state != AlertState::firing && state != AlertState::acknowledged; }

/// The last step of an alert, and all who were told.
struct SeenAlert {
  AlertStep last;
  std::set<std::string> told;
  std::int64_t count = 0;
};

std::shared_ptr<const Reference> with_stage(std::shared_ptr<const Reference> reference, const std::string& stage) {
  auto copy = std::make_shared<Reference>(*reference);
  copy->stages = {Stage{"test", stage, *parse_day("0001-01-01"), *parse_day("9999-12-31")}};
  copy->build_indexes();
  return copy;
}

/// The engine tells why events do not match the story's rule, and what events reach.
engine::Options explaining(const rules::RuleSet& rules, std::string_view rule, Coverage* coverage) {
  engine::Options options;
  options.durable = false;
  if (coverage != nullptr) {
    options.watch = [coverage](const engine::City&, const Event& event, rules::Evaluator& evaluator) {
      coverage->see(event, evaluator);
    };
  }
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    if (rules.rules[i].id.value() == rule) options.explain = RuleIndex{static_cast<std::uint32_t>(i)};
  }
  return options;
}

/// The rule that an expectation is about.
const std::string& subject_of(const Expectation& expectation, const rules::Story& story) {
  return expectation.rule ? *expectation.rule : story.rule;
}

/// Whether the data of a story's event name the place or one below it, or a part of the scope's key.
bool mentions(const std::string& data_json, std::string_view key) {
  const std::string_view part = key.substr(0, key.find_first_of("/+"));
  for (const char behind : {'"', '.'}) {
    if (data_json.find('"' + std::string(part) + behind) != std::string::npos) return true;
  }
  return false;
}

/// Plays the story for those of its expectations that are about one rule.
class Play {
 public:
  Play(const rules::Story& story, std::string rule, const std::shared_ptr<const rules::RuleSet>& rules,
       const std::shared_ptr<const Reference>& reference, Coverage* coverage)
      : story_(story),
        rule_(std::move(rule)),
        reference_(reference),
        coverage_(coverage),
        processor_(rules, reference, explaining(*rules, rule_, coverage)) {}

  std::vector<StoryFailure> run() {
    std::vector<const Expectation*> expectations;
    for (const Expectation& expectation : story_.expect) expectations.push_back(&expectation);
    std::stable_sort(expectations.begin(), expectations.end(),
                     [](const Expectation* a, const Expectation* b) { return a->at < b->at; });
    for (const Expectation* expectation : expectations) {
      feed_until(expectation->at);
      processor_.engine().advance(expectation->at, processor_.effects());
      gather();
      if (subject_of(*expectation, story_) == rule_) examine(*expectation);
    }
    return std::move(failures_);
  }

 private:
  /// The events in the order written, up to the first that is later.
  void feed_until(TimePoint time) {
    for (; next_ < story_.events.size() && story_.events[next_].at <= time; ++next_) feed(story_.events[next_]);
  }

  void feed(const rules::StoryEvent& event) {
    std::string raw = R"({"specversion":"1.0","id":)";
    codec::append_string(raw, fmt::format("t-{}", next_ + 1));
    raw += R"(,"source":"/test","type":)";
    codec::append_string(raw, type_name(event.type));
    raw += R"(,"time":)";
    codec::append_string(raw, format_rfc3339(event.at, std::chrono::seconds{0}));
    raw += R"(,"data":)" + with_alert_id(event) + '}';
    processor_.take(raw);
    gather();
    if (!refused_) return;
    const Text why = as_is(*std::exchange(refused_, std::nullopt));
    if (rule_ != story_.rule) return;  // told once
    const bool none = event.alert_of && !latest_.contains(*event.alert_of);
    failures_.push_back({event.line, TextView("the event is accepted"),
                         none ? say("no alert of the rule `{}` had fired by then", *event.alert_of) : why});
  }

  /// An author cannot know an alert's id: in an action the id of its rule stands for its latest alert.
  std::string with_alert_id(const rules::StoryEvent& event) const {
    const auto latest = event.alert_of ? latest_.find(*event.alert_of) : latest_.end();
    if (latest == latest_.end()) return event.data_json;
    std::string named;
    codec::append_string(named, latest->first);
    const auto at = event.data_json.find("\"alert\":" + named);
    if (at == std::string::npos) return event.data_json;
    std::string id;
    codec::append_string(id, latest->second);
    return std::string(event.data_json).replace(at + 8, named.size(), id);
  }

  void gather() {
    for (Output& output : processor_.effects().outputs) {
      if (auto* dead = std::get_if<DeadLetter>(&output.data)) {
        refused_ = fmt::format("{}: {}", name_of(dead->rejection.reason), dead->rejection.message);
      }
      auto* step = std::get_if<AlertStep>(&output.data);
      if (step == nullptr) continue;
      if (step->step == AlertStepKind::fired) {
        latest_[step->rule] = step->alert.value();
        if (coverage_ != nullptr) coverage_->fired(step->rule);
      }
      if (step->rule != rule_) continue;
      SeenAlert& seen = alerts_[step->alert.value()];
      if (step->count) seen.count = *step->count;
      seen.told.insert(step->to.begin(), step->to.end());
      seen.last = std::move(*step);
    }
    if (const auto& mismatch = processor_.effects().mismatch) {
      mismatches_.emplace_back(next_, mismatch->empty() ? Text() : say("t-{} did not match: {}", next_ + 1, *mismatch));
    }
    processor_.effects().clear();
  }

  [[nodiscard]] static bool is_about(const Expectation& expectation, const SeenAlert& seen) {
    const AlertStep& last = seen.last;
    const bool here = !expectation.area || *expectation.area == last.area || *expectation.area == last.scope.key;
    return here && (!expectation.scope || *expectation.scope == last.scope.key);
  }

  [[nodiscard]] std::vector<const SeenAlert*> open_alerts(const Expectation& expectation) const {
    std::vector<const SeenAlert*> open;
    for (const auto& [id, seen] : alerts_) {
      if (!closes(seen.last.state) && is_about(expectation, seen)) open.push_back(&seen);
    }
    return open;
  }

  void examine(const Expectation& expectation) {
    switch (expectation.kind) {
      case Expectation::Kind::alert:
        return examine_alert(expectation);
      case Expectation::Kind::silent:
        return examine_silence(expectation);
      case Expectation::Kind::resolved:
        return examine_resolved(expectation);
      case Expectation::Kind::risk:
      case Expectation::Kind::score:
        return examine_risk(expectation);
    }
  }

  void fail(const Expectation& expectation, TextView expected, TextView actual) {
    failures_.push_back({expectation.line, expected, actual});
  }

  /// The sentence, and where the expectation looks.
  [[nodiscard]] static Text with_place(TextView sentence, const Expectation& expectation) {
    Text text = expectation.rule ? say("{} of `{}`", sentence, *expectation.rule) : Text(sentence);
    if (expectation.area) text = say("{} in {}", text, *expectation.area);
    if (expectation.scope) text = say("{} for {}", text, *expectation.scope);
    return text;
  }

  [[nodiscard]] Text describe_open(const Expectation& expectation) const {
    Text text;
    for (const auto& [id, seen] : alerts_) {
      if (closes(seen.last.state)) continue;
      const Text one = say("{} for {}", name_of(seen.last.level), seen.last.scope.key);
      text = text.empty() ? one : say("{}, {}", text, one);
    }
    return text.empty() ? why_silent(ended(), expectation) : say("open: {}", text);
  }

  [[nodiscard]] Text ended() const {
    const SeenAlert* last = nullptr;
    for (const auto& [id, seen] : alerts_) {
      if (last == nullptr || seen.last.since > last->last.since) last = &seen;
    }
    const TextView none = "no alert is open";
    return last == nullptr ? Text(none)
                           : say("{} (the last one is {})", none, said::looked_up(name_of(last->last.state)));
  }

  [[nodiscard]] Text why_silent(TextView what, const Expectation& expectation) const {
    const Silence silence = silence_of(processor_.engine(), rule_);
    return because_of_last_event(say("{}; {}: {}", what, silence.code, silence.text), expectation);
  }

  /// Behind the sentence, which part of the condition the last event of the rule's kind did not satisfy; where the
  /// expectation names a place or a scope, the last event there.
  [[nodiscard]] Text because_of_last_event(TextView sentence, const Expectation& expectation) const {
    const auto& where = expectation.scope ? expectation.scope : expectation.area;
    for (std::size_t i = mismatches_.size(); i-- > 0;) {
      const auto& [event, mismatch] = mismatches_[i];
      if (where && !mentions(story_.events[event].data_json, *where)) continue;
      return mismatch.empty() ? Text(sentence) : say("{}; {}", sentence, mismatch);
    }
    if (!where || mismatches_.empty()) return sentence;
    return say("{}; {}", sentence, say("no event of the story names {}", *where));
  }

  void examine_alert(const Expectation& expectation) {
    const auto open = open_alerts(expectation);
    const Text expected = with_place(say("alert {}", name_of(expectation.level)), expectation);
    const auto at_level = std::find_if(open.begin(), open.end(),
                                       [&](const SeenAlert* seen) { return seen->last.level == expectation.level; });
    if (at_level == open.end()) return fail(expectation, expected, describe_open(expectation));
    const SeenAlert& seen = **at_level;
    if (expectation.message_id && *expectation.message_id != seen.last.text.message.id) {
      fail(expectation, say("message: {}", *expectation.message_id), say("message: {}", seen.last.text.message.id));
    }
    if (expectation.message_en && *expectation.message_en != seen.last.text.message.en) {
      fail(expectation, say("message (en): {}", *expectation.message_en),
           say("message (en): {}", seen.last.text.message.en));
    }
    if (expectation.count && *expectation.count != seen.count) {
      fail(expectation, say("count {}", *expectation.count), say("count {}", seen.count));
    }
    if (expectation.state && *expectation.state != name_of(seen.last.state)) {
      fail(expectation, say("state {}", *expectation.state), say("state {}", name_of(seen.last.state)));
    }
    if (expectation.proposed && *expectation.proposed != seen.last.proposed) {
      fail(expectation, say("proposed: {}", *expectation.proposed), say("proposed: {}", seen.last.proposed));
    }
    if (expectation.to && std::set<std::string>(expectation.to->begin(), expectation.to->end()) != seen.told) {
      fail(expectation, say("told: {}", fmt::format("{}", fmt::join(*expectation.to, ", "))),
           say("told: {}", fmt::format("{}", fmt::join(seen.told, ", "))));
    }
  }

  void examine_silence(const Expectation& expectation) {
    if (!open_alerts(expectation).empty()) {
      return fail(expectation, with_place("no alert is open", expectation), describe_open(expectation));
    }
    if (!expectation.because) return;
    const Silence silence = silence_of(processor_.engine(), rule_);
    if (*expectation.because != silence.code) {
      fail(expectation, say("silent because {}", *expectation.because),
           because_of_last_event(say("silent because {}: {}", silence.code, silence.text), expectation));
    }
  }

  void examine_resolved(const Expectation& expectation) {
    if (!open_alerts(expectation).empty()) {
      return fail(expectation, with_place("the alert has ended", expectation), describe_open(expectation));
    }
    const SeenAlert* last = nullptr;
    for (const auto& [id, seen] : alerts_) {
      if (is_about(expectation, seen) && (last == nullptr || seen.last.since > last->last.since)) last = &seen;
    }
    if (last == nullptr) {
      return fail(expectation, with_place("an alert has fired and ended", expectation),
                  why_silent("none has fired", expectation));
    }
    if (expectation.state && *expectation.state != name_of(last->last.state)) {
      fail(expectation, say("state {}", *expectation.state), say("state {}", name_of(last->last.state)));
    }
  }

  void examine_risk(const Expectation& expectation) {
    const auto place = reference_->find_place(*expectation.area);
    if (!place) return fail(expectation, say("a place {}", *expectation.area), "the reference data has no such code");
    const engine::PlaceView view = processor_.engine().view(*place);
    if (expectation.kind == Expectation::Kind::risk) {
      if (view.level != expectation.level) {
        fail(expectation, say("risk {} in {}", name_of(expectation.level), *expectation.area),
             say("risk {} (score {:.4g})", name_of(view.level), view.score));
      }
    } else if (!(std::abs(view.score - expectation.approx) <= expectation.within)) {
      fail(expectation, say("score {} within {} in {}", expectation.approx, expectation.within, *expectation.area),
           say("score {:.6g}", view.score));
    }
  }

  const rules::Story& story_;
  std::string rule_;
  std::shared_ptr<const Reference> reference_;
  Coverage* coverage_;
  Processor processor_;
  std::size_t next_ = 0;
  std::map<std::string, SeenAlert> alerts_;    ///< of the rule, by id
  std::map<std::string, std::string> latest_;  ///< latest alert of every rule
  std::optional<std::string> refused_;
  /// Positions of the events that the rule looks at, and why each did not match; empty: it did.
  std::vector<std::pair<std::size_t, Text>> mismatches_;
  std::vector<StoryFailure> failures_;
};

}  // namespace

std::vector<StoryFailure> play(const rules::Story& story, std::shared_ptr<const rules::RuleSet> rules,
                               std::shared_ptr<const Reference> reference, Coverage* coverage) {
  if (story.stage) reference = with_stage(std::move(reference), *story.stage);
  if (coverage != nullptr) coverage->begin_story();
  std::vector<StoryFailure> failures = Play(story, story.rule, rules, reference, coverage).run();
  std::set<std::string> others;
  for (const Expectation& expectation : story.expect) others.insert(subject_of(expectation, story));
  others.erase(story.rule);
  for (const std::string& rule : others) {
    const auto more = Play(story, rule, rules, reference, nullptr).run();
    failures.insert(failures.end(), more.begin(), more.end());
  }
  if (!others.empty()) std::ranges::stable_sort(failures, {}, &StoryFailure::line);
  return failures;
}

}  // namespace kentongan::app
