// SPDX-License-Identifier: Apache-2.0
#include "app/service.hpp"

#include <fmt/format.h>

#include <random>
#include <utility>

#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

constexpr std::size_t kAlertsPerPage = 1000;

Error unavailable() { return {Error::Kind::failed, "the engine is being restored; try again in a moment"}; }

ports::PlaceRisk to_risk(engine::PlaceView view, const Reference& reference) {
  const Place& place = reference.place(view.place);
  return {place.code, place.name, view.score, view.level, view.rising, std::move(view.contributions)};
}

std::string random_id() {
  thread_local std::random_device source;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", source(), source(), source(), source());
}

/// The action as an event: the body's object with the alert put first. Whatever is wrong with the body is
/// found by the codec, as in any other event.
std::string action_event(TimePoint time, const std::string& alert, std::string_view body) {
  std::string event = R"({"specversion":"1.0","id":)";
  codec::append_string(event, random_id());
  event += R"(,"source":"/kentongan/http","type":"kentongan.action.v1","time":)";
  codec::append_string(event, format_rfc3339(time, std::chrono::seconds{0}));
  event += R"(,"data":)";
  const std::size_t open = body.find_first_not_of(" \t\r\n");
  if (open == std::string_view::npos || body[open] != '{') {
    event += body;
  } else {
    const std::string_view rest = body.substr(open + 1);
    const std::size_t first = rest.find_first_not_of(" \t\r\n");
    event += R"({"alert":)";
    codec::append_string(event, alert);
    if (first != std::string_view::npos && rest[first] != '}') event += ',';
    event += rest;
  }
  return event + '}';
}

/// The places in the answer are those of the body that was posted.
void point_into_body(ports::IntakeAnswer& answer) {
  for (ports::RejectedEvent& rejected : answer.rejected) {
    if (rejected.pointer.starts_with("/data")) rejected.pointer.erase(0, 5);
  }
}

}  // namespace

Service::Service(Intake& intake, Shard& shard, ports::AlertReader& alerts, std::function<std::string()> metrics,
                 std::function<TimePoint()> now, bool event_clock)
    : intake_(intake),
      shard_(shard),
      alerts_(alerts),
      metrics_(std::move(metrics)),
      now_(std::move(now)),
      event_clock_(event_clock) {}

void Service::submit(ports::BodyKind kind, std::string body, std::function<void(ports::IntakeAnswer)> done) {
  intake_.submit(kind, body, std::move(done));
}

void Service::act(std::string alert, std::string body, std::function<void(std::optional<ports::IntakeAnswer>)> done) {
  const auto stored = alerts_.alert(alert);
  if (!stored) {
    ports::IntakeAnswer answer;
    answer.status = ports::IntakeAnswer::Status::unavailable;
    answer.message = stored.error().message;
    return done(std::move(answer));
  }
  if (!*stored) return done(std::nullopt);
  if (!event_clock_) return act_at(now_(), alert, body, std::move(done));
  // Where the clock follows the events, an action happens at its city's clock: the wall clock would let all
  // deadlines in between pass.
  shard_.ask([this, alert = std::move(alert), body = std::move(body), done = std::move(done)](Processor* processor) {
    TimePoint time = now_();
    if (processor != nullptr) {
      const auto city = processor->reference().find_place(std::string_view(alert).substr(0, alert.find('-')));
      const engine::City* found = city ? processor->engine().city(*city) : nullptr;
      if (found != nullptr && found->started()) time = found->clock();
    }
    act_at(time, alert, body, done);
  });
}

void Service::act_at(TimePoint time, const std::string& alert, const std::string& body,
                     std::function<void(std::optional<ports::IntakeAnswer>)> done) {
  intake_.submit(ports::BodyKind::single, action_event(time, alert, body),
                 [done = std::move(done)](ports::IntakeAnswer answer) {
                   point_into_body(answer);
                   done(std::move(answer));
                 });
}

void Service::risk(std::function<void(Result<std::vector<ports::PlaceRisk>>)> done) {
  shard_.ask([done = std::move(done)](Processor* processor) {
    if (processor == nullptr) return done(tl::unexpected(unavailable()));
    std::vector<ports::PlaceRisk> areas;
    for (engine::PlaceView& view : processor->engine().areas()) {
      areas.push_back(to_risk(std::move(view), processor->reference()));
    }
    done(std::move(areas));
  });
}

void Service::place(std::string code, std::function<void(Result<std::optional<ports::PlaceRisk>>)> done) {
  shard_.ask([code = std::move(code), done = std::move(done)](Processor* processor) {
    if (processor == nullptr) return done(tl::unexpected(unavailable()));
    const auto place = processor->reference().find_place(code);
    if (!place) return done(std::optional<ports::PlaceRisk>{});
    done(std::optional(to_risk(processor->engine().view(*place), processor->reference())));
  });
}

Result<ports::AlertPage> Service::alerts(std::string_view state, std::string_view next) {
  return alerts_.alerts(state, next, kAlertsPerPage);
}

Result<std::optional<ports::StoredAlert>> Service::alert(std::string_view id) { return alerts_.alert(id); }

ports::Readiness Service::readiness() const {
  std::string trouble = shard_.trouble();
  return {trouble.empty(), std::move(trouble)};
}

std::string Service::metrics() const { return metrics_(); }

}  // namespace kentongan::app
