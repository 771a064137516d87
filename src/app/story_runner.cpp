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

class Play {
 public:
  Play(const rules::Story& story, const std::shared_ptr<const rules::RuleSet>& rules,
       const std::shared_ptr<const Reference>& reference, Coverage* coverage)
      : story_(story),
        reference_(reference),
        coverage_(coverage),
        processor_(rules, reference, explaining(*rules, story.rule, coverage)) {}

  std::vector<StoryFailure> run() {
    std::vector<const Expectation*> expectations;
    for (const Expectation& expectation : story_.expect) expectations.push_back(&expectation);
    std::stable_sort(expectations.begin(), expectations.end(),
                     [](const Expectation* a, const Expectation* b) { return a->at < b->at; });
    for (const Expectation* expectation : expectations) {
      feed_until(expectation->at);
      processor_.engine().advance(expectation->at, processor_.effects());
      gather();
      examine(*expectation);
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
    if (refused_) {
      failures_.push_back(
          {event.line, TextView("the event is accepted"), as_is(*std::exchange(refused_, std::nullopt))});
    }
  }

  /// An author cannot know an alert's id: in an action the id of its rule stands for its latest alert.
  std::string with_alert_id(const rules::StoryEvent& event) const {
    if (event.type != EventType::action) return event.data_json;
    for (const auto& [rule, alert] : latest_) {
      std::string named;
      codec::append_string(named, rule);
      const std::string field = "\"alert\":" + named;
      if (const auto at = event.data_json.find(field); at != std::string::npos) {
        std::string id;
        codec::append_string(id, alert);
        return std::string(event.data_json).replace(at + 8, named.size(), id);
      }
    }
    return event.data_json;
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
      if (step->rule != story_.rule) continue;
      SeenAlert& seen = alerts_[step->alert.value()];
      if (step->count) seen.count = *step->count;
      seen.told.insert(step->to.begin(), step->to.end());
      seen.last = std::move(*step);
    }
    if (const auto& mismatch = processor_.effects().mismatch) {
      mismatch_ = mismatch->empty() ? Text() : say("t-{} did not match: {}", next_ + 1, *mismatch);
    }
    processor_.effects().clear();
  }

  [[nodiscard]] std::vector<const SeenAlert*> open_alerts(const Expectation& expectation) const {
    std::vector<const SeenAlert*> open;
    for (const auto& [id, seen] : alerts_) {
      if (closes(seen.last.state)) continue;
      const bool here =
          !expectation.area || *expectation.area == seen.last.area || *expectation.area == seen.last.scope.key;
      if (here && (!expectation.scope || *expectation.scope == seen.last.scope.key)) open.push_back(&seen);
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
    Text text = sentence;
    if (expectation.area) text = say("{} in {}", text, *expectation.area);
    if (expectation.scope) text = say("{} for {}", text, *expectation.scope);
    return text;
  }

  [[nodiscard]] Text describe_open() const {
    Text text;
    for (const auto& [id, seen] : alerts_) {
      if (closes(seen.last.state)) continue;
      const Text one = say("{} for {}", name_of(seen.last.level), seen.last.scope.key);
      text = text.empty() ? one : say("{}, {}", text, one);
    }
    return text.empty() ? why_silent(ended()) : say("open: {}", text);
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

  [[nodiscard]] Text why_silent(TextView what) const {
    const Silence silence = silence_of(processor_.engine(), story_.rule);
    return because_of_last_event(say("{}; {}: {}", what, silence.code, silence.text));
  }

  /// Behind the sentence, which part of the condition the last event of the rule's kind did not satisfy.
  [[nodiscard]] Text because_of_last_event(TextView sentence) const {
    return mismatch_.empty() ? Text(sentence) : say("{}; {}", sentence, mismatch_);
  }

  void examine_alert(const Expectation& expectation) {
    const auto open = open_alerts(expectation);
    const Text expected = with_place(say("alert {}", name_of(expectation.level)), expectation);
    const auto at_level = std::find_if(open.begin(), open.end(),
                                       [&](const SeenAlert* seen) { return seen->last.level == expectation.level; });
    if (at_level == open.end()) return fail(expectation, expected, describe_open());
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
    if (expectation.to && std::set<std::string>(expectation.to->begin(), expectation.to->end()) != seen.told) {
      fail(expectation, say("told: {}", fmt::format("{}", fmt::join(*expectation.to, ", "))),
           say("told: {}", fmt::format("{}", fmt::join(seen.told, ", "))));
    }
  }

  void examine_silence(const Expectation& expectation) {
    if (!open_alerts(expectation).empty()) {
      return fail(expectation, with_place("no alert is open", expectation), describe_open());
    }
    if (!expectation.because) return;
    const Silence silence = silence_of(processor_.engine(), story_.rule);
    if (*expectation.because != silence.code) {
      fail(expectation, say("silent because {}", *expectation.because),
           because_of_last_event(say("silent because {}: {}", silence.code, silence.text)));
    }
  }

  void examine_resolved(const Expectation& expectation) {
    if (!open_alerts(expectation).empty()) {
      return fail(expectation, with_place("the alert has ended", expectation), describe_open());
    }
    const bool any = std::any_of(alerts_.begin(), alerts_.end(), [&](const auto& entry) {
      const AlertStep& last = entry.second.last;
      const bool here = !expectation.area || *expectation.area == last.area || *expectation.area == last.scope.key;
      return here && (!expectation.scope || *expectation.scope == last.scope.key);
    });
    if (!any) fail(expectation, with_place("an alert has fired and ended", expectation), why_silent("none has fired"));
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
  std::shared_ptr<const Reference> reference_;
  Coverage* coverage_;
  Processor processor_;
  std::size_t next_ = 0;
  std::map<std::string, SeenAlert> alerts_;    ///< of the story's rule, by id
  std::map<std::string, std::string> latest_;  ///< latest alert of every rule
  std::optional<std::string> refused_;
  Text mismatch_;  ///< why the last event that the rule looks at did not match; empty: it did
  std::vector<StoryFailure> failures_;
};

}  // namespace

std::vector<StoryFailure> play(const rules::Story& story, std::shared_ptr<const rules::RuleSet> rules,
                               std::shared_ptr<const Reference> reference, Coverage* coverage) {
  if (story.stage) reference = with_stage(std::move(reference), *story.stage);
  if (coverage != nullptr) coverage->begin_story();
  return Play(story, rules, reference, coverage).run();
}

}  // namespace kentongan::app
