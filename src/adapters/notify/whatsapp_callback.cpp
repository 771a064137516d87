// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/whatsapp_callback.hpp"

#include <fmt/format.h>

#include "adapters/notify/http_outcome.hpp"
#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "notify/mac.hpp"

namespace kentongan::notify {
namespace {

constexpr int kDeepest = 32;
constexpr std::size_t kMostPresses = 100;

/// A button of a template, or of a message within a conversation.
std::string data_of(const codec::JsonView& message) {
  const std::string type = message["type"].text();
  if (type == "button") return message["button"]["payload"].text();
  if (type == "interactive") return message["interactive"]["button_reply"]["id"].text();
  return {};
}

void add_presses(const codec::JsonView& change, std::vector<ButtonPress>& presses) {
  if (change["field"].text() != "messages") return;
  for (const codec::JsonView& message : change["value"]["messages"].items()) {
    ButtonPress press;
    press.id = message["id"].text();
    press.data = data_of(message);
    press.chat = message["from"].text();  // digits, as some write them in the roster
    press.from = "+" + press.chat;
    if (!press.data.empty() && !press.chat.empty() && presses.size() < kMostPresses) presses.push_back(press);
  }
}

}  // namespace

bool is_from_whatsapp(std::string_view secret, std::string_view signature, std::string_view body) {
  std::string expected = "sha256=";
  for (const char c : hmac_sha256(secret, body)) expected += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return same_secret(expected, signature);
}

std::optional<std::vector<ButtonPress>> read_whatsapp_presses(std::string_view body) {
  codec::JsonReader json;
  if (json.read(body, kDeepest)) return std::nullopt;
  const codec::JsonView whole(json, 0);
  if (whole["object"].text() != "whatsapp_business_account") return std::nullopt;
  std::vector<ButtonPress> presses;
  for (const codec::JsonView& entry : whole["entry"].items()) {
    for (const codec::JsonView& change : entry["changes"].items()) add_presses(change, presses);
  }
  return presses;
}

ports::SendOutcome say_by_whatsapp(const web::Client& client, const WhatsappSettings& settings, const std::string& to,
                                   const std::string& text) {
  web::Request request;
  request.url = fmt::format("{}/{}/messages", settings.url, settings.sender);
  request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + settings.token}};
  {
    codec::ObjectWriter object(request.body);
    object.text("messaging_product", "whatsapp");
    object.text("recipient_type", "individual");
    object.text("to", to);
    object.text("type", "text");
    codec::ObjectWriter said(object.key("text"));
    said.boolean("preview_url", false);
    said.text("body", text);
  }
  return outcome_of(client.send(request), Server::one_for_all);
}

}  // namespace kentongan::notify
