// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/telegram_updates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/notify/telegram_api.hpp"
#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "notify/plain_text.hpp"

namespace kentongan::notify {
namespace {

constexpr int kDeepest = 32;
constexpr std::size_t kMostAnswer = 200;  // characters, says the Bot API
constexpr auto kSpare = std::chrono::seconds(10);

}  // namespace

TelegramUpdates::TelegramUpdates(web::Client client, TelegramSettings settings, std::chrono::seconds wait)
    : client_(std::move(client)), settings_(std::move(settings)), wait_(wait) {}

Result<TelegramUpdates::Batch> TelegramUpdates::poll(std::int64_t offset) const {
  std::string parameters;
  {
    codec::ObjectWriter object(parameters);
    object.integer("offset", offset);
    object.integer("limit", 50);
    object.integer("timeout", wait_.count());
    object.key("allowed_updates") += R"(["callback_query"])";
  }
  const TelegramSaid said = call_telegram(client_, settings_, "getUpdates", std::move(parameters), wait_ + kSpare);
  if (said.outcome.fate != ports::Fate::delivered) return fail(Error::Kind::failed, said.outcome.detail);
  codec::JsonReader json;
  if (json.read(said.body, kDeepest)) return fail(Error::Kind::failed, "the updates cannot be read");
  Batch batch;
  batch.next = offset;
  for (const codec::JsonView& update : codec::JsonView(json, 0)["result"].items()) {
    batch.next = std::max(batch.next, update["update_id"].integer() + 1);
    const codec::JsonView query = update["callback_query"];
    ButtonPress press;
    press.id = query["id"].text();
    press.data = query["data"].text();
    press.from = fmt::format("{}", query["from"]["id"].integer());
    press.chat = fmt::format("{}", query["message"]["chat"]["id"].integer());
    if (!press.id.empty()) batch.presses.push_back(std::move(press));
  }
  return batch;
}

void TelegramUpdates::answer(const ButtonPress& press, const std::string& text) const {
  std::string parameters;
  {
    codec::ObjectWriter object(parameters);
    object.text("callback_query_id", press.id);
    object.text("text", cut(text, kMostAnswer, Unit::utf16));
    object.boolean("show_alert", true);
  }
  [[maybe_unused]] const TelegramSaid ignored =
      call_telegram(client_, settings_, "answerCallbackQuery", std::move(parameters));
}

}  // namespace kentongan::notify
