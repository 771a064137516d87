// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/http_outcome.hpp"

#include <fmt/format.h>

#include "codec/utf8.hpp"
#include "notify/plain_text.hpp"

namespace kentongan::notify {
namespace {

constexpr std::size_t kQuoted = 160;

bool is_for_later(int status) { return status == 408 || status == 425 || status == 429 || status >= 500; }

}  // namespace

std::string said(const web::Answer& answer) {
  if (answer.reached != web::Reached::answered) return answer.why;
  std::string_view body = answer.body;
  body = body.substr(0, codec::find_invalid_utf8(body.substr(0, 4 * kQuoted)));
  const std::string quoted = cut(clean(body, Lines::join), kQuoted, Unit::code_points);
  return quoted.empty() ? fmt::format("{}", answer.status) : fmt::format("{}: {}", answer.status, quoted);
}

ports::SendOutcome outcome_of(const web::Answer& answer, Server server) {
  using ports::Fate;
  ports::SendOutcome outcome;
  outcome.detail = said(answer);
  const bool shared = server == Server::one_for_all;
  switch (answer.reached) {
    case web::Reached::stopped:
      outcome.fate = Fate::interrupted;
      return outcome;
    case web::Reached::forbidden:
    case web::Reached::wrong_url:
      outcome.fate = shared ? Fate::retry : Fate::refused;  // a server of the configuration may be set right
      outcome.channel_fault = shared;
      return outcome;
    case web::Reached::unreachable:
      outcome.channel_fault = true;
      return outcome;
    case web::Reached::answered:
      break;
  }
  if (answer.status >= 200 && answer.status < 300) {
    outcome.fate = Fate::delivered;
  } else if (is_for_later(answer.status)) {
    outcome.channel_fault = true;
    outcome.retry_after = answer.retry_after;
  } else {
    outcome.fate = Fate::refused;
    if (answer.status >= 300 && answer.status < 400) outcome.detail += " (a redirect is not followed: name its target)";
  }
  return outcome;
}

}  // namespace kentongan::notify
