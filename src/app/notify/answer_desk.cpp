// SPDX-License-Identifier: Apache-2.0
#include "app/notify/answer_desk.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/kafka/settings.hpp"
#include "adapters/notify/whatsapp_callback.hpp"
#include "app/explain/alert_reader.hpp"
#include "app/log/line.hpp"
#include "app/notify/answering.hpp"
#include "app/notify/notice_of.hpp"
#include "domain/words.hpp"
#include "notify/mac.hpp"

namespace kentongan::app {
namespace {

using notify::PageKind;

constexpr std::string_view kAction = "action=";

/// What a form asks for: one of the two that the page has buttons for.
std::optional<ActionKind> action_of(std::string_view form) {
  for (std::size_t at = 0; at < form.size();) {
    const std::size_t end = std::min(form.find('&', at), form.size());
    const std::string_view field = form.substr(at, end - at);
    at = end + 1;
    if (!field.starts_with(kAction)) continue;
    const auto action = from_word<ActionKind>(field.substr(kAction.size()));
    if (action == ActionKind::acknowledge || action == ActionKind::confirm) return action;
  }
  return std::nullopt;
}

/// "2024-11-12 03:04", as it is read where the alert is.
std::string moment(TimePoint time, std::chrono::seconds offset) {
  std::string text = format_rfc3339(time, offset).substr(0, 16);
  text[10] = ' ';
  return text;
}

constexpr std::string_view kPlain = "text/plain; charset=utf-8";
constexpr std::size_t kLongestChallenge = 200;

ports::OutsideReply plain(unsigned status, std::string_view line) {
  return {status, std::string(kPlain), std::string(line) + '\n'};
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

PageKind outcome_of(const std::optional<ports::IntakeAnswer>& answer, ActionKind action) {
  if (!answer) return PageKind::unknown;
  if (answer->accepted == 0) return PageKind::again;
  return action == ActionKind::confirm ? PageKind::confirmed : PageKind::taken;
}

}  // namespace

Result<std::unique_ptr<AnswerDesk>> AnswerDesk::open(const NotifyConfig& notify, Parts parts) {
  std::unique_ptr<AnswerDesk> desk(new AnswerDesk(std::move(parts)));
  if (!notify.links.key.empty()) {
    auto keys = kafka::read_secret("notify.links.key", notify.links.key).and_then(notify::read_link_keys);
    if (!keys) return tl::unexpected(keys.error());
    desk->keys_ = *std::move(keys);
    desk->base_ = notify.links.url;
    desk->valid_for_ = notify.links.valid_for;
  }
  if (!notify.whatsapp.app_secret.empty()) {
    auto secret = kafka::read_secret("notify.whatsapp.app_secret", notify.whatsapp.app_secret);
    if (!secret) return tl::unexpected(secret.error());
    auto verify = kafka::read_secret("notify.whatsapp.verify_token", notify.whatsapp.verify_token);
    if (!verify) return tl::unexpected(verify.error());
    desk->app_secret_ = *std::move(secret);
    desk->verify_token_ = *std::move(verify);
  }
  return desk;
}

std::string AnswerDesk::link(const std::string& alert, const std::string& person) const {
  return base_ + "/answer/" + notify::write_link(keys_, {alert, person, parts_.now() + valid_for_});
}

notify::AnswerPage AnswerDesk::look(std::string_view link, notify::AnswerLink& found) const {
  notify::AnswerPage page;
  const auto fault = [&page](PageKind kind) {
    page.kind = kind;
    return page;
  };
  if (!makes_links()) return fault(PageKind::no_links);
  auto read = notify::read_link(keys_, link, parts_.now());
  if (!read) return fault(read.error() == notify::LinkFault::stale ? PageKind::stale : PageKind::forged);
  found = *std::move(read);
  const DutyBook book = parts_.book();
  const duty::Person* const person = book.roster->find(found.person);
  if (person == nullptr) return fault(PageKind::not_yours);
  page.notice.tongue = person->language == duty::Language::en ? ports::Tongue::en : ports::Tongue::id;
  const auto stored = parts_.api.alert(found.alert);
  if (!stored) return fault(PageKind::again);
  const auto step = *stored ? explain::read_alert_data((*stored)->data) : std::nullopt;
  if (!step) return fault(PageKind::unknown);
  page.notice.person = person->id;
  page.notice.items.push_back(item_of("", *step, *book.reference));
  const bool fired = step->state == AlertState::firing;
  if (!fired && step->state != AlertState::acknowledged) return fault(PageKind::closed);
  page.may_acknowledge = fired;
  page.may_confirm = step->proposed;
  if (!page.may_acknowledge && !page.may_confirm) return fault(PageKind::answered);
  page.until = moment(found.expires, page.notice.items.front().offset);
  return fault(PageKind::asks);
}

ports::OutsideReply AnswerDesk::page(std::string_view link) {
  notify::AnswerLink found;
  return notify::render(look(link, found));
}

void AnswerDesk::answer(ports::LinkPost post, std::function<void(ports::OutsideReply)> done) {
  const auto& [link, form, from] = post;
  notify::AnswerLink found;
  auto page = std::make_shared<notify::AnswerPage>(look(link, found));
  if (page->kind != PageKind::asks) return done(notify::render(*page));
  const auto action = action_of(form);
  if (!action) {
    auto reply = notify::render(*page);
    reply.status = 400;
    return done(std::move(reply));
  }
  if (!(*action == ActionKind::confirm ? page->may_confirm : page->may_acknowledge)) {
    page->kind = PageKind::answered;
    return done(notify::render(*page));
  }
  const DutyBook book = parts_.book();
  const duty::Person* const person = book.roster->find(found.person);
  if (person == nullptr) {
    page->kind = PageKind::not_yours;
    return done(notify::render(*page));
  }
  spdlog::info("msg=\"a link was used\" action={} alert={} person={}", word_of(*action), log_text(found.alert),
               log_text(found.person));
  ports::Caller caller;
  caller.who = "link " + person->id;
  caller.from = from;
  parts_.api.act(caller, found.alert, action_body(*action, *person), {},
                 [page, action = *action, done = std::move(done)](const std::optional<ports::IntakeAnswer>& answer) {
                   page->kind = outcome_of(answer, action);
                   if (page->kind == PageKind::confirmed) page->notice.items.front().proposed = false;
                   done(notify::render(*page));
                 });
}

void AnswerDesk::connect(Press press) {
  const std::lock_guard lock(press_mutex_);
  press_ = std::move(press);
}

ports::OutsideReply AnswerDesk::subscribe(const std::function<std::string_view(std::string_view name)>& parameter) {
  if (app_secret_.empty()) return plain(404, "No callbacks are wanted here.");
  if (parameter("hub.mode") != "subscribe" || !notify::same_secret(parameter("hub.verify_token"), verify_token_)) {
    return plain(403, "The verify token is not that of notify.whatsapp.verify_token.");
  }
  const std::string_view challenge = parameter("hub.challenge");
  const bool good = challenge.size() <= kLongestChallenge && std::all_of(challenge.begin(), challenge.end(), is_word);
  return good ? ports::OutsideReply{200, std::string(kPlain), std::string(challenge)}
              : plain(400, "hub.challenge is none.");
}

void AnswerDesk::callback(ports::Callback callback, std::function<void(ports::OutsideReply)> done) {
  if (app_secret_.empty()) return done(plain(404, "No callbacks are wanted here."));
  if (!notify::is_from_whatsapp(app_secret_, callback.signature, callback.body)) {
    spdlog::warn("msg=\"a callback of WhatsApp has no good signature\" bytes={}", callback.body.size());
    return done(plain(403, "X-Hub-Signature-256 is not that of the body."));
  }
  auto presses = notify::read_whatsapp_presses(callback.body);
  if (!presses) return done(plain(400, "The body is no callback of the Cloud API."));
  if (presses->empty()) return done(plain(200, "Nothing was pressed."));
  // Not done, or not taken: the Cloud API sends it again.
  auto told = [done](bool all) { done(all ? plain(200, "Done.") : plain(503, "Send it again.")); };
  const std::lock_guard lock(press_mutex_);  // who is connected does not go meanwhile
  if (!press_ || !press_(*std::move(presses), told)) done(plain(503, "Send it again."));
}

}  // namespace kentongan::app
