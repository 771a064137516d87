// SPDX-License-Identifier: Apache-2.0
#include "app/service.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "app/access/caller_limits.hpp"
#include "app/action_event.hpp"

namespace kentongan::app {
namespace {

constexpr std::size_t kAlertsPerPage = 1000;

Error unavailable() { return {Error::Kind::failed, "the engine is being restored; try again in a moment"}; }

ports::IntakeAnswer not_now(const Error& error) {
  ports::IntakeAnswer answer;
  answer.status = ports::IntakeAnswer::Status::unavailable;
  answer.message = error.message;
  return answer;
}

std::string name_of(const ports::Caller& caller) { return caller.who.empty() ? "without token" : caller.who; }

ports::PlaceRisk to_risk(engine::PlaceView view, const Reference& reference) {
  const Place& place = reference.place(view.place);
  return {place.code, place.name, view.score, view.level, view.rising, std::move(view.contributions), place.point};
}

/// Whether the processor's shard is where this city lives.
bool owns(const Processor& processor, PlaceId city) {
  const auto& owned = processor.engine().owned();
  return std::find(owned.begin(), owned.end(), city) != owned.end();
}

}  // namespace

void Service::submit(ports::Caller caller, ports::BodyKind kind, std::string body, TraceContext trace,
                     std::function<void(ports::IntakeAnswer)> done) {
  parts_.intake.submit(kind, body, trace, std::move(done), caller);
}

void Service::on_record(ports::Deed deed, std::function<void()> next, std::function<void(const Error&)> failed) {
  if (parts_.record == nullptr) return next();
  parts_.record->keep(std::move(deed), [next = std::move(next), failed = std::move(failed)](const Result<void>& kept) {
    if (kept) return next();
    failed(kept.error());
  });
}

void Service::act(ports::Caller caller, std::string alert, std::string body, TraceContext trace,
                  std::function<void(std::optional<ports::IntakeAnswer>)> done) {
  const auto stored = parts_.alerts.alert(alert);
  if (!stored) return done(not_now(stored.error()));
  if (!*stored) return done(std::nullopt);
  if (auto fault = fault_of_action(body)) {
    ports::IntakeAnswer answer;
    answer.rejected.push_back(*std::move(fault));
    return done(std::move(answer));
  }
  auto acted = with_actor(caller, body);
  if (!acted) {
    ports::IntakeAnswer answer;
    answer.status = ports::IntakeAnswer::Status::forbidden;
    answer.message = acted.error().message;
    return done(std::move(answer));
  }
  ports::Deed deed{name_of(caller), what_of_action(*acted), alert, caller.from, actor_of_action(*acted)};
  on_record(
      std::move(deed),
      [this, alert = std::move(alert), body = *std::move(acted), trace = std::move(trace), done] {
        act_now(alert, body, trace, done);
      },
      [done](const Error& error) { done(not_now(error)); });
}

void Service::act_now(const std::string& alert, const std::string& body, const TraceContext& trace,
                      std::function<void(std::optional<ports::IntakeAnswer>)> done) {
  if (!parts_.event_clock) return act_at(parts_.now(), alert, body, trace, std::move(done));
  // Where the clock follows the events, an action happens at its city's clock: the wall clock would let all
  // deadlines in between pass.
  const std::string_view code = std::string_view(alert).substr(0, alert.find('-'));
  auto time = std::make_shared<std::optional<TimePoint>>();
  if (parts_.risks != nullptr) *time = parts_.risks->clock(code);
  parts_.shards.ask_each(
      [code = std::string(code), time](Processor* processor) {
        if (processor == nullptr) return;
        const auto city = processor->reference().find_place(code);
        const engine::City* found = city ? processor->engine().city(*city) : nullptr;
        if (found != nullptr && found->started()) *time = found->clock();
      },
      [this, time, alert, body, trace, done = std::move(done)] {
        act_at(time->value_or(parts_.now()), alert, body, trace, done);
      });
}

void Service::act_at(TimePoint time, const std::string& alert, const std::string& body, const TraceContext& trace,
                     std::function<void(std::optional<ports::IntakeAnswer>)> done) {
  parts_.intake.submit(ports::BodyKind::single, action_event(time, alert, body), trace,
                       [done = std::move(done)](ports::IntakeAnswer answer) {
                         point_into_body(answer);
                         done(std::move(answer));
                       });
}

Result<ports::PlaceRisk> Service::remembered(const Place& place) const {
  if (parts_.risks == nullptr) return tl::unexpected(unavailable());
  ports::PlaceRisk risk{place.code, place.name, 0, Level::aman, false, {}, place.point};
  if (auto stored = parts_.risks->risk(place.code)) {
    risk.score = stored->score;
    risk.level = stored->level;
    risk.rising = stored->rising;
    risk.contributions = std::move(stored->contributions);
  }
  return risk;
}

void Service::risk(std::function<void(Result<std::vector<ports::PlaceRisk>>)> done) {
  auto found = std::make_shared<std::map<std::string, ports::PlaceRisk>>();  // by code: reloads number places anew
  parts_.shards.ask_each(
      [found](Processor* processor) {
        if (processor == nullptr) return;
        for (engine::PlaceView& view : processor->engine().areas()) {
          ports::PlaceRisk risk = to_risk(std::move(view), processor->reference());
          const std::string code = risk.code;
          found->insert_or_assign(code, std::move(risk));
        }
      },
      [this, found, done = std::move(done)] {
        std::vector<ports::PlaceRisk> areas;
        const auto rules = parts_.book.at_door();
        const Reference& reference = *rules->loaded.reference;
        for (const PlaceId city : reference.cities) {
          for (const PlaceId area : reference.place(city).areas) {
            const Place& place = reference.place(area);
            const auto here = found->find(place.code);
            auto risk = here == found->end() ? remembered(place) : Result<ports::PlaceRisk>(std::move(here->second));
            if (!risk) return done(tl::unexpected(risk.error()));
            risk->contributions.clear();
            areas.push_back(*std::move(risk));
          }
        }
        done(std::move(areas));
      });
}

void Service::place(std::string code, std::function<void(Result<std::optional<ports::PlaceRisk>>)> done) {
  const auto rules = parts_.book.at_door();
  const auto place = rules->loaded.reference->find_place(code);
  if (!place) return done(std::optional<ports::PlaceRisk>{});
  auto found = std::make_shared<std::optional<ports::PlaceRisk>>();
  parts_.shards.ask_each(
      [found, code](Processor* processor) {
        if (processor == nullptr) return;
        const Reference& reference = processor->reference();
        const auto here = reference.find_place(code);
        if (!here || !owns(*processor, reference.place(*here).city)) return;
        *found = to_risk(processor->engine().view(*here), reference);
      },
      [this, found, rules, place = *place, done = std::move(done)] {
        if (*found) return done(std::move(*found));
        auto risk = remembered(rules->loaded.reference->place(place));
        if (!risk) return done(tl::unexpected(risk.error()));
        done(std::optional(*std::move(risk)));
      });
}

Result<ports::AlertPage> Service::alerts(std::string_view state, std::string_view next) {
  return parts_.alerts.alerts(state, next, kAlertsPerPage);
}

Result<std::optional<ports::StoredAlert>> Service::alert(std::string_view id) { return parts_.alerts.alert(id); }

void Service::read_alert(ports::Caller caller, std::string id,
                         std::function<void(Result<std::optional<ports::StoredAlert>>)> done) {
  auto stored = parts_.alerts.alert(id);
  if (!stored || !*stored) return done(std::move(stored));
  on_record(
      {name_of(caller), "read", std::move(id), caller.from, ""}, [stored = std::move(stored), done] { done(stored); },
      [done](const Error& error) { done(tl::unexpected(error)); });
}

ports::RulesView Service::rules() const { return view_of(*parts_.book.current(), parts_.book.last()); }

void Service::check_rules(std::string file, std::string text, std::function<void(ports::RulesCheck)> done) {
  parts_.keeper.check(std::move(file), std::move(text), std::move(done));
}

ports::Readiness Service::readiness() const {
  std::string trouble = parts_.shards.trouble();
  return {trouble.empty(), std::move(trouble)};
}

std::string Service::metrics() const { return parts_.metrics(); }

}  // namespace kentongan::app
