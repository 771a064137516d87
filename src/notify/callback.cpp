// SPDX-License-Identifier: Apache-2.0
//
// Data of a button: "a:NOTICE" acknowledges, "c:NOTICE" confirms; NOTICE is the id of the notice, 32 hex digits.
#include "notify/callback.hpp"

#include <algorithm>

namespace kentongan::notify {
namespace {

std::optional<Button> button_of(std::string_view data) {
  if (data.size() != 34 || data[1] != ':') return std::nullopt;
  if (data[0] == 'a') return Button::acknowledge;
  if (data[0] == 'c') return Button::confirm;
  return std::nullopt;
}

bool was_sent(const ports::Delivery& way, std::string_view channel, const ButtonPress& press) {
  return way.channel == channel && (way.to == press.from || way.to == press.chat);
}

}  // namespace

std::string button_data(Button button, std::string_view notice) {
  return (button == Button::acknowledge ? "a:" : "c:") + std::string(notice);
}

Result<PressVerdict> judge_press(ports::Outbox& outbox, std::string_view channel, const ButtonPress& press) {
  PressVerdict verdict;
  const auto button = button_of(press.data);
  if (!button) return verdict;
  const std::string id = press.data.substr(2);
  const auto notice = outbox.notice(id);
  if (!notice) return tl::unexpected(notice.error());
  if (!*notice || (*notice)->items.empty()) return verdict;
  const auto ways = outbox.ways_of(id);
  if (!ways) return tl::unexpected(ways.error());
  const bool theirs =
      std::any_of(ways->begin(), ways->end(), [&](const auto& way) { return was_sent(way, channel, press); });
  if (!theirs || !(*notice)->asks) {
    verdict.fault = PressFault::not_yours;
    return verdict;
  }
  WantedAction wanted;
  wanted.action = *button == Button::confirm ? ActionKind::confirm : ActionKind::acknowledge;
  wanted.person = (*notice)->person;
  wanted.tongue = (*notice)->tongue;
  for (const ports::NoticeItem& item : (*notice)->items) {
    if (*button == Button::confirm && !item.proposed) continue;
    if (std::find(wanted.alerts.begin(), wanted.alerts.end(), item.alert) == wanted.alerts.end()) {
      wanted.alerts.push_back(item.alert);
    }
  }
  if (!wanted.alerts.empty()) verdict.wanted = std::move(wanted);
  return verdict;
}

}  // namespace kentongan::notify
