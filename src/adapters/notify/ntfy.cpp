// SPDX-License-Identifier: Apache-2.0
//
// Publishing as JSON: POST to the server's root. Markdown is off unless it is asked for, and is not. From ntfy 2.16 on
// a second message with the same X-Sequence-ID takes the place of the first; older servers ignore it.
#include <fmt/format.h>

#include "adapters/notify/channels.hpp"
#include "adapters/notify/http_outcome.hpp"
#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "notify/plain_text.hpp"
#include "notify/wording.hpp"

namespace kentongan::notify {
namespace {

constexpr int kDeepest = 16;
constexpr std::size_t kMostMessage = 4096;  // bytes; a longer one would become a file to download
constexpr std::size_t kMostTitle = 200;

/// 5 rings until it is looked at, 3 is usual, 2 is quiet.
int priority_of(const ports::Notice& notice) {
  if (notice.kind == ports::NoticeKind::trouble) return 4;
  if (!notice.asks) return notice.kind == ports::NoticeKind::digest ? 3 : 2;
  return notice.level() == Level::awas ? 5 : notice.level() == Level::siaga ? 4 : 3;
}

/// A tap on the message, and a button below it, open the page that asks again.
void write_link(codec::ObjectWriter& object, const ports::Notice& notice) {
  object.text("click", notice.link);
  std::string& actions = object.key("actions");
  actions += '[';
  {
    codec::ObjectWriter view(actions);
    view.text("action", "view");
    view.text("label", phrases(notice.tongue).open_page);
    view.text("url", notice.link);
    view.boolean("clear", true);
  }
  actions += ']';
}

std::string body_of(const Wording& words) {
  Wording rest = words;
  rest.title.clear();
  std::string text = rest.as_text();
  if (text.starts_with('\n')) text.erase(0, 1);
  return text;
}

class Ntfy final : public ports::Channel {
 public:
  Ntfy(web::Client client, NtfySettings settings) : client_(std::move(client)), settings_(std::move(settings)) {}

  [[nodiscard]] std::string_view name() const override { return "ntfy"; }

  [[nodiscard]] ports::SendOutcome send(const ports::Notice& notice, const std::string& to,
                                        const std::string& key) override {
    const Wording words = words_of(notice, settings_.free_text);
    web::Request request;
    request.url = settings_.url;
    request.headers = {{"Content-Type", "application/json"}, {"X-Sequence-ID", key}};
    if (!settings_.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + settings_.token);
    {
      codec::ObjectWriter object(request.body);
      object.text("topic", to);
      object.text("title", cut(words.title, kMostTitle, Unit::bytes));
      object.text("message", cut(body_of(words), kMostMessage, Unit::bytes));
      object.integer("priority", priority_of(notice));
      if (!notice.link.empty()) write_link(object, notice);
    }
    web::Answer answer = client_.send(request);
    ports::SendOutcome outcome = outcome_of(answer, Server::one_for_all);
    if (outcome.fate == ports::Fate::delivered) return receipt_of(answer, std::move(outcome));
    if (answer.status == 401 || answer.status == 403) {  // the token, or the topic; the operator sets it right
      outcome.fate = ports::Fate::retry;
      outcome.channel_fault = answer.status == 401;
    }
    return outcome;
  }

 private:
  [[nodiscard]] static ports::SendOutcome receipt_of(const web::Answer& answer, ports::SendOutcome outcome) {
    codec::JsonReader json;
    const bool readable = !json.read(answer.body, kDeepest);
    const std::string id = readable ? codec::JsonView(json, 0)["id"].text() : std::string();
    outcome.receipt = id;
    if (!id.empty()) return outcome;
    outcome.fate = ports::Fate::retry;
    outcome.channel_fault = true;
    outcome.detail = "the answer is none of ntfy's: " + outcome.detail;
    return outcome;
  }

  const web::Client client_;
  const NtfySettings settings_;
};

}  // namespace

std::unique_ptr<ports::Channel> make_ntfy(web::Client client, NtfySettings settings) {
  return std::make_unique<Ntfy>(std::move(client), std::move(settings));
}

}  // namespace kentongan::notify
