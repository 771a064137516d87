// SPDX-License-Identifier: Apache-2.0
//
// POST /PHONE_NUMBER_ID/messages of the Cloud API with an approved template of four texts: title, message, what to do,
// number and time. Parameters hold no line breaks, tabs or rows of spaces, and are not empty. Presses of its buttons
// come back through whatsapp_callback.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/notify/channels.hpp"
#include "adapters/notify/http_outcome.hpp"
#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "notify/callback.hpp"
#include "notify/plain_text.hpp"
#include "notify/wording.hpp"

namespace kentongan::notify {
namespace {

constexpr int kDeepest = 32;
constexpr std::size_t kMostTitle = 60;  // the four together, and the template's own words, within 1,024
constexpr std::size_t kMostMessage = 400;
constexpr std::size_t kMostTodo = 300;
constexpr std::size_t kMostReference = 100;

/// Of the answer's error.code: the phone number or the account sends too much, or the service is busy.
constexpr std::array<std::int64_t, 8> kLater{1, 2, 4, 80007, 130429, 131048, 131056, 131016};
/// The token, the account or the template: nobody is reached until it is right.
constexpr std::array<std::int64_t, 10> kOurs{0, 3, 10, 190, 131005, 131031, 131042, 132000, 132001, 132015};

std::string parameter(std::string_view text, std::size_t most) {
  std::string plain;
  for (const char c : clean(text, Lines::join)) {
    if (c != ' ' || (!plain.empty() && plain.back() != ' ')) plain += c;
  }
  return plain.empty() ? "-" : cut(plain, most, Unit::code_points);
}

std::array<std::string, 4> parameters_of(const Wording& words) {
  std::string message;
  std::string todo;
  for (const Wording::Part& part : words.parts) {
    const bool labelled = !part.label.empty();
    std::string& text = labelled ? todo : message;
    if (!text.empty()) text += labelled ? "; " : " ";
    text += labelled && !part.todo ? fmt::format("{}: {}", part.label, part.text) : part.text;
  }
  return {parameter(words.title, kMostTitle), parameter(message, kMostMessage), parameter(todo, kMostTodo),
          parameter(words.reference, kMostReference)};
}

/// What its buttons send back; its name ends in what it has.
void write_button(std::string& out, std::string_view index, const std::string& payload) {
  codec::ObjectWriter button(out);
  button.text("type", "button");
  button.text("sub_type", "quick_reply");
  button.text("index", index);
  std::string& parameters = button.key("parameters");
  parameters += '[';
  {
    codec::ObjectWriter one(parameters);
    one.text("type", "payload");
    one.text("payload", payload);
  }
  parameters += ']';
}

bool is_one_of(const auto& codes, std::int64_t code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

ports::SendOutcome judge_answer(const web::Answer& answer) {
  using ports::Fate;
  ports::SendOutcome outcome = outcome_of(answer, Server::one_for_all);
  if (answer.reached != web::Reached::answered) return outcome;
  codec::JsonReader json;
  const bool readable = !json.read(answer.body, kDeepest);
  const codec::JsonView whole = readable ? codec::JsonView(json, 0) : codec::JsonView(json);
  const auto messages = whole["messages"].items();
  if (outcome.fate == Fate::delivered) {
    if (!messages.empty() && messages.front()["id"].is_text()) {
      outcome.receipt = messages.front()["id"].text();
      return outcome;
    }
    outcome.fate = Fate::retry;
    outcome.channel_fault = true;
    outcome.detail = "the answer is none of the Cloud API's: " + outcome.detail;
    return outcome;
  }
  const codec::JsonView error = whole["error"];
  if (!error) return outcome;
  const std::int64_t code = error["code"].integer();
  outcome.detail = fmt::format("{}: {} {}", answer.status, code,
                               cut(clean(error["message"].text(), Lines::join), 160, Unit::code_points));
  if (is_one_of(kLater, code) || is_one_of(kOurs, code)) {
    outcome.fate = Fate::retry;
    outcome.channel_fault = code != 131056;  // too much to this one number
  }
  return outcome;
}

class Whatsapp final : public ports::Channel {
 public:
  Whatsapp(web::Client client, WhatsappSettings settings)
      : client_(std::move(client)), settings_(std::move(settings)) {}

  [[nodiscard]] std::string_view name() const override { return "whatsapp"; }

  [[nodiscard]] ports::SendOutcome send(const ports::Notice& notice, const std::string& to,
                                        const std::string& key) override {
    web::Request request;
    request.url = fmt::format("{}/{}/messages", settings_.url, settings_.sender);
    request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + settings_.token}};
    const auto parameters = parameters_of(words_of(notice, settings_.free_text));
    const bool asks = settings_.buttons && notice.asks;
    const bool proposes = asks && notice.proposes();
    {
      codec::ObjectWriter object(request.body);
      object.text("messaging_product", "whatsapp");
      object.text("recipient_type", "individual");
      object.text("to", to);
      object.text("biz_opaque_callback_data", key);  // comes back with the message's status
      object.text("type", "template");
      codec::ObjectWriter form(object.key("template"));
      form.text("name", settings_.message_template + (proposes ? "_confirm" : asks ? "_ack" : ""));
      form.key("language") += notice.tongue == ports::Tongue::en ? R"({"code":"en"})" : R"({"code":"id"})";
      std::string& components = form.key("components");
      components += R"([{"type":"body","parameters":)";
      codec::append_list(components, parameters, [](std::string& out, const std::string& text) {
        codec::ObjectWriter one(out);
        one.text("type", "text");
        one.text("text", text);
      });
      components += '}';
      if (asks) write_button(components += ',', "0", button_data(Button::acknowledge, notice.id));
      if (proposes) write_button(components += ',', "1", button_data(Button::confirm, notice.id));
      components += ']';
    }
    return judge_answer(client_.send(request));
  }

 private:
  const web::Client client_;
  const WhatsappSettings settings_;
};

}  // namespace

std::unique_ptr<ports::Channel> make_whatsapp(web::Client client, WhatsappSettings settings) {
  return std::make_unique<Whatsapp>(std::move(client), std::move(settings));
}

}  // namespace kentongan::notify
