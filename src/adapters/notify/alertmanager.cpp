// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/alertmanager.hpp"

#include <fmt/format.h>

#include "adapters/notify/http_outcome.hpp"
#include "codec/json_append.hpp"
#include "notify/plain_text.hpp"

namespace kentongan::notify {
namespace {

constexpr std::size_t kMostText = 2000;

std::string utc(TimePoint time) { return format_rfc3339(time, std::chrono::seconds(0)); }

std::string shown(const std::string& text) { return cut(clean(text, Lines::join), kMostText, Unit::code_points); }

bool is_open(AlertState state) { return state == AlertState::firing || state == AlertState::acknowledged; }

}  // namespace

ports::MirroredAlert mirror_of(const ports::NoticeItem& item, TimePoint time) {
  ports::MirroredAlert mirrored;
  mirrored.alert = item.alert;
  mirrored.level = name_of(item.level);
  mirrored.starts = item.since;
  if (!is_open(item.state)) mirrored.ends = time;
  {
    codec::ObjectWriter labels(mirrored.labels);
    labels.text("alertname", item.rule);
    labels.text("alert", item.alert);
    labels.text("area", item.area);
    labels.text("level", name_of(item.level));
    labels.text("city", item.alert.substr(0, item.alert.find('-')));
  }
  {
    codec::ObjectWriter annotations(mirrored.annotations);
    annotations.text("summary", shown(item.message.id));
    if (!item.message.en.empty()) annotations.text("summary_en", shown(item.message.en));
    if (!item.recommend.id.empty()) annotations.text("recommend", shown(item.recommend.id));
    if (!item.legal.empty()) annotations.text("legal", shown(item.legal));
    annotations.text("place", shown(item.place));
    annotations.text("state", name_of(item.state));
    annotations.text("step", name_of(item.step));
    annotations.text("tier", fmt::format("{}", item.tier));
    annotations.text("proposed", item.proposed ? "true" : "false");
  }
  return mirrored;
}

std::string alerts_body(const std::vector<ports::MirroredAlert>& alerts, TimePoint now) {
  std::string body;
  codec::append_list(body, alerts, [now](std::string& out, const ports::MirroredAlert& alert) {
    codec::ObjectWriter object(out);
    object.key("labels") += alert.labels;
    object.key("annotations") += alert.annotations;
    object.text("startsAt", utc(alert.starts));
    object.text("endsAt", utc(alert.ends.value_or(now + kHeldFor)));
  });
  return body;
}

ports::SendOutcome Alertmanager::send(const std::string& body) const {
  web::Request request;
  request.url = url_ + "/api/v2/alerts";
  request.headers = {{"Content-Type", "application/json"}};
  request.body = body;
  return outcome_of(client_.send(request), Server::one_for_all);
}

}  // namespace kentongan::notify
