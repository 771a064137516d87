// SPDX-License-Identifier: Apache-2.0
//
// sendMessage without parse_mode: what is sent is text and never markup. Two buttons, whose presses come back through
// telegram_updates. Telegram knows no key of ours: who gets a message twice sees the same number in it.
#include <fmt/format.h>

#include "adapters/notify/http_outcome.hpp"
#include "adapters/notify/telegram_api.hpp"
#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "codec/writer.hpp"
#include "notify/callback.hpp"
#include "notify/plain_text.hpp"
#include "notify/wording.hpp"

namespace kentongan::notify {
namespace {

constexpr std::size_t kMostText = 4096;  // counted as UTF-16, which is the stricter of the readings
constexpr int kDeepest = 32;

ports::SendOutcome judge_answer(const web::Answer& answer) {
  using ports::Fate;
  ports::SendOutcome outcome = outcome_of(answer, Server::one_for_all);
  if (answer.reached != web::Reached::answered) return outcome;
  codec::JsonReader json;
  const bool readable = !json.read(answer.body, kDeepest);
  const codec::JsonView whole = readable ? codec::JsonView(json, 0) : codec::JsonView(json);
  if (whole["ok"].is_true()) {
    outcome = {};
    outcome.fate = Fate::delivered;
    outcome.receipt = fmt::format("{}", whole["result"]["message_id"].integer());
    return outcome;
  }
  if (outcome.fate == Fate::delivered) {  // 200 with something else: whoever answers is not Telegram
    outcome.fate = Fate::retry;
    outcome.channel_fault = true;
    outcome.detail = "the answer is none of Telegram's: " + outcome.detail;
    return outcome;
  }
  if (const auto seconds = whole["parameters"]["retry_after"].integer(); seconds > 0) {
    outcome.retry_after = std::chrono::seconds(std::min<std::int64_t>(seconds, 86'400));
  }
  if (answer.status == 401 || answer.status == 404) {  // the token: nobody is reached until it is right
    outcome.fate = Fate::retry;
    outcome.channel_fault = true;
  }
  if (whole["description"].is_text()) {
    outcome.detail = fmt::format("{}: {}", answer.status,
                                 cut(clean(whole["description"].text(), Lines::join), 160, Unit::code_points));
  }
  return outcome;
}

void write_button(std::string& out, const std::string& text, const std::string& data) {
  codec::ObjectWriter button(out);
  button.text("text", text);
  button.text("callback_data", data);
}

void write_buttons(std::string& out, const ports::Notice& notice) {
  const Phrases& say = phrases(notice.tongue);
  codec::ObjectWriter markup(out);
  std::string& rows = markup.key("inline_keyboard");
  rows += "[[";
  write_button(rows, say.acknowledge, button_data(Button::acknowledge, notice.id));
  if (notice.proposes()) {
    rows += ',';
    write_button(rows, say.confirm, button_data(Button::confirm, notice.id));
  }
  rows += "]]";
}

class Telegram final : public ports::Channel {
 public:
  Telegram(web::Client client, TelegramSettings settings)
      : client_(std::move(client)), settings_(std::move(settings)) {}

  [[nodiscard]] std::string_view name() const override { return "telegram"; }

  [[nodiscard]] ports::SendOutcome send(const ports::Notice& notice, const std::string& to,
                                        const std::string&) override {
    std::string text = words_of(notice, settings_.free_text).as_text();
    std::string parameters;
    {
      codec::ObjectWriter object(parameters);
      object.text("chat_id", to);
      object.text("text", cut(text, kMostText, Unit::utf16));
      object.key("link_preview_options") += R"({"is_disabled":true})";
      if (notice.asks) write_buttons(object.key("reply_markup"), notice);
    }
    return call_telegram(client_, settings_, "sendMessage", std::move(parameters)).outcome;
  }

 private:
  const web::Client client_;
  const TelegramSettings settings_;
};

}  // namespace

TelegramSaid call_telegram(const web::Client& client, const TelegramSettings& settings, std::string_view method,
                           std::string parameters, std::optional<std::chrono::milliseconds> whole) {
  web::Request request;
  request.url = fmt::format("{}/bot{}/{}", settings.url, settings.token, method);
  request.headers = {{"Content-Type", "application/json"}};
  request.body = std::move(parameters);
  request.whole = whole;
  web::Answer answer = client.send(request);
  TelegramSaid result{judge_answer(answer), {}};
  if (result.outcome.fate == ports::Fate::delivered) result.body = std::move(answer.body);
  return result;
}

std::unique_ptr<ports::Channel> make_telegram(web::Client client, TelegramSettings settings) {
  return std::make_unique<Telegram>(std::move(client), std::move(settings));
}

}  // namespace kentongan::notify
