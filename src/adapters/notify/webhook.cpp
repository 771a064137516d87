// SPDX-License-Identifier: Apache-2.0
//
// POST to the roster's URL, signed as of Standard Webhooks 1.0. The receiver drops what it has seen by `webhook-id`.
#include <fmt/format.h>

#include "adapters/notify/channels.hpp"
#include "adapters/notify/http_outcome.hpp"
#include "adapters/notify/notice_body.hpp"
#include "adapters/notify/signature.hpp"
#include "codec/json_append.hpp"

namespace kentongan::notify {
namespace {

class Webhook final : public ports::Channel {
 public:
  Webhook(web::Client client, std::vector<std::string> keys, bool free_text, std::function<TimePoint()> now)
      : client_(std::move(client)), keys_(std::move(keys)), free_text_(free_text), now_(std::move(now)) {}

  [[nodiscard]] std::string_view name() const override { return "webhook"; }

  [[nodiscard]] ports::SendOutcome send(const ports::Notice& notice, const std::string& to,
                                        const std::string& key) override {
    web::Request request;
    request.url = to;
    {
      codec::ObjectWriter body(request.body);
      body.text("type", "kentongan.notice.v1");
      body.text("timestamp", format_rfc3339(notice.at, std::chrono::seconds(0)));
      write_notice_body(body.key("data"), notice, key, free_text_);
    }
    const std::string id = "msg_" + key;
    const std::string seconds =
        fmt::format("{}", std::chrono::floor<std::chrono::seconds>(now_()).time_since_epoch().count());
    request.headers = {{"Content-Type", "application/json"},
                       {"webhook-id", id},
                       {"webhook-timestamp", seconds},
                       {"webhook-signature", sign(keys_, id, seconds, request.body)}};
    return outcome_of(client_.send(request), Server::the_receivers);
  }

 private:
  const web::Client client_;
  const std::vector<std::string> keys_;
  const bool free_text_;
  const std::function<TimePoint()> now_;
};

}  // namespace

Result<std::unique_ptr<ports::Channel>> make_webhook(web::Client client, const WebhookSettings& settings,
                                                     std::function<TimePoint()> now) {
  auto keys = read_keys(settings.secret);
  if (!keys) return tl::unexpected(keys.error());
  return std::make_unique<Webhook>(std::move(client), *std::move(keys), settings.free_text, std::move(now));
}

}  // namespace kentongan::notify
