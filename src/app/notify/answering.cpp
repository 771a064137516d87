// SPDX-License-Identifier: Apache-2.0
#include "app/notify/answering.hpp"

#include <chrono>
#include <future>
#include <memory>

#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "domain/words.hpp"
#include "notify/wording.hpp"

namespace kentongan::app {

std::string action_body(ActionKind action, const duty::Person& person) {
  std::string body;
  {
    codec::ObjectWriter object(body);
    object.text("action", word_of(action));
    codec::ObjectWriter actor(object.key("actor"));
    actor.text("ref", person.id);
    if (!person.roles.empty()) actor.text("role", person.roles.front());
  }
  return body;
}

namespace {

constexpr int kDeepest = 64;
constexpr auto kPatience = std::chrono::seconds(10);

enum class Acted : unsigned char { done, unknown, closed, failed };

bool is_open(const std::string& data) {
  codec::JsonReader json;
  if (json.read(data, kDeepest)) return false;
  const std::string state = codec::JsonView(json, 0)["state"].text();
  return state == "firing" || state == "acknowledged";
}

Acted act(ports::Api& api, const std::string& who, const std::string& alert, const std::string& body) {
  const auto stored = api.alert(alert);
  if (!stored) return Acted::failed;
  if (!*stored) return Acted::unknown;
  if (!is_open((*stored)->data)) return Acted::closed;
  auto answered = std::make_shared<std::promise<Acted>>();  // outlives a wait that was too short
  auto future = answered->get_future();
  ports::Caller caller;
  caller.who = "button " + who;
  api.act(caller, alert, body, {}, [answered](const std::optional<ports::IntakeAnswer>& answer) {
    answered->set_value(!answer ? Acted::unknown : answer->accepted > 0 ? Acted::done : Acted::failed);
  });
  return future.wait_for(kPatience) == std::future_status::ready ? future.get() : Acted::failed;
}

}  // namespace

std::string answer_press(ports::Api& api, const duty::Roster& roster, const notify::PressVerdict& verdict) {
  if (!verdict.wanted) {
    const auto& say = notify::phrases(ports::Tongue::id);
    return verdict.fault == notify::PressFault::not_yours ? say.not_yours : say.unknown;
  }
  const notify::WantedAction& wanted = *verdict.wanted;
  const auto& say = notify::phrases(wanted.tongue);
  const duty::Person* const person = roster.find(wanted.person);
  if (person == nullptr) return say.not_yours;  // no longer of the team
  Acted worst = Acted::closed;
  for (const std::string& alert : wanted.alerts) {
    const Acted acted = act(api, person->id, alert, action_body(wanted.action, *person));
    if (acted == Acted::failed) return say.try_again;
    if (acted == Acted::done) worst = Acted::done;
    if (acted == Acted::unknown && worst != Acted::done) worst = Acted::unknown;
  }
  switch (worst) {
    case Acted::done:
      return wanted.action == ActionKind::confirm ? say.confirmed : say.thanks;
    case Acted::closed:
      return say.closed;
    default:
      return say.unknown;
  }
}

}  // namespace kentongan::app
