// SPDX-License-Identifier: Apache-2.0
//
// SMTP with TLS from the first word that matters. 4xx is tried again, 5xx is refused, a login that fails is the
// channel's fault. A receiver drops a second copy by its Message-ID.
#include <fmt/format.h>

#include "adapters/notify/channels.hpp"
#include "adapters/notify/http_outcome.hpp"
#include "adapters/notify/mail_text.hpp"

namespace kentongan::notify {
namespace {

ports::SendOutcome judge_answer(const web::Answer& answer) {
  using ports::Fate;
  ports::SendOutcome outcome;
  outcome.detail = answer.status > 0 ? fmt::format("{} ({})", answer.why, answer.status) : answer.why;
  if (answer.reached == web::Reached::stopped) {
    outcome.fate = Fate::interrupted;
  } else if (answer.reached == web::Reached::answered) {
    outcome.fate = Fate::delivered;
    outcome.detail = fmt::format("{}", answer.status);
  } else if (answer.status >= 550 && answer.status <= 559) {  // this mailbox, this message
    outcome.fate = Fate::refused;
  } else if (answer.status < 400 || answer.status >= 500 ||
             answer.status == 421) {  // no connection, no login, no service
    outcome.channel_fault = true;
  }
  return outcome;
}

class Email final : public ports::Channel {
 public:
  Email(web::Client client, EmailSettings settings, std::function<TimePoint()> now)
      : client_(std::move(client)), settings_(std::move(settings)), now_(std::move(now)) {}

  [[nodiscard]] std::string_view name() const override { return "email"; }

  [[nodiscard]] ports::SendOutcome send(const ports::Notice& notice, const std::string& to,
                                        const std::string& key) override {
    if (!is_mail_address(to)) {
      ports::SendOutcome outcome;
      outcome.fate = ports::Fate::refused;
      outcome.detail = "the roster's `to` is no e-mail address";
      return outcome;
    }
    web::Mail mail;
    mail.server = settings_.server;
    mail.user = settings_.user;
    mail.password = settings_.password;
    mail.from = settings_.from;
    mail.to = to;
    mail.text = mail_text({settings_.from, to, key, now_()}, notice, settings_.free_text);
    return judge_answer(client_.send(mail));
  }

 private:
  const web::Client client_;
  const EmailSettings settings_;
  const std::function<TimePoint()> now_;
};

}  // namespace

std::unique_ptr<ports::Channel> make_email(web::Client client, EmailSettings settings, std::function<TimePoint()> now) {
  return std::make_unique<Email>(std::move(client), std::move(settings), std::move(now));
}

}  // namespace kentongan::notify
