// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/endpoints.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "adapters/http/answers.hpp"
#include "adapters/http/geojson.hpp"
#include "adapters/http/permissions.hpp"

namespace kentongan::http {
namespace {

constexpr std::array<std::string_view, 6> kStates{"", "firing", "acknowledged", "resolved", "expired", "withdrawn"};

/// The name of a posted rule file that the client gave none.
constexpr std::string_view kPostedFile = "posted.yaml";
constexpr std::size_t kLongestName = 255;

/// A name below the folder of rules. No file is opened by it, but diagnostics speak of it.
std::optional<std::string_view> fault_of_name(std::string_view name) {
  if (name.size() > kLongestName) return "The parameter file is longer than 255 bytes.";
  const bool yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  const bool outside = name.starts_with('/') || name.starts_with("../") || name.find("/../") != std::string_view::npos;
  const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (yaml && !outside && !control) return std::nullopt;
  return "The parameter file is the name of a rule file below the folder of rules, such as security/crowds.yaml.";
}

/// What has to live until the port has answered; std::function wants it copyable.
std::shared_ptr<Reservation> shared(Reservation held) { return std::make_shared<Reservation>(std::move(held)); }

void count(Observer* observer, const ports::IntakeAnswer& answer) {
  if (observer == nullptr) return;
  for (const auto& event : answer.rejected) observer->rejected(event.reason);
}

/// Those of the places that the caller may see.
Result<std::vector<ports::PlaceRisk>> seen_by(const ports::Caller& caller,
                                              Result<std::vector<ports::PlaceRisk>> places) {
  if (places)
    std::erase_if(*places, [&](const ports::PlaceRisk& place) { return !ports::covers(caller.areas, place.code); });
  return places;
}

void deliver_now(const Deliver& deliver, Reply reply) {
  deliver([reply = std::move(reply)]() mutable { return std::move(reply); });
}

}  // namespace

Endpoints::Endpoints(ports::Api& api, Observer* observer, std::size_t max_reads, ports::Answers* answers)
    : api_(api), observer_(observer), answers_(answers), reads_(std::make_shared<Budget>(max_reads)) {}

void Endpoints::answer(Request request, Reservation held, Deliver deliver) {
  switch (request.target.route) {
    case Route::events:
      return submit(std::move(request), std::move(held), std::move(deliver));
    case Route::alert_actions:
      return act(std::move(request), std::move(held), std::move(deliver));
    case Route::answer:
    case Route::callback:
      return outside(std::move(request), std::move(held), std::move(deliver));
    case Route::rules_check:
      return check_rules(std::move(request), std::move(held), std::move(deliver));
    case Route::index:
      return deliver_now(deliver, index_reply());
    case Route::livez:
      return deliver_now(deliver, json_reply(200, R"({"status":"live"})"));
    case Route::readyz:
      return deliver_now(deliver, readiness_reply(api_.readiness()));
    default:
      return read(request, deliver);
  }
}

void Endpoints::submit(Request request, Reservation held, Deliver deliver) {
  api_.submit(
      std::move(request.caller), request.body_kind, std::move(request.body), std::move(request.trace),
      [deliver = std::move(deliver), observer = observer_, held = shared(std::move(held))](ports::IntakeAnswer answer) {
        count(observer, answer);
        deliver([answer = std::move(answer)] { return intake_reply(answer); });
      });
}

void Endpoints::act(Request request, Reservation held, Deliver deliver) {
  if (!request.caller.areas.empty()) {
    const auto stored = api_.alert(request.target.argument);
    if (!stored || !*stored) return deliver_now(deliver, alert_reply(stored));
    if (auto fault = fault_of_place(request.caller, area_of(**stored))) return deliver_now(deliver, std::move(*fault));
  }
  api_.act(std::move(request.caller), std::move(request.target.argument), std::move(request.body),
           std::move(request.trace),
           [deliver = std::move(deliver), observer = observer_,
            held = shared(std::move(held))](std::optional<ports::IntakeAnswer> answer) {
             if (!answer) return deliver_now(deliver, problem(404, "There is no alert with this id."));
             count(observer, *answer);
             deliver([answer = std::move(*answer)] { return intake_reply(answer); });
           });
}

/// Links and callbacks. One that is read changes nothing, whoever fetches it.
void Endpoints::outside(Request request, Reservation held, Deliver deliver) {
  if (answers_ == nullptr) return deliver_now(deliver, problem(404, "There is nothing at this path."));
  const Target& target = request.target;
  if (!request.posts) {
    Reservation slot(reads_);
    if (!slot.grow_to(1)) return deliver_now(deliver, try_later(429, "Too many requests read at the same time.", 1));
    const auto parameter = [&target](std::string_view name) { return target.parameter(name); };
    return deliver_now(deliver, outside_reply(target.route == Route::answer ? answers_->page(target.argument)
                                                                            : answers_->subscribe(parameter)));
  }
  auto done = [deliver = std::move(deliver), held = shared(std::move(held))](ports::OutsideReply reply) {
    deliver([reply = std::move(reply)] { return outside_reply(reply); });
  };
  if (target.route == Route::answer) {
    return answers_->answer({std::move(request.target.argument), std::move(request.body), request.caller.from},
                            std::move(done));
  }
  answers_->callback({std::move(request.signature), std::move(request.body)}, std::move(done));
}

void Endpoints::check_rules(Request request, Reservation held, Deliver deliver) {
  std::string file(request.target.parameter("file"));
  if (file.empty()) file = kPostedFile;
  if (auto wrong = fault_of_name(file)) return deliver_now(deliver, problem(400, *wrong));
  api_.check_rules(std::move(file), std::move(request.body),
                   [deliver = std::move(deliver), held = shared(std::move(held))](ports::RulesCheck check) {
                     deliver([check = std::move(check)] { return rules_check_reply(check); });
                   });
}

void Endpoints::read_alert(const Request& request, Reservation slot, const Deliver& deliver) {
  api_.read_alert(request.caller, request.target.argument,
                  [deliver, caller = request.caller, slot = shared(std::move(slot))](auto alert) {
                    deliver([alert = std::move(alert), caller, slot]() -> Reply {
                      if (!alert || !*alert) return alert_reply(alert);
                      if (auto fault = fault_of_place(caller, area_of(**alert))) return std::move(*fault);
                      return alert_reply(std::optional(for_caller(caller, **alert)));
                    });
                  });
}

void Endpoints::read(const Request& request, const Deliver& deliver) {
  const Target& target = request.target;
  const ports::Caller& caller = request.caller;
  Reservation slot(reads_);
  if (!slot.grow_to(1)) return deliver_now(deliver, try_later(429, "Too many requests read at the same time.", 1));
  switch (target.route) {
    case Route::alerts:
      return deliver_now(deliver, alerts(target, caller));
    case Route::alert:
      return read_alert(request, std::move(slot), deliver);
    case Route::risk:
      return api_.risk([deliver, caller, slot = shared(std::move(slot))](auto places) {
        deliver([places = seen_by(caller, std::move(places)), slot] { return risk_reply(places); });
      });
    case Route::geo_areas:
      return api_.risk([deliver, caller, slot = shared(std::move(slot))](auto places) {
        deliver([places = seen_by(caller, std::move(places)), slot] { return geojson_reply(places); });
      });
    case Route::area:
      if (auto fault = fault_of_place(caller, target.argument)) return deliver_now(deliver, std::move(*fault));
      return api_.place(target.argument, [deliver, slot = shared(std::move(slot))](auto place) {
        deliver([place = std::move(place), slot] { return place_reply(place); });
      });
    case Route::rules:
      return deliver_now(deliver, rules_reply(api_.rules()));
    case Route::metrics: {
      Reply reply = json_reply(200, api_.metrics());
      reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
      return deliver_now(deliver, std::move(reply));
    }
    default:
      return deliver_now(deliver, problem(404, "There is nothing at this path."));
  }
}

Reply Endpoints::alerts(const Target& target, const ports::Caller& caller) {
  const auto state = target.parameter("state");
  if (std::find(kStates.begin(), kStates.end(), state) == kStates.end()) {
    return problem(400, "The parameter state is one of firing, acknowledged, resolved, expired and withdrawn.");
  }
  auto page = api_.alerts(state, target.parameter("next"));
  if (page && caller.role) {
    std::erase_if(page->alerts, [&](const ports::StoredAlert& alert) {
      return !caller.areas.empty() && !ports::covers(caller.areas, area_of(alert));
    });
    for (ports::StoredAlert& alert : page->alerts) alert = for_caller(caller, std::move(alert));
  }
  return alerts_reply(page);
}

}  // namespace kentongan::http
